"""Texts from and to a handset: what knocks at the application, in which shape and order, and what is reported."""
import pytest
from twilio.request_validator import HMAC_SHA256

from simulator.outgoing import Refused
from tests.simulator.application import ACCOUNT, HANDSET

LONG = "昨天那单少了两件，单子上写的是十二件，我点了只有十件，师傅叫我先签字。" * 5
CALLBACK = "https://redress.example/hooks/twilio/message-status/ack%3A7"


def test_a_text_knocks_once_signed_and_as_twilio_words_it(handset, application):
    text, = handset.text("少了两件")
    (path, fields), = application.seen
    assert path == "twilio/sms"
    assert text.sid.startswith("SM")
    assert fields == {
        "MessageSid": text.sid, "SmsSid": text.sid, "SmsMessageSid": text.sid, "AccountSid": ACCOUNT, "MessagingServiceSid": "MG" + "5" * 32, "From": HANDSET,
        "To": "+12025550100", "Body": "少了两件", "NumSegments": "1", "NumMedia": "0", "SmsStatus": "received", "ApiVersion": "2010-04-01",
        "FromCountry": "US", "FromState": "", "FromCity": "", "FromZip": "", "ToCountry": "US", "ToState": "", "ToCity": "", "ToZip": ""}


def test_the_newer_signature_is_good_as_well(simulator, handset, application):
    simulator.wire.algorithm = HMAC_SHA256
    handset.text("少了两件")
    assert len(application.seen) == 1
    assert simulator.wire.log[-1].signature == "SHA-256"


def test_parts_come_in_another_order_each_with_a_sid_of_its_own(handset, application):
    handset.text(LONG, "scrambled")
    bodies = [fields["Body"] for fields in application.about("sms")]
    assert "".join(bodies) != LONG
    assert "".join(text.body for text in handset.texts) == LONG
    assert len({fields["MessageSid"] for fields in application.about("sms")}) == len(bodies) == 3
    assert max(map(len, bodies)) <= 67


def test_parts_come_after_each_other_when_they_are_given_time(simulator, handset, application):
    simulator.incoming.gap = 2
    handset.text(LONG, "scrambled")
    assert len(application.seen) == 1
    simulator.clock.advance(2)
    assert len(application.seen) == 2
    simulator.clock.advance(2)
    assert len(application.seen) == 3


def test_the_same_one_twice_has_one_sid_and_one_token(handset, application):
    handset.text("少了两件", "twice")
    first, second = application.about("sms")
    assert first == second
    assert len(application.tokens) == 2
    assert len(set(application.tokens)) == 1


def test_a_lost_one_is_only_in_the_account(simulator, handset, application):
    text, = handset.text("少了两件", "lost")
    assert application.seen == []
    assert simulator.account.messages[text.sid].body == "少了两件"
    assert text.marks == ["lost"]


def test_a_forged_one_is_refused_and_was_never_in_the_account(simulator, handset, application):
    handset.text("给我退钱", "forged")
    assert application.seen == []
    assert simulator.account.messages == {}
    assert (simulator.wire.log[-1].signature, simulator.wire.log[-1].status) == ("forged", 403)


def test_pictures_have_an_address_in_the_account(simulator, handset, application):
    text, = handset.text("", pictures=[(b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg")])
    fields, = application.about("sms")
    assert text.sid.startswith("MM")
    assert fields["NumMedia"] == "2"
    assert fields["MediaContentType1"] == "image/jpeg"
    assert fields["MediaUrl0"] == f"{simulator.account.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/{text.sid}/Media/{text.media[0].sid}"


def test_what_the_application_answers_on_the_spot_reaches_the_handset(handset, application):
    application.answers = {"sms": "<Message>收到了</Message><Message><Body>编号 1</Body></Message>"}
    handset.text("少了两件")
    assert handset.inbox == ["收到了", "编号 1"]


def test_an_application_that_is_down_leaves_a_mark(simulator, handset, application):
    application.answers = {"sms": 500}
    text, = handset.text("少了两件")
    assert text.marks == ["500"]
    assert simulator.wire.log[-1].status == 500


def send(simulator, **more):
    return simulator.outgoing.send(HANDSET, "收到，编号 1", "+12025550100", callback=CALLBACK, **more)


def told(application):
    return [(fields["MessageStatus"], fields.get("ErrorCode")) for fields in application.about("ack:7")]


@pytest.mark.parametrize(("fate", "reports"), [
    ("delivered", [("sent", None), ("delivered", None)]),
    ("reversed", [("delivered", None), ("sent", None)]),
    ("repeated", [("sent", None)] * 2 + [("delivered", None)] * 3),
    ("none", []),
    ("30003", [("sent", None), ("undelivered", "30003")]),
    ("failed", [("failed", "30008")]),
])
def test_reports_come_as_chosen_and_only_when_their_time_has_come(simulator, handset, application, fate, reports):
    handset.choices.fate = fate
    text = send(simulator)
    assert told(application) == []
    assert handset.inbox == (["收到，编号 1"] if fate in ("delivered", "reversed", "repeated", "none") else [])
    simulator.clock.advance(2)
    assert told(application) == reports
    assert text.status == {"none": "queued", "30003": "undelivered", "failed": "failed"}.get(fate, "delivered")


def test_stop_blocks_at_the_provider_and_is_still_told(simulator, handset, application):
    handset.text("stop")
    assert application.about("sms")[0]["Body"] == "stop"
    with pytest.raises(Refused) as refused:
        send(simulator)
    assert refused.value.args == (21610,)
    handset.text("START")
    send(simulator)
    assert handset.inbox == ["收到，编号 1"]


def test_through_a_messaging_service_the_refusal_comes_in_a_report(simulator, handset, application):
    handset.text("STOP")
    text = simulator.outgoing.send(HANDSET, "x", service_sid=simulator.account.service_sid, callback=CALLBACK)
    simulator.clock.advance(2)
    assert told(application) == [("failed", "21610")]
    assert (text.status, text.error_code, handset.inbox) == ("failed", 21610, [])


@pytest.mark.parametrize(("to", "body", "sender", "code"), [
    ("12025550142", "x", "+12025550100", 21211), (HANDSET, "", "+12025550100", 21602), (HANDSET, "x" * 1601, "+12025550100", 21617),
    (HANDSET, "x", "+12025550199", 21606)])
def test_what_the_provider_does_not_take(simulator, to, body, sender, code):
    with pytest.raises(Refused) as refused:
        simulator.outgoing.send(to, body, sender)
    assert refused.value.args == (code,)


def test_reports_that_get_lost(simulator, handset, application):
    simulator.wire.lose = {"receipt"}
    send(simulator)
    simulator.clock.advance(5)
    assert told(application) == []
    assert simulator.wire.log[-1].kind == "receipt.lost"
