"""The doors of the telephone: what a caller hears, in both languages, and that a repeated request changes nothing."""
from datetime import datetime, timedelta, timezone
from xml.etree import ElementTree

import pytest

from core import clock, settings
from core.actor import SYSTEM
from core.db import db
from core.settings import SettingValue
from gateways import quarantine
from gateways.models import Quarantined
from hotline.calls import answering, menu, twiml
from hotline.models import Call, Recording, Speech
from hotline.taking.day import figures
from satisfaction.models import SurveyScore
from tests import builders
from tests.hotline.caller import BASE, Caller, post

KNOWN = {"Say", "Gather", "Record", "Redirect", "Dial", "Hangup", "Start"}


TUESDAY = datetime(2026, 11, 17, 10, 30, tzinfo=timezone(timedelta(hours=8)))
SUNDAY = TUESDAY + timedelta(days=5)


@pytest.fixture(autouse=True)
def open_desk(database):
    """The desk is open and rings two numbers and a softphone."""
    settings.put("hotline_rings", "+12025550111, +12025550112 & desk")
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def closed(open_desk):
    """It is Sunday."""
    with clock.frozen(SUNDAY):
        yield


def row(caller) -> Call:
    return db.session.scalar(db.select(Call).filter_by(sid=caller.sid).execution_options(populate_existing=True))


def count(model) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_the_beginning_is_chinese_and_offers_english_in_english(app, database):
    page = Caller(app).dial().page
    spoken = [(say.get("language"), say.get("voice")) for say in page.iter("Say")]
    chinese, english = ("zh-CN", "Polly.Zhiyu-Neural"), ("en-US", "Polly.Joanna-Neural")
    assert spoken == [chinese, english, chinese, chinese]
    gather = page.find("Gather")
    assert (gather.get("input"), gather.get("language"), gather.get("numDigits")) == ("speech dtmf", "cmn-Hans-CN", "1")
    assert gather.get("action") == f"{BASE}/hooks/twilio/voice/zh/main/0"


def test_english_by_key(app, database):
    caller = Caller(app).english()
    assert "To speak with a colleague, press 2." in caller.text
    assert {say.get("language") for say in caller.page.iter("Say")} == {"en-US"}
    assert row(caller).language == "en"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("step", sorted(menu.STEPS))
def test_every_step_is_markup_that_goes_on_or_ends(app, database, step, language):
    ticket = builders.ticket("answered", shop=builders.retailer(phone="+8613800138000"))
    caller = Caller(app).dial()
    about = {"told": ticket.case_no, "rated": "5"}.get(step, "")
    row(caller).meta = {"rates": ticket.id}
    turn = menu.Turn(step, language, 0, about)
    page = ElementTree.fromstring(str(markup_of(caller, turn)))
    assert {child.tag for child in page} <= KNOWN
    assert page[-1].tag in ("Gather", "Redirect", "Dial", "Hangup")
    assert all(say.text.strip() and "%(" not in say.text for say in page.iter("Say"))


def markup_of(caller, turn):
    return twiml.render(answering._spoken(row(caller), turn))


def test_without_speech_only_keys_are_asked_for(app, database):
    settings.put("hotline_listens", False)
    gather = Caller(app).dial().page.find("Gather")
    assert (gather.get("input"), gather.get("language")) == ("dtmf", None)


def test_the_speech_model_is_a_setting(app, database):
    settings.put("hotline_speech_model", "phone_call")
    assert Caller(app).dial().page.find("Gather").get("speechModel") == "phone_call"


def test_progress_says_the_number_the_state_and_the_day_but_no_name(app, database):
    handler = builders.staff(name="Handler Han")
    ticket = builders.ticket("in_progress", handler=handler)
    caller = Caller(app).english().press("1").press(ticket.case_no)
    assert ", ".join(ticket.case_no) in caller.text
    assert "Somebody is working on it. You have our answer by" in caller.text
    assert "Handler Han" not in caller.text


def test_a_sealed_or_anonymous_matter_is_not_told_of(app, database):
    for ticket in (builders.opened(anonymous=True), builders.opened(kind="report")):
        caller = Caller(app).english().press("1").press(ticket.case_no)
        assert "Please use the link" in caller.text
        assert "We have" not in caller.text


def test_three_wrong_numbers_lead_to_staff(app, database):
    caller = Caller(app).english().press("1").press("1234567890").press("6112248317").press("12")
    assert caller.verbs == ["Say", "Dial"]


