"""20,000 odd requests at every door: nothing unsigned gets further than the quarantine, and nothing signed ends in a fault of ours."""
import base64
import json
import string
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from twilio.request_validator import RequestValidator

from core import clock
from core.db import db
from gateways import http_doors
from gateways.models import DoorCount, Quarantined
from hotline.texts import services as texts
from notifications import receipts
from tests.committed import committed_app
from tests.gateways.fake_carrier import carrier, signed

INPUTS = 20_000
SECRET = "the secret of a fuzzed account"
BASE = "http://redress.test"
FORM = "application/x-www-form-urlencoded"
REFUSED = {403, 404, 405, 413, 308, 400}
MAY_GROW = {"quarantined", "door_count"}
LIMITS = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": (Phase.generate,), "database": None}
# What a provider sends, and what somebody may put there who knows what a provider sends.
NAMES = ("MessageSid", "SmsSid", "AccountSid", "From", "To", "Body", "NumMedia", "MediaUrl0", "MediaContentType0", "NumSegments", "OptOutType",
         "MessageStatus", "ErrorCode", "CallSid", "CallStatus", "Direction", "Digits", "SpeechResult", "Confidence", "RecordingSid", "RecordingUrl",
         "RecordingStatus", "RecordingDuration", "TranscriptionEvent", "TranscriptionData", "TranscriptionSid", "Timestamp", "SequenceId", "Track",
         "Final", "DialCallStatus", "QueueResult", "CallDuration", "LanguageCode", "IdempotencyToken", "ParentCallSid", "StirVerstat")
VALUES = ("", "0", "-1", "1e309", "NaN", "null", "true", "9" * 400, "+8613800001234", "+", "anonymous", "+266696687", "10690",
          "SM" + "1" * 32, "SM1", "CA1", "completed", "in-progress", "ringing", "busy", "no-answer", "canceled", "delivered", "failed",
          "undelivered", "sent", "30003", "21610", "1", "5", "#", "6112248317#", "STOP", "退订", "STATUS", "货没到", "(1/3) 货", "【2/3】没",
          "(999999999/0)", "\0", "a\0b", "😀" * 300, "\u202e", "\ufffd", "https://evil.test/x", "file:///etc/passwd", "http://127.0.0.1:1/x",
          "transcription-content", '{"transcript": "货没到", "confidence": 0.5}', '{"transcript": null}', '{"confidence": "high"}', "[]", "{",
          '{"a": ' * 300, "2026-11-22T10:00:00Z", "Sun, 22 Nov 2026 10:00:00 +0000", "' OR 1=1 --", "<Response/>", "%00", "%", "\r\nX: y")
RESTS = ("", "menu", "menu/1", "leave", "x" * 300, "ack:1", "ack%3A1", "..", "%2e%2e", "%00", "噪", "//", "0", "-1", "a/b/c/d", "%E5%99%AA",
         "survey:1:1", "zh/main/0", "en/progress/2", "zh/told/0/6112248317", "en/rate/0", "zh/rated/0/5", "en/staff/0", "zh/staff/99", "en/leave/0",
        "zh/message/0", "en/record/0", "zh/callback/0", "zh/over/0")
KINDS = (FORM, "application/json", "text/plain", "", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=gbk", "x" * 300)
words = st.one_of(st.sampled_from(VALUES), st.text(max_size=60), st.text(string.digits, max_size=12))
shaped = st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), words, max_size=14)
ODD = (b"", b"=", b"&" * 900, b"a=1&" * 600, b"\xff\xfe\x00", b"x" * 300_000)
bodies = st.one_of(shaped.map(lambda fields: urlencode(fields, errors="replace").encode()), st.binary(max_size=300),
                   shaped.map(lambda fields: json.dumps(fields).encode()), st.sampled_from(ODD))
signatures = st.one_of(st.none(), st.just(""), st.binary(max_size=20).map(lambda raw: base64.b64encode(raw).decode()),
                       st.text(string.printable.strip(), max_size=40))


