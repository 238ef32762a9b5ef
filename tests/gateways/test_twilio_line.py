"""Twilio's account, read by the real client from a stand-in: names of fields, pages, days, hosts, redirects, errors."""
import socket
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gateways import twilio_files
from gateways.line import LineFailure
from gateways.lines import build, own_number
from gateways.twilio_client import first_secret
from gateways.twilio_line import TwilioLine
from tests.gateways.fake_account import ACCOUNT, HOTLINE, TOKEN, FakeAccount

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PICTURES = f"2010-04-01/Accounts/{ACCOUNT}/Messages/SM{'1' * 32}/Media/ME{0:032}"


@pytest.fixture
def fake():
    with FakeAccount() as account:
        yield account


@pytest.fixture
def line(fake):
    return TwilioLine(ACCOUNT, TOKEN, HOTLINE, fake.url)


def test_a_text_has_the_fields_of_its_webhook(fake, line):
    fake.message(NOON, "货没到", pictures=1)
    (listed,) = line.messages(NOON)
    assert listed.fields == {
        "MessageSid": "SM" + "1" * 32, "SmsSid": "SM" + "1" * 32, "AccountSid": ACCOUNT, "From": "+12025550177", "To": HOTLINE, "Body": "货没到",
        "NumSegments": "1", "NumMedia": "1", "MediaUrl0": f"{fake.url}/{PICTURES}", "MediaContentType0": "image/png"}


def test_a_picture_without_words_has_an_empty_body(fake, line):
    fake.message(NOON, None, pictures=1)
    assert line.messages(NOON)[0].fields["Body"] == ""


def test_a_picture_deleted_there_does_not_cost_the_words(fake, line):
    fake.message(NOON, "words", pictures=1)
    fake.media.clear()
    (listed,) = line.messages(NOON)
    assert (listed.fields["Body"], listed.fields["NumMedia"]) == ("words", "0")


def test_pictures_are_asked_for_only_where_there_are_some(fake, line):
    fake.message(NOON - timedelta(hours=1), "old", sid="SM" + "2" * 32, pictures=1)
    fake.message(NOON, "words")
    line.messages(NOON)
    assert not [path for path in fake.seen if "Media" in path]


def test_what_we_sent_and_what_came_to_another_number_is_not_listed(fake, line):
    fake.message(NOON, "ours", direction="outbound-api", sid="SM" + "2" * 32)
    fake.message(NOON, "not for us", to="+12025550111", sid="SM" + "3" * 32)
    fake.call(NOON, direction="outbound-dial")
    fake.recording(NOON, status="processing")
    assert (line.messages(NOON), line.calls(NOON), line.recordings(NOON)) == ([], [], [])
    assert [one.fields["Body"] for one in TwilioLine(ACCOUNT, TOKEN, "", fake.url).messages(NOON)] == ["not for us"]


def test_a_call_and_its_recording(fake, line):
    fake.call(NOON, status="no-answer")
    fake.recording(NOON)
    (call,), (recording,) = line.calls(NOON), line.recordings(NOON)
    assert call.fields == {"CallSid": "CA" + "1" * 32, "AccountSid": ACCOUNT, "From": "+12025550177", "To": HOTLINE, "CallStatus": "no-answer",
                           "Direction": "inbound", "CallDuration": "61"}
    assert recording.fields["RecordingUrl"] == f"{fake.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/RE{'1' * 32}"
    assert (recording.fields["CallSid"], recording.fields["RecordingDuration"]) == (call.sid, "12")


def test_the_day_is_that_of_greenwich(fake, line):
    fake.message(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "late in the evening there")
    east = datetime(2026, 11, 21, 7, 0, tzinfo=timezone(timedelta(hours=8)))
    assert len(line.messages(east)) == 1
    assert "DateSent%3E=2026-11-20" in fake.seen[-1]


def test_a_long_list_is_read_to_its_last_page(fake, line):
    for number in range(7):
        fake.message(NOON + timedelta(seconds=number), str(number), sid=f"SM{number:032}")
    assert [one.fields["Body"] for one in line.messages(NOON)] == list("0123456")