def test_staff_are_rung_one_group_after_the_other_and_then_a_message_is_offered(app, database):
    caller = Caller(app).english().press("2")
    assert [n.text for n in caller.page.iter("Number")] == ["+12025550111"]
    assert row(caller).state == "waiting"
    caller.rung("no-answer")
    assert [n.text for n in caller.page.iter("Number")] == ["+12025550112"]
    assert [n.text for n in caller.page.iter("Client")] == ["desk"]
    caller.rung("busy")
    assert "All our colleagues are on the phone just now. To leave a message, press 1." in caller.text
    assert caller.page.find("Gather") is not None


def test_out_of_hours_nobody_is_rung(app, database, closed):
    caller = Caller(app).english().press("2")
    assert "Nobody is at the desk at this hour." in caller.text
    caller.press("2")
    assert "We call you back" in caller.text
    caller.hang_up()
    assert row(caller).outcome == "callback"


def test_out_of_hours_nobody_has_waited(app, database, closed):
    caller = Caller(app).english().press("2").press("1")
    caller.hang_up()
    assert (row(caller).waiting_at, row(caller).outcome, figures([row(caller)]).offered) == (None, "missed", 0)


def test_in_hours_a_call_that_nobody_took_counts(app, database):
    caller = Caller(app).english().press("2").rung("no-answer").rung("busy")
    caller.hang_up()
    assert (row(caller).outcome, figures([row(caller)]).missed) == ("missed", 1)


def test_out_of_hours_three_is_a_message_as_the_main_menu_said(app, database, closed):
    caller = Caller(app).english().press("2").press("3")
    assert "Please tell us in a few words" in caller.text


def test_who_asks_for_a_case_hears_that_there_is_none_and_how_to_go_back(app, database):
    caller = Caller(app).english().press("1")
    assert "there is no open case of which we may speak here" in caller.text
    assert "To go back, press the star key." in caller.text
    assert "press 2" in caller.press("*").text


def test_who_has_an_open_case_does_not_hear_that_there_is_none(app, database):
    builders.opened(shop=builders.retailer(phone="+8613800138000"))
    assert "no open case" not in Caller(app).english().press("1").text


def test_a_sealed_case_is_not_betrayed_by_what_is_left_unsaid(app, database):
    builders.opened(kind="report", phone="+8613800138000")
    assert "no open case of which we may speak here" in Caller(app).english().press("1").text


def test_a_withheld_number_cannot_be_called_back(app, database, closed):
    caller = Caller(app, "+266696687").english().press("2").press("2")
    assert "We cannot see your number." in caller.text
    assert "Record" in caller.verbs
    assert row(caller).caller == ""


def test_an_answered_call_is_talking_and_then_ended(app, database):
    caller = Caller(app).english().press("2")
    caller.status("in-progress", CallSid="CAchild", ParentCallSid=caller.sid)
    assert (row(caller).state, row(caller).answered_at is not None) == ("talking", True)
    caller.rung("completed", seconds=40)
    assert caller.verbs == ["Hangup"]
    caller.hang_up()
    assert (row(caller).state, row(caller).outcome) == ("ended", "answered")
    assert db.session.scalar(db.select(Call).filter_by(sid="CAchild")) is None


def test_whoever_hangs_up_while_it_rings_has_abandoned_the_call(app, database):
    caller = Caller(app).english().press("2")
    caller.rung("no-answer", CallStatus="completed")
    caller.hang_up()
    assert row(caller).outcome == "abandoned"


def test_a_score_by_key_once_however_often_it_is_sent(app, database):
    ticket = builders.ticket("answered", shop=builders.retailer(phone="+8613800138000"))
    next(message for message in ticket.messages if message.purpose == "answer").delivery = "sent"
    caller = Caller(app).english().press("4")
    assert "How content are you?" in caller.text
    action = caller.action
    for _time in range(3):
        caller.go(action, Digits="4")
        assert "You pressed 4" in caller.text
    assert (ticket.score, count(SurveyScore)) == (4, 1)
    caller.hang_up()
    assert row(caller).outcome == "self_served"


def test_an_answer_that_waits_for_the_morning_is_not_offered(app, database):
    ticket = builders.ticket("answered", shop=builders.retailer(phone="+8613800138000"))
    assert "there is no answer to rate" in Caller(app).english().press("4").text
    assert ticket.score is None


@pytest.mark.parametrize("state", ["received", "in_progress"])
def test_without_an_answer_there_is_nothing_to_rate(app, database, state):
    builders.ticket(state, shop=builders.retailer(phone="+8613800138000"))
    assert "there is no answer to rate" in Caller(app).english().press("4").text
    assert "there is no answer to rate" in Caller(app, "+266696687").english().press("4").text


