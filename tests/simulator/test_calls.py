"""Calls: each verb of the markup asks the application what Twilio would ask, and waits for what it would wait for."""
import json

import pytest
from twilio.twiml.voice_response import Dial, Gather, Start, VoiceResponse

from tests.simulator.application import HANDSET

MENU = ('<Gather input="dtmf speech" numDigits="1" action="/hooks/twilio/voice/menu" language="cmn-Hans-CN" timeout="5"><Say language="zh-CN" '
        'voice="Polly.Zhiyu-Neural">请按一</Say></Gather><Say>没有听到</Say>')
RECORD = ('<Record action="/hooks/twilio/voice/recorded" maxLength="60" timeout="4" recordingStatusCallback="/hooks/twilio/recording" transcribe="true" '
          'transcribeCallback="/hooks/twilio/transcription"/>')


def calling(handset, application, **answers):
    application.answers = {f"voice/{step}" if step != "voice" else "voice": document for step, document in answers.items()}
    return handset.call()


def test_a_call_asks_first_and_ends_when_there_is_nothing_left(handset, application):
    call = calling(handset, application, voice='<Say language="zh-CN" voice="Polly.Zhiyu-Neural">您好</Say>')
    first = application.about("voice")[0]
    assert (first["CallSid"], first["From"], first["To"], first["CallStatus"], first["Direction"]) == (call.sid, HANDSET, "+12025550100", "ringing", "inbound")
    assert call.heard == ["您好"]
    line = call.call.heard[0]
    assert (line.language, line.voice) == ("zh-CN", "Polly.Zhiyu-Neural")
    status, = application.about("call-status")
    assert (status["CallStatus"], status["CallDuration"], status["CallSid"]) == ("completed", "1", call.sid)
    assert call.over


def test_a_key_goes_to_the_action(handset, application):
    call = calling(handset, application, voice=MENU, menu="<Say>一</Say>")
    assert not call.over
    call.press("1")
    assert application.about("menu")[0]["Digits"] == "1"
    assert application.about("menu")[0]["CallStatus"] == "in-progress"
    assert call.heard == ["请按一", "一"]


def test_words_go_there_with_their_confidence_as_they_are_misheard(handset, application):
    handset.choices.misheard = {"何建平": "何建萍"}
    call = calling(handset, application, voice=MENU, menu="<Hangup/>")
    call.say("我找何建平", confidence=0.72)
    fields = application.about("menu")[0]
    assert (fields["SpeechResult"], fields["Confidence"], fields["Language"]) == ("我找何建萍", "0.72", "cmn-Hans-CN")


def test_many_keys_end_with_the_sharp(handset, application):
    call = calling(handset, application, voice='<Gather action="/hooks/twilio/voice/case"/>', case="<Hangup/>")
    call.press("6112248317#")
    assert application.about("case")[0]["Digits"] == "6112248317"
    assert application.about("case")[0]["FinishedOnKey"] == "#"


def test_words_are_not_heard_where_only_keys_are(handset, application):
    call = calling(handset, application, voice='<Gather action="/hooks/twilio/voice/case"/>', case="<Hangup/>")
    call.say("你好")
    assert application.about("case") == []
    assert [line.who for line in call.call.heard] == ["unheard"]


def test_what_was_said_stands_before_what_is_answered(handset, application):
    call = calling(handset, application, voice=MENU, menu="<Say>好的</Say>")
    call.say("投诉")
    assert [(line.who, line.words) for line in call.call.heard][-3:-1] == [("caller", "投诉"), ("machine", "好的")]


def test_nothing_typed_goes_on_with_the_next_verb(simulator, handset, application):
    call = calling(handset, application, voice=MENU)
    simulator.clock.advance(4)
    assert not call.over
    simulator.clock.advance(1)
    assert application.about("menu") == []
    assert call.heard == ["请按一", "没有听到"]


def test_a_key_gives_the_whole_time_again(simulator, handset, application):
    call = calling(handset, application, voice='<Gather action="/hooks/twilio/voice/case" timeout="5"/>', case="<Hangup/>")
    for key in "12":
        simulator.clock.advance(4)
        call.press(key)
    simulator.clock.advance(5)
    assert application.about("case")[0]["Digits"] == "12"


def test_nothing_typed_is_sent_where_the_document_wants_it(simulator, handset, application):
    calling(handset, application, voice='<Gather action="/hooks/twilio/voice/case" actionOnEmptyResult="true"/>', case="<Hangup/>")
    simulator.clock.advance(5)
    assert application.about("case")[0]["Digits"] == ""