@pytest.mark.parametrize(("status", "code"), [(401, 20003), (429, 20429), (503, 20503)])
def test_a_refusal_keeps_twilios_number(fake, line, status, code):
    fake.fail_next(status, code)
    with pytest.raises(LineFailure) as caught:
        line.messages(NOON)
    assert (caught.value.code, caught.value.message) == (str(code), "as asked for")


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    line = TwilioLine(ACCOUNT, TOKEN, "", f"http://127.0.0.1:{port}")
    for ask in (lambda: line.calls(NOON), lambda: line.fetch(f"http://127.0.0.1:{port}/x", 10)):
        with pytest.raises(LineFailure) as caught:
            ask()
        assert caught.value.code == "connection"


@pytest.mark.parametrize("url", ["https://evil.test/x", "http://169.254.169.254/latest", "file:///etc/passwd", "http://[broken", "", "/relative",
                                 "https://api.twilio.com.evil.test/x", "https://api.twilio.com@evil.test/x", "http://api.twilio.com/x",
                                 "https://api.twilio.com:8443/x"])
def test_no_other_host_is_asked(url):
    with pytest.raises(LineFailure) as caught:
        TwilioLine(ACCOUNT, TOKEN).fetch(url, 10)
    assert caught.value.code == "foreign"


@pytest.mark.parametrize("place", ["http://127.0.0.1:9/x", "https://evil.test/x", "http://media.twiliocdn.com/x", "https://twiliocdn.com.evil.test/x"])
def test_a_redirect_leads_to_its_stores_only(fake, line, place):
    fake.files["media/1"] = place
    with pytest.raises(LineFailure) as caught:
        line.fetch(f"{fake.url}/media/1", 10)
    assert caught.value.code == "foreign"


def test_a_redirect_on_the_same_host_is_followed_but_not_for_ever(fake, line):
    fake.files |= {"media/1": "/media/2", "media/2": (b"sound", "audio/x-wav; rate=8000"), "round": "/round"}
    fetched = line.fetch(f"{fake.url}/media/1", 10)
    assert (fetched.data, fetched.content_type) == (b"sound", "audio/x-wav")
    with pytest.raises(LineFailure) as caught:
        line.fetch(f"{fake.url}/round", 10)
    assert caught.value.code == "redirects"


def test_our_credentials_stay_with_twilio(fake, monkeypatch):
    given = []
    real = twilio_files._asked
    fake.files |= {"media/1": "https://mms.twiliocdn.com/x", "x": (b"sound", "audio/mpeg")}

    def asked(url, credentials, timeout):
        given.append((url, credentials))
        return real(url.replace("https://mms.twiliocdn.com", fake.url), credentials or (ACCOUNT, TOKEN), timeout)
    monkeypatch.setattr(twilio_files, "_asked", asked)
    assert twilio_files.fetch(fake.url, (ACCOUNT, TOKEN), f"{fake.url}/media/1", 10, 5).data == b"sound"
    assert given == [(f"{fake.url}/media/1", (ACCOUNT, TOKEN)), ("https://mms.twiliocdn.com/x", None)]


@pytest.mark.parametrize(("config", "names"), [
    ({}, []), ({"TWILIO_ACCOUNT_SID": "AC1"}, []), ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, ["twilio"])])
def test_an_account_is_read_where_its_settings_are_there(config, names):
    assert list(build(config)) == names


@pytest.mark.parametrize(("config", "number"), [
    ({}, ""), ({"TWILIO_SENDER": "+12025550100"}, "+12025550100"), ({"TWILIO_SENDER": "MG1"}, ""),
    ({"TWILIO_SENDER": "MG1", "TWILIO_NUMBER": "+12025550101"}, "+12025550101")])
def test_our_own_number(config, number):
    assert own_number(config) == number


@pytest.mark.parametrize(("secrets", "first"), [("one", "one"), ("new, old", "new"), (" new ,old", "new"), ("", "")])
def test_the_first_secret_is_ours(secrets, first):
    assert first_secret(secrets) == first
