"""The account's resources, asked for by Twilio's real client."""
import io
import time
import wave

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from gateways.base import Outgoing, PermanentFailure, TemporaryFailure
from gateways.twilio_sms import TwilioSms
from tests.simulator.application import ACCOUNT, HANDSET, TOKEN

HOTLINE = "+12025550100"


@pytest.fixture
def url(simulator):
    with simulator.serving() as url:
        yield url


@pytest.fixture
def client(url):
    return TwilioSms(ACCOUNT, TOKEN, HOTLINE, base_url=url).client


def test_the_applications_own_gateway_sends_through_it(url, simulator, handset):
    gateway = TwilioSms(ACCOUNT, TOKEN, HOTLINE, "https://redress.example/hooks/twilio/message-status/{reference}", url)
    receipt = gateway.send(Outgoing("sms", HANDSET, "收到，编号 1", "ack:7"))
    assert handset.inbox == ["收到，编号 1"]
    assert simulator.account.messages[receipt.gateway_id].status_callback.endswith("/ack%3A7")


def test_a_handset_that_opted_out_is_a_permanent_failure(url, handset):
    handset.text("STOP")
    with pytest.raises(PermanentFailure) as caught:
        TwilioSms(ACCOUNT, TOKEN, HOTLINE, base_url=url).send(Outgoing("sms", HANDSET, "x", "r"))
    assert caught.value.code == "21610"


def test_it_fails_for_as_long_as_it_is_told_to(url, simulator, handset):
    gateway = TwilioSms(ACCOUNT, TOKEN, HOTLINE, base_url=url)
    simulator.fail_for(20 * 60)
    simulator.clock.advance(20 * 60 - 1)
    with pytest.raises(TemporaryFailure):
        gateway.send(Outgoing("sms", HANDSET, "x", "r"))
    simulator.clock.advance(1)
    assert gateway.send(Outgoing("sms", HANDSET, "x", "r"))
    assert len(handset.inbox) == 1


def test_messages_are_listed_by_time_and_number_over_pages(client, simulator, handset):
    start = simulator.clock.now()
    for n in range(7):
        simulator.clock.advance(60)
        handset.text(f"第{n}条", "lost")
    simulator.handset("+12025550143").text("别人的", "lost")
    listed = client.messages.list(to=HOTLINE, from_=HANDSET, page_size=2)
    assert [message.body for message in listed] == [f"第{n}条" for n in reversed(range(7))]
    middle = start.replace(minute=start.minute + 4)
    late = client.messages.list(to=HOTLINE, date_sent_after=middle)
    assert [message.body for message in late] == ["别人的", "第6条", "第5条", "第4条", "第3条"]
    assert [message.body for message in client.messages.list(date_sent_before=middle)] == ["第3条", "第2条", "第1条", "第0条"]
    assert (listed[0].direction, listed[0].status, listed[0].date_sent) == ("inbound", "received", start.replace(minute=start.minute + 7))
    assert len(client.messages.list(limit=3)) == 3


def test_a_lost_text_is_found_once_the_application_has_read_it(client, simulator, handset):
    lost, = handset.text("少了两件", "lost")
    assert client.messages.list(to="+12025550199") == []
    assert lost.marks == ["lost"]
    for _ in range(2):
        assert [message.sid for message in client.messages.list(to=HOTLINE)] == [lost.sid]
        assert lost.marks == ["lost", "found"]


def test_one_message_and_its_pictures(client, url, handset):
    text, = handset.text("看图", pictures=[(b"\x89PNG-bytes", "image/png")])
    message = client.messages(text.sid).fetch()
    assert (message.body, message.num_media) == ("看图", "1")
    media, = client.messages(text.sid).media.list()
    assert media.content_type == "image/png"
    address = handset.simulator.account.address("Messages", text.sid, "Media", media.sid)
    assert address.startswith(url)
    assert requests.get(address, auth=(ACCOUNT, TOKEN), timeout=5).content == b"\x89PNG-bytes"
    assert requests.get(address, timeout=5).status_code == 401