@pytest.mark.parametrize("end", ["key", "silence", "hang_up"])
def test_a_recording_is_kept_however_it_ends(simulator, handset, application, end):
    call = calling(handset, application, voice=RECORD, recorded="<Say>谢谢</Say>")
    call.say("昨天那单少了两件，到现在没有人理")
    {"key": lambda: call.press("#"), "silence": lambda: simulator.clock.advance(4), "hang_up": call.hang_up}[end]()
    file, = simulator.account.recordings.values()
    fields = application.about("recorded")[0]
    assert (fields["RecordingSid"], fields["RecordingDuration"], fields["RecordingUrl"]) == (file.sid, "4", simulator.account.address("Recordings", file.sid))
    assert fields["CallStatus"] == ("completed" if end == "hang_up" else "in-progress")
    assert call.heard == ([] if end == "hang_up" else ["谢谢"])
    simulator.clock.advance(0)
    report, = application.about("recording")
    assert (report["RecordingStatus"], report["CallSid"], report["RecordingSource"]) == ("completed", call.sid, "RecordVerb")
    assert application.about("transcription")[0]["TranscriptionStatus"] == "failed"  # it understands no Chinese


def test_silence_makes_a_recording_without_words_and_nothing_at_all_makes_none(simulator, handset, application):
    call = calling(handset, application, voice=RECORD, recorded="<Hangup/>")
    call.stay_silent(3)
    call.press("#")
    assert next(iter(simulator.account.recordings.values())).pieces == [("silence", 3)]
    other = calling(handset, application, voice=RECORD + "<Say>再见</Say>")
    simulator.clock.advance(4)
    assert other.heard == ["再见"]
    assert len(simulator.account.recordings) == 1


@pytest.mark.parametrize(("events", "told"), [("completed absent", ["absent"]), ("completed", [])])
def test_an_application_that_wants_to_know_it_hears_of_nothing_recorded(simulator, handset, application, events, told):
    verb = f'<Record timeout="4" recordingStatusCallback="/hooks/twilio/recording" recordingStatusCallbackEvent="{events}"/><Hangup/>'
    calling(handset, application, voice=verb)
    simulator.clock.advance(5)
    assert [fields["RecordingStatus"] for fields in application.about("recording")] == told


def test_short_english_is_transcribed_by_the_provider(simulator, handset, application):
    call = calling(handset, application, voice=RECORD, recorded="<Hangup/>")
    call.say("two cartons were missing yesterday and nobody called me back")
    call.press("#")
    simulator.clock.advance(0)
    assert application.about("transcription")[0]["TranscriptionText"] == "two cartons were missing yesterday and nobody called me back"


def test_the_longest_time_ends_a_recording(handset, application):
    call = calling(handset, application, voice='<Record maxLength="2" action="/hooks/twilio/voice/recorded"/>', recorded="<Hangup/>")
    call.say("昨天那单少了两件，到现在没有人理")
    assert application.about("recorded")[0]["RecordingDuration"] == "2"


DIAL = ('<Dial timeout="20" action="/hooks/twilio/voice/dialled" record="record-from-answer-dual" recordingStatusCallback="/hooks/twilio/recording">'
        '<Number statusCallback="/hooks/twilio/call-status" statusCallbackEvent="initiated ringing answered completed">+12025550160</Number></Dial>')


@pytest.mark.parametrize(("what", "result"), [("busy", "busy"), ("wait", "no-answer"), ("talk", "completed")])
def test_the_staffs_phone(simulator, handset, application, what, result):
    call = calling(handset, application, voice=DIAL, dialled="<Say>好的</Say>")
    if what == "wait":
        simulator.clock.advance(20)
    elif what == "busy":
        call.staff("busy")
    else:
        call.staff("answer")
        simulator.clock.advance(90)
        call.staff("hang_up")
    fields = application.about("dialled")[0]
    assert fields["DialCallStatus"] == result
    assert call.heard == ["好的"]
    leg = [fields["CallStatus"] for fields in application.about("call-status") if fields.get("ParentCallSid") == call.sid]
    assert leg == ["initiated", "ringing"] + (["in-progress"] if what == "talk" else []) + [result]
    if what == "talk":
        assert fields["DialCallDuration"] == "90"
        assert fields["RecordingSid"] in simulator.account.recordings


def test_several_phones_ring_and_the_first_is_connected(handset, application):
    call = calling(handset, application, voice="<Dial><Number>+12025550160</Number><Client>desk</Client></Dial>")
    assert call.call.waiting.describe() == {"kind": "ringing", "targets": ["+12025550160", "client:desk"]}
    call.staff("answer")
    call.hang_up()
    assert [record.status for record in handset.simulator.account.calls.values()] == ["completed", "completed", "canceled"]


