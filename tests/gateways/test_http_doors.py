"""A carrier knocks: proof by hash and network, texts and reports under our names, anything else into the quarantine."""
import json
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from werkzeug.datastructures import Headers

from core import clock
from core.db import db
from gateways import http_doors, http_proof, quarantine
from gateways.http_carrier import Proof
from gateways.knock import FORM, Knock
from gateways.models import Quarantined
from tests import builders
from tests.gateways.fake_carrier import carrier, knock_body, signed

NOON = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
STAMP = str(int(NOON.timestamp()))
TEXT = {"msgId": "in-1", "mobile": "13800001234", "content": "货没到", "extension": "106901234"}


def knocked(body: bytes, headers=None, remote="203.0.113.9", **more):
    return Knock(door="paperplane_sms", url="https://redress.test/hooks/paperplane/sms", body=body, headers=Headers(headers or signed(body, STAMP)),
                 remote=remote, at=NOON, **more)


@pytest.fixture
def doors(tmp_path):
    known = carrier(tmp_path)
    taken = []
    (sms,) = http_doors.for_texts([known], lambda *told: taken.append(told))
    (receipt,) = http_doors.for_reports([known], lambda *told: taken.append(told))
    return sms, receipt, taken


def test_names_and_paths(doors):
    assert [(door.name, door.path) for door in doors[:2]] == [("paperplane_sms", "paperplane/sms"), ("paperplane_receipt", "paperplane/receipt")]


def test_texts_arrive_under_our_names(doors):
    sms, _receipt, taken = doors
    knock = knocked(knock_body(messages=[TEXT, TEXT | {"msgId": 2, "mobile": "10690", "content": "广告\0"}]))
    assert sms.refusal(knock) is None
    answer = sms.take(knock)
    (first, second) = [fields for _gateway, fields, _at in taken]
    assert (first["MessageSid"], first["From"], first["Body"], first["NumMedia"]) == ("in-1", "+8613800001234", "货没到", "0")
    assert json.loads(first["Raw"])["messages"][0] == TEXT
    assert (second["MessageSid"], second["From"], second["Body"]) == ("2", "10690", "广告")
    assert {told[0] for told in taken} == {"paperplane"} and {told[2] for told in taken} == {NOON}
    assert (answer.status, answer.body) == (200, '{"code":"0"}')


def test_half_a_character_does_not_break_anything(doors):
    sms, _receipt, taken = doors
    sms.take(knocked(b'{"messages":[{"msgId":"1","mobile":"13800001234","content":"\\ud83d!"}]}'))
    assert taken[0][1]["Body"] == "?!"


def test_reports_arrive_with_our_states_and_reasons(doors):
    _sms, receipt, taken = doors
    reports = [{"clientRef": "ab-1", "msgId": "pp-1", "state": "DELIVRD"}, {"clientRef": "ab-2", "state": "UNDELIV", "errCode": "3001"},
               {"clientRef": "ab-3", "state": "UNDELIV", "errCode": "2001"}, {"clientRef": "ab-4", "state": "WHATEVER"}]
    knock = knocked(knock_body(reports=reports))
    assert receipt.refusal(knock) is None
    receipt.take(knock)
    assert [told[0] for told in taken] == ["ab-1", "ab-2", "ab-3", "ab-4"]
    assert [(told[2]["MessageStatus"], told[2]["Final"], told[2]["Reason"]) for told in taken] == [
        ("delivered", "true", ""), ("undelivered", "true", "unknown_number"), ("undelivered", "false", "busy"), ("", "true", "")]


def test_the_reference_may_stand_in_the_address(tmp_path):
    fields = {"MessageStatus": "state"}
    (door,) = http_doors.for_reports([carrier(tmp_path, receipt__fields=fields)], lambda *told: taken.append(told))
    taken = []
    door.take(knocked(knock_body(reports=[{"state": "DELIVRD"}]), rest="ab12-1"))
    assert taken[0][0] == "ab12-1"


def other(body):
    return signed(body + b" ", STAMP)


def late(body):
    return signed(body, str(int(STAMP) - 301))


def unstamped(body):
    return signed(body, STAMP) | {"X-Paperplane-Time": "today"}


@pytest.mark.parametrize(("headers", "remote", "why"), [
    (lambda body: signed(body, STAMP), "203.0.113.9", None),
    (lambda body: signed(body, str(int(STAMP) * 1000)), "203.0.113.9", None),
    (lambda body: signed(body, str(int(STAMP) + 290)), "::ffff:203.0.113.9", None),
    (other, "203.0.113.9", "wrong_signature"), (late, "203.0.113.9", "too_old"), (unstamped, "203.0.113.9", "too_old"),
    (lambda body: {"Content-Type": "application/json"}, "203.0.113.9", "unsigned"),
    (lambda body: signed(body, STAMP), "203.0.114.9", "foreign_network"), (lambda body: signed(body, STAMP), "", "foreign_network"),
])
def test_the_proof(doors, headers, remote, why):
    body = knock_body(messages=[TEXT])
    assert doors[0].refusal(knocked(body, headers(body), remote)) == why


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"not json", knock_body(messages=[]), knock_body(messages=[{"content": "x"}]),
                                  knock_body(messages=["x"]), knock_body(messages=[TEXT | {"msgId": "x" * 201}]), knock_body(reports=[TEXT]), b'{"messages":' + b"[" * 5000])