def test_words_in_the_menu_are_kept_and_repeated_requests_keep_them_once(app, database):
    caller = Caller(app).english()
    action = caller.action
    for _time in range(3):
        caller.go(action, SpeechResult="The van has not come since Tuesday and nobody answers.", Confidence="0.83")
    assert "that is noted" in caller.text
    spoken = db.session.scalars(db.select(Speech).order_by(Speech.id)).all()
    assert [(one.text, one.confidence, one.speaker) for one in spoken] == [("The van has not come since Tuesday and nobody answers.", 0.83, "caller")]


def test_a_recording_is_announced_once_however_it_is_told(app, database):
    caller = Caller(app).english().press("3").wait()
    assert "Record" in caller.verbs
    action, told = caller.action, caller.recording(20)
    for _time in range(2):
        caller.go(action, **told)
        post(app, "/hooks/twilio/recording", caller.fields(RecordingStatus="completed", **told))
    assert "Thank you. We have your message" in caller.text
    kept = [(one.sid, one.seconds, one.state) for one in db.session.scalars(db.select(Recording).order_by(Recording.id))]
    assert kept == [(told["RecordingSid"], 20, "announced")]


def test_each_door_repeated_has_one_effect(app, database):
    caller = Caller(app)
    live = {"TranscriptionEvent": "transcription-content", "TranscriptionSid": "GT1", "SequenceId": "2", "Track": "inbound_track",
            "TranscriptionData": '{"transcript": "no goods", "confidence": 0.7}'}
    requests = (("/hooks/twilio/voice", {}), ("/hooks/twilio/recording", caller.recording(9)),
                ("/hooks/twilio/call-status", {"CallStatus": "completed"}), ("/hooks/twilio/transcription", live))
    for _time in range(3):
        for path, fields in requests:
            assert post(app, path, caller.fields(**fields)).status_code in (200, 204)
    assert (count(Call), count(Recording), count(Speech)) == (1, 1, 1)


@pytest.mark.parametrize("path", ["voice", "voice/zh/main/0", "call-status", "recording", "transcription"])
def test_without_a_signature_nothing_happens_but_quarantine(app, database, path):
    answer = post(app, f"/hooks/twilio/{path}", {"CallSid": "CAforged", "RecordingSid": "RE1", "CallStatus": "completed"}, token="forged")
    assert answer.status_code == 403
    assert (count(Call), count(Recording), count(Quarantined)) == (0, 0, 1)


def test_a_request_that_is_admitted_later_is_a_missed_call_with_what_it_brought(app, database):
    caller = Caller(app)
    fields = caller.fields(SpeechResult="The van has not come since Tuesday.", Confidence="0.8")
    assert post(app, "/hooks/twilio/voice/en/main/0", fields, token="forged").status_code == 403
    refused = db.session.scalar(db.select(Quarantined))
    assert quarantine.admit(refused, SYSTEM).status == 204
    assert (row(caller).state, row(caller).outcome, count(Speech)) == ("ended", "message", 1)


def test_a_fault_of_ours_still_gives_a_sentence_a_tone_and_a_call_on_record(app, database):
    db.session.add(SettingValue(key="hotline_message_seconds", value="two minutes"))
    db.session.commit()
    caller = Caller(app).english().press("3").wait()
    assert caller.verbs == ["Say", "Record", "Redirect"]
    assert "Something went wrong on our side" in caller.text
    caller.hang_up()
    assert row(caller).outcome == "missed"


def test_a_request_that_the_database_cannot_take_still_gives_a_sentence(app, database):
    answer = post(app, "/hooks/twilio/voice", {"From": "+8613800138000"})
    assert answer.status_code == 200
    assert b"<Record" in answer.data


@pytest.mark.parametrize("name", ["", "x" * 65, "长" * 9000])
def test_a_thing_without_a_sensible_name_is_left_alone(app, database, name):
    for path in ("call-status", "recording", "transcription"):
        fields = {"CallSid": name, "RecordingSid": name, "CallStatus": "completed", "TranscriptionEvent": "transcription-content",
                  "TranscriptionData": '{"transcript": "no goods"}'}
        assert post(app, f"/hooks/twilio/{path}", fields).status_code == 204
    assert post(app, "/hooks/twilio/voice", {"CallSid": name}).status_code == 200
    assert (count(Call), count(Recording)) == (0, 0)


@pytest.mark.parametrize("rest", ["zh/told/0/6112248317", "xx/main/0", "zh/nothing/0", "zh/rated/0/9", "en/rated/0", "zh/staff/77", "zh/told/0"])
def test_an_address_that_nobody_gave_out_is_no_fault(app, database, rest):
    caller = Caller(app).dial().go(f"/hooks/twilio/voice/{rest}", Digits="1", DialCallStatus="busy")
    assert "Something went wrong" not in caller.text
    assert row(caller).meta["greeted"] is True