@pytest.mark.parametrize(("answered", "result"), [(True, "completed"), (False, "canceled")])
def test_the_caller_hangs_up_while_it_rings_or_talks(handset, application, answered, result):
    call = calling(handset, application, voice=DIAL, dialled="<Say>好的</Say>")
    if answered:
        call.staff("answer")
    call.hang_up()
    fields = application.about("dialled")[0]
    assert (fields["DialCallStatus"], fields["CallStatus"]) == (result, "completed")
    assert call.heard == []


QUEUE = '<Enqueue waitUrl="/hooks/twilio/voice/wait" action="/hooks/twilio/voice/left">support</Enqueue>'


def test_a_queue_plays_again_until_somebody_takes_the_call(simulator, handset, application):
    call = calling(handset, application, voice=QUEUE, wait="<Say>请稍等</Say>", left="<Say>再见</Say>")
    simulator.clock.advance(10)
    assert call.heard == ["请稍等", "请稍等"]
    call.staff("answer")
    simulator.clock.advance(60)
    assert not call.over
    call.staff("hang_up")
    assert application.about("left")[0]["QueueResult"] == "bridged"
    assert call.heard[-1] == "再见"


@pytest.mark.parametrize(("end", "result"), [("hang_up", "hangup"), ("leave", "leave")])
def test_a_queue_is_left(simulator, handset, application, end, result):
    call = calling(handset, application, voice=QUEUE, wait=["<Say>请稍等</Say>", "<Leave/>"], left="<Say>再见</Say>")
    simulator.clock.advance(10) if end == "leave" else call.hang_up()
    left, = application.about("left")
    assert left["QueueResult"] == result
    assert call.over


def test_what_is_said_is_transcribed_as_it_is_said(handset, application):
    start = '<Start><Transcription name="one" statusCallbackUrl="/hooks/twilio/transcription" languageCode="cmn-Hans-CN"/></Start>'
    call = calling(handset, application, voice=start + "<Dial>+12025550160</Dial>")
    call.staff("answer")
    call.say("少了两件", confidence=0.6)
    call.hang_up()
    events = application.about("transcription")
    assert [fields["TranscriptionEvent"] for fields in events] == ["transcription-started", "transcription-content", "transcription-stopped"]
    assert json.loads(events[1]["TranscriptionData"]) == {"transcript": "少了两件", "confidence": 0.6}
    assert events[1]["LanguageCode"] == "cmn-Hans-CN"


@pytest.mark.parametrize("answer", [500, 404, "<Gather", "nonsense</Response><Response>"])
def test_an_answer_that_leads_nowhere_ends_the_call_with_a_sentence(simulator, handset, application, answer):
    call = calling(handset, application, voice=answer)
    assert call.heard == ["We are sorry, an application error has occurred. Goodbye."]
    assert call.over
    assert any(line.kind == "call.error" for line in simulator.wire.log)


def test_a_document_that_leads_to_itself_ends(handset, application):
    call = calling(handset, application, voice="<Redirect>/hooks/twilio/voice</Redirect>")
    assert call.over


def test_an_unknown_verb_is_passed_over_and_noted(simulator, handset, application):
    call = calling(handset, application, voice="<Pay/><Say>你好</Say>")
    assert call.heard == ["你好"]
    assert any(line.kind == "call.unknown_verb" and line.note == "<Pay>" for line in simulator.wire.log)


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
def test_a_call_is_rejected_without_being_answered(handset, application, reason, status):
    call = calling(handset, application, voice=f'<Reject reason="{reason}"/>')
    assert (call.call.record.status, call.call.record.duration) == (status, 0)


def test_a_lost_call_is_only_in_the_account(simulator, handset, application):
    call = handset.call(lost=True)
    assert application.seen == []
    assert simulator.account.calls[call.sid].status == "completed"


def test_speech_lasts_as_long_as_it_takes(simulator, handset, application):
    simulator.pace = 1
    call = calling(handset, application, voice=f"<Say>{'您好' * 8}</Say><Pause length='2'/><Say>再见</Say>")
    assert call.heard == ["您好" * 8]
    simulator.clock.advance(5.9)
    assert len(call.heard) == 1
    simulator.clock.advance(0.2)
    assert len(call.heard) == 2


def test_what_the_library_writes_is_understood(handset, application):
    response = VoiceResponse()
    start = Start()
    start.transcription(status_callback_url="/hooks/twilio/transcription", language_code="cmn-Hans-CN")
    response.append(start)
    gather = Gather(input="speech dtmf", action="/hooks/twilio/voice/menu", speech_timeout="auto", hints="投诉,噪音")
    gather.say("请说", language="zh-CN")
    response.append(gather)
    dial = Dial(timeout=5)
    dial.number("+12025550160")
    response.append(dial)
    call = calling(handset, application, voice=str(response).partition("<Response>")[2].removesuffix("</Response>"), menu="<Hangup/>")
    call.say("投诉")
    assert application.about("menu")[0]["SpeechResult"] == "投诉"