def test_what_cannot_be_read_is_kept_for_a_person(doors, body):
    assert doors[0].refusal(knocked(body)) == "unreadable"


def test_a_form_is_read_too(tmp_path):
    known = carrier(tmp_path, sms__each=".")
    (door,) = http_doors.for_texts([known], lambda *told: taken.append(told[1]))
    taken = []
    body = "msgId=7&mobile=13800001234&content=%E5%A5%BD".encode()
    knock = knocked(body, signed(body, STAMP) | {"Content-Type": "application/x-www-form-urlencoded"})
    assert door.refusal(knock) is None
    door.take(knock)
    assert (taken[0]["Body"], taken[0]["From"]) == ("好", "+8613800001234")


def test_base64_and_an_address_in_what_is_signed():
    proof = Proof(secret="k", encoding="base64", signed="{url}|{body}", algorithm="sha1")
    knock = knocked(b"x", {"a": "b"})
    good = http_proof.signature(knock, proof)
    assert good.endswith("=")
    assert http_proof.refusal(knocked(b"x", {"X-Signature": good}), proof) is None
    assert http_proof.refusal(knocked(b"y", {"X-Signature": good}), proof) == "wrong_signature"
    assert http_proof.refusal(knocked(b"x", {"X-Signature": good.swapcase()}), proof) == "wrong_signature"
    assert http_proof.refusal(knocked(b"x", {"X-Signature": "é"}), proof) == "wrong_signature"


def test_networks_alone_and_nothing_at_all():
    there = Proof(networks=(ip_network("203.0.113.0/24"),))
    assert http_proof.refusal(knocked(b"x", {"a": "b"}), there) is None
    assert http_proof.refusal(knocked(b"x", {"a": "b"}), replace(there, networks=())) == "not_configured"


QUERY = "msgId=9&mobile=13800001234&content=%E8%B4%A7%E6%B2%A1%E5%88%B0"


@pytest.fixture
def client(app, database):
    return app.test_client()


def by_get(tmp_path):
    """The doors of a carrier that asks by GET, with the hash and the time among the parameters."""
    proof = {"secret": "k", "header": "sign", "timestamp": "ts", "signed": "{timestamp}.{body}", "networks": ["127.0.0.0/8"]}
    known = carrier(tmp_path, sms__method="GET", sms__each=".", receipt__method="GET", receipt__each=".", proof=proof)
    taken = []
    found = [*http_doors.for_texts([known], lambda *told: taken.append(told)), *http_doors.for_reports([known], lambda *told: taken.append(told))]
    return {door.name: door for door in found}, taken, known


def asked(client, query: str, proof: Proof, kind="sms", stamp=None, method="get"):
    """One request by GET, signed over its query."""
    query = f"{query}&ts={stamp or int(clock.now().timestamp())}"
    sign = http_proof.signature(Knock("x", "x", query.encode(), Headers({"Content-Type": FORM}), "127.0.0.1", clock.now()), proof)
    return getattr(client, method)(f"/hooks/paperplane/{kind}?{query}&sign={sign}")


def test_a_carrier_may_ask_by_get(app, client, tmp_path, monkeypatch):
    doors, taken, known = by_get(tmp_path)
    monkeypatch.setitem(app.extensions, "doors", doors)
    answer = asked(client, QUERY, known.proof)
    assert (answer.status_code, answer.text) == (200, '{"code":"0"}')
    assert (taken[0][1]["MessageSid"], taken[0][1]["From"], taken[0][1]["Body"]) == ("9", "+8613800001234", "货没到")
    assert asked(client, "clientRef=ab-1&state=DELIVRD", known.proof, "receipt").status_code == 200
    assert (taken[1][0], taken[1][2]["MessageStatus"]) == ("ab-1", "delivered")


def test_by_get_nothing_is_taken_without_its_proof(app, client, tmp_path, monkeypatch):
    doors, taken, known = by_get(tmp_path)
    monkeypatch.setitem(app.extensions, "doors", doors)
    old = int(clock.now().timestamp()) - 301
    address, other = "/hooks/paperplane/sms", replace(known.proof, secret="other")
    refused = [client.get(f"{address}?{QUERY}"), client.get(f"{address}?{QUERY}&ts={old + 301}&sign=00"),
               asked(client, QUERY, known.proof, stamp=old), asked(client, QUERY, other), client.get(address)]
    assert [answer.status_code for answer in refused] == [403] * 5
    assert [row.why for row in db.session.scalars(db.select(Quarantined).order_by(Quarantined.id))] == [
        "unsigned", "wrong_signature", "too_old", "wrong_signature", "unsigned"]
    assert asked(client, QUERY, known.proof, method="post").status_code == 405
    assert asked(client, QUERY, known.proof, method="head").status_code == 405
    assert taken == []


def test_what_was_refused_by_get_can_be_taken_in_by_a_person(app, client, tmp_path, monkeypatch):
    doors, taken, known = by_get(tmp_path)
    monkeypatch.setitem(app.extensions, "doors", doors)
    asked(client, QUERY, replace(known.proof, secret="other"))
    quarantine.admit(db.session.scalars(db.select(Quarantined)).one(), builders.who(builders.staff(roles=("admin",))))
    assert taken[0][1]["Body"] == "货没到"
