"""The one contract that every readable account keeps: lists what came, the oldest first, fetches within limits, fails in one way."""
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from gateways.line import Fetched, Line, LineFailure, Listed
from gateways.recording_line import RecordingLine
from gateways.twilio_line import TwilioLine
from tests.gateways.fake_account import ACCOUNT, HOTLINE, TOKEN, FakeAccount

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PICTURE = b"\x89PNG" + b"0" * 2000


@dataclass
class Rig:
    """A line, how to put things into its account, and how to make it fail once."""

    line: Line
    text: object
    call: object
    recording: object
    fail: object
    address: str


@pytest.fixture
def recording():
    line = RecordingLine()
    line.files["https://files.test/1"] = Fetched(PICTURE, "image/png")

    def put(kind):
        return lambda at, sid: line.has[kind].append(Listed(sid, at, {"MessageSid": sid, "CallSid": sid, "RecordingSid": sid}))
    return Rig(line, put("messages"), put("calls"), put("recordings"), lambda: line.failures.append(LineFailure(500)), "https://files.test/1")


@pytest.fixture
def twilio():
    with FakeAccount() as fake:
        fake.files["media/1"] = (PICTURE, "image/png")
        yield Rig(TwilioLine(ACCOUNT, TOKEN, HOTLINE, fake.url), lambda at, sid: fake.message(at, "words", sid), fake.call, fake.recording,
                  lambda: fake.fail_next(500, 20500), f"{fake.url}/media/1")


@pytest.fixture(params=["recording", "twilio"])
def rig(request):
    return request.getfixturevalue(request.param)


def test_it_is_a_line(rig):
    assert isinstance(rig.line, Line)
    assert rig.line.name == "twilio"


@pytest.mark.parametrize(("kind", "put"), [("messages", "text"), ("calls", "call"), ("recordings", "recording")])
def test_from_an_instant_on_the_oldest_first(rig, kind, put):
    for minutes in (-30, 0, 1, 2, 3):
        getattr(rig, put)(NOON + timedelta(minutes=minutes), f"XX{minutes + 40:032}")
    listed = list(getattr(rig.line, kind)(NOON))
    assert [one.at for one in listed] == [NOON + timedelta(minutes=minutes) for minutes in (0, 1, 2, 3)]
    assert [one.sid for one in listed] == [f"XX{minutes + 40:032}" for minutes in (0, 1, 2, 3)]
    assert all(one.sid in one.fields.values() for one in listed)


def test_bytes_and_what_they_are(rig):
    assert rig.line.fetch(rig.address, 10_000) == Fetched(PICTURE, "image/png")


def test_not_more_bytes_than_allowed(rig):
    with pytest.raises(LineFailure) as caught:
        rig.line.fetch(rig.address, 100)
    assert caught.value.code == "too_big"


def test_what_is_gone_is_gone(rig):
    with pytest.raises(LineFailure) as caught:
        rig.line.fetch(rig.address + "2", 100)
    assert caught.value.gone


def test_a_deleted_recording_is_not_listed(rig):
    rig.recording(NOON, "RE" + "1" * 32)
    rig.line.delete_recording("RE" + "1" * 32)
    assert list(rig.line.recordings(NOON)) == []
    rig.line.delete_recording("RE" + "1" * 32)


@pytest.mark.parametrize("ask", [lambda rig: rig.line.messages(NOON), lambda rig: rig.line.calls(NOON), lambda rig: rig.line.recordings(NOON),
                                 lambda rig: rig.line.fetch(rig.address, 100), lambda rig: rig.line.delete_recording("RE1")])
def test_every_failure_is_a_line_failure_that_is_not_for_ever(rig, ask):
    rig.fail()
    with pytest.raises(LineFailure) as caught:
        ask(rig)
    assert caught.value.code
    assert not caught.value.gone