@pytest.fixture(scope="module")
def app(services, tmp_path_factory):
    with committed_app(services, "fuzz") as (app, _url):
        app.config.update(TWILIO_AUTH_TOKEN=SECRET, TWILIO_ACCOUNT_SID="AC" + "0" * 32)
        known = carrier(tmp_path_factory.mktemp("carrier"))
        more = [*http_doors.for_texts([known], texts.arrive), *http_doors.for_reports([known], receipts.note)]
        app.extensions["doors"] |= {door.name: door for door in more}
        yield app


@pytest.fixture(scope="module")
def paths(app):
    """The address of every door there is."""
    found = sorted(door.path for door in app.extensions["doors"].values())
    assert {"twilio/sms", "twilio/voice", "twilio/message-status", "paperplane/sms", "paperplane/receipt"} <= set(found)
    return found


def heights() -> dict[str, int]:
    """How many rows every table has."""
    db.session.rollback()
    tables = [table for table in db.metadata.sorted_tables if table.name not in MAY_GROW]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables}


def test_nothing_unsigned_gets_further_than_the_quarantine(app, paths):
    client, before, seen = app.test_client(), heights(), []

    @settings(max_examples=INPUTS // 2, **LIMITS)
    @given(st.sampled_from(paths), st.sampled_from(RESTS), bodies, st.sampled_from(KINDS), signatures)
    def knock(path, rest, body, kind, signature):
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        answer = client.post(f"/hooks/{path}{'/' + rest if rest else ''}", data=body, content_type=kind, headers=headers)
        seen.append(answer.status_code)
        assert answer.status_code in REFUSED, (answer.status_code, path, rest)

    knock()
    assert heights() == before
    assert seen.count(403) > len(seen) * 0.8
    assert db.session.scalar(select(func.sum(DoorCount.taken))) in (None, 0)
    assert db.session.scalar(select(func.sum(DoorCount.refused))) == seen.count(403)
    assert db.session.scalar(select(func.count()).select_from(Quarantined)) <= 500


def test_nothing_signed_by_twilio_ends_in_a_fault(app, paths):
    client, validator, seen = app.test_client(), RequestValidator(SECRET), []
    _empty_the_quarantine()

    @settings(max_examples=INPUTS // 4, **LIMITS)
    @given(st.sampled_from([path for path in paths if path.startswith("twilio/")]), st.sampled_from(RESTS), shaped)
    def knock(path, rest, fields):
        # As a client of the provider would write it: nothing but ASCII in the address, and whole characters.
        place = f"/hooks/{path}{'/' + quote(rest, safe='%/') if rest else ''}"
        sent = {_whole(name): _whole(value) for name, value in fields.items()}
        headers = {"X-Twilio-Signature": validator.compute_signature(BASE + place, sent),
                   "I-Twilio-Idempotency-Token": sent.get("MessageSid", "")[:40]}
        headers = {name: value for name, value in headers.items() if value.isascii() and value.isprintable()}
        answer = client.post(place, data=urlencode(sent), content_type=FORM, headers=headers)
        seen.append(answer.status_code)
        assert answer.status_code < 500, (answer.status_code, place, fields)

    knock()
    assert seen.count(403) < len(seen) / 4, "hardly anything was believed, so hardly anything was tried"


def test_nothing_signed_by_a_carrier_ends_in_a_fault(app):
    client, seen = app.test_client(), []
    _empty_the_quarantine()
    names = st.sampled_from(("msgId", "mobile", "content", "extension", "clientRef", "state", "errCode"))
    told = st.one_of(words, st.none(), st.integers(), st.floats(allow_nan=False), st.lists(words, max_size=2), st.just("DELIVRD"), st.just("UNDELIV"))
    entries = st.lists(st.one_of(st.dictionaries(names, told, max_size=7), words), max_size=4)

    @settings(max_examples=INPUTS // 4, **LIMITS)
    @given(st.sampled_from(("sms", "receipt")), st.sampled_from(("messages", "reports", "data")), entries)
    def knock(path, key, listed):
        body, stamp = json.dumps({key: listed}).encode(), str(int(clock.now().timestamp()))
        answer = client.post(f"/hooks/paperplane/{path}", data=body, headers=signed(body, stamp), environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
        seen.append(answer.status_code)
        assert answer.status_code < 500, (answer.status_code, path, listed)

    knock()
    assert seen.count(200) > 50


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _empty_the_quarantine() -> None:
    db.session.execute(text("DELETE FROM quarantined"))
    db.session.commit()