def test_calls_are_listed_read_and_ended(client, handset, application):
    application.answers = {"voice": '<Gather timeout="60"/>'}
    call = handset.call()
    listed, = client.calls.list(to=HOTLINE, start_time_after=handset.simulator.clock.now())
    assert (listed.sid, listed.status, listed.direction, listed.to) == (call.sid, "in-progress", "inbound", HOTLINE)
    assert client.calls(call.sid).update(status="completed").status == "completed"
    assert call.over
    ended = client.calls(call.sid).fetch()
    assert (ended.duration, ended.end_time) == ("1", handset.simulator.clock.now())


def test_a_call_is_sent_elsewhere(client, handset, application):
    application.answers = {"voice": '<Gather timeout="60"/>', "later": '<Say>新的</Say><Gather timeout="60"/>'}
    call = handset.call()
    client.calls(call.sid).update(twiml='<Response><Say>现在</Say><Gather timeout="60"/></Response>')
    client.calls(call.sid).update(url="https://redress.example/hooks/twilio/later")
    assert call.heard == ["现在", "新的"]
    with pytest.raises(TwilioRestException):
        client.calls(call.sid).update(twiml="<Say>")


def test_recordings_are_listed_heard_and_deleted(client, handset, application):
    application.answers = {"voice": '<Record action="/hooks/twilio/voice/x"/>', "voice/x": "<Hangup/>"}
    call = handset.call()
    call.say("少了两件，没有人管")
    call.stay_silent(2)
    call.hang_up()
    recording, = client.recordings.list(date_created_after=handset.simulator.clock.now())
    assert recording.sid == client.calls(call.sid).recordings.list()[0].sid
    assert (recording.duration, recording.status, recording.call_sid) == ("4", "completed", call.sid)
    heard = requests.get(recording.media_url, auth=(ACCOUNT, TOKEN), timeout=5)
    with wave.open(io.BytesIO(heard.content)) as sound:
        assert sound.getnframes() / sound.getframerate() == 4
    compressed = requests.get(recording.media_url + ".mp3", auth=(ACCOUNT, TOKEN), timeout=5)
    assert (compressed.headers["Content-Type"], compressed.content[:2]) == ("audio/mpeg", b"\xff\xfb")
    assert client.recordings(recording.sid).delete()
    with pytest.raises(TwilioRestException) as caught:
        client.recordings(recording.sid).delete()
    assert caught.value.status == 404
    assert requests.get(recording.media_url, auth=(ACCOUNT, TOKEN), timeout=5).status_code == 404


def test_the_account_can_be_checked(client, simulator):
    assert client.api.v2010.accounts(ACCOUNT).fetch().status == "active"
    number, = client.incoming_phone_numbers.list(phone_number=HOTLINE)
    assert number.sms_url == "https://redress.example/hooks/twilio/sms"
    assert number.voice_url == "https://redress.example/hooks/twilio/voice"
    assert (number.sms_method, number.voice_method, number.capabilities["sms"]) == ("POST", "POST", True)
    service = client.messaging.v1.services(simulator.account.service_sid).fetch()
    assert service.use_inbound_webhook_on_number
    assert client.messaging.v1.services(service.sid).phone_numbers.list()[0].phone_number == HOTLINE
    assert client.voice.v1.dialing_permissions.countries("CN").fetch().low_risk_numbers_enabled
    assert client.accounts.v1.messaging_geopermissions.fetch(country_code="CN").permissions["enabled"]


@pytest.mark.parametrize(("account", "token"), [(ACCOUNT, "wrong"), ("AC" + "0" * 32, TOKEN)])
def test_wrong_credentials(url, account, token):
    client = TwilioSms(account, token, HOTLINE, base_url=url).client
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_what_is_not_there_is_said_as_twilio_says_it(client, url):
    with pytest.raises(TwilioRestException) as caught:
        client.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)
    other = Client(ACCOUNT, TOKEN, "AC" + "1" * 32, http_client=client.http_client)
    with pytest.raises(TwilioException):
        other.messages.list()


def test_a_slow_provider_takes_the_text_before_it_answers(url, simulator, handset):
    simulator.account.delay = 0.3
    began = time.monotonic()
    TwilioSms(ACCOUNT, TOKEN, HOTLINE, base_url=url).send(Outgoing("sms", HANDSET, "x", "r"))
    assert time.monotonic() - began >= 0.3
