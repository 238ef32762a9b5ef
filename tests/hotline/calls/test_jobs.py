"""What follows from a call: contacts, call tasks, recordings fetched and removed; every job called twice has one effect."""
from datetime import datetime, timedelta, timezone

import pytest

from core import clock, files, settings
from core.db import db
from core.jobs import run
from gateways.line import LineFailure
from hotline.calls import recordings, services, speech
from hotline.models import Call, Recording, Transcript
from hotline.transcripts import queries as transcripts
from intake.models import IntakeRecord
from tests import builders
from tests.hotline.account import sound
from tickets.models import CallTask, Ticket
from tickets.services import triaging

TUESDAY = datetime(2026, 11, 17, 10, 30, tzinfo=timezone(timedelta(hours=8)))
NUMBER = "+8613800138000"
URL = "https://api.twilio.com/Recordings/RE1"
numbers = iter(range(1, 1000))


@pytest.fixture(autouse=True)
def now(database):
    """A working day."""
    with clock.frozen(TUESDAY):
        yield


def call(caller: str = NUMBER, *, said: list[tuple[str, float | None]] = (), waited: bool = False, unreached: bool = False,
         recorded: int | None = None, **flags) -> Call:
    """A call that is over, by what is known of it."""
    fields = {"CallSid": f"CAjob{next(numbers)}", "From": caller}
    made, _new = services.arrive("twilio", fields, clock.now() - timedelta(minutes=2))
    services.note(made, greeted=True, unreached=unreached, **flags)
    if waited:
        services.waits(made, clock.now() - timedelta(minutes=1))
    for number, (text, confidence) in enumerate(said):
        speech.keep(made, [speech.Heard(str(number), text, confidence)], clock.now() - timedelta(minutes=1) + timedelta(seconds=number))
    if recorded is not None:
        recordings.arrive("twilio", fields | {"RecordingSid": f"RE{made.sid}", "RecordingUrl": URL, "RecordingDuration": str(recorded)}, clock.now())
    services.note_status("twilio", fields | {"CallStatus": "completed", "Timestamp": "now"}, clock.now())
    return made


def close(made: Call) -> None:
    """The job, twice."""
    db.session.commit()
    run("close_call", made.id)
    run("close_call", made.id)


def records() -> list[IntakeRecord]:
    return list(db.session.scalars(db.select(IntakeRecord).filter_by(channel="phone").order_by(IntakeRecord.id)))


def tasks() -> list[CallTask]:
    return list(db.session.scalars(db.select(CallTask).order_by(CallTask.id)))


def test_what_was_said_becomes_one_contact_with_its_transcript(database, queue):
    made = call(said=[("货没有送来。", 0.9), ("已经三天了。", 0.72)], unreached=True, waited=True)
    close(made)
    (record,) = records()
    assert (record.external_id, record.sender, record.raw["text"], record.raw["confidence"]) == (made.sid, NUMBER, "货没有送来。\n已经三天了。", 0.72)
    (written,) = db.session.scalars(db.select(Transcript)).all()
    turns = [(turn["text"], turn["confidence"], turn["speaker"]) for turn in written.turns]
    assert turns == [("货没有送来。", 0.9, "caller"), ("已经三天了。", 0.72, "caller")]
    assert ([mark["text"] for mark in written.marks], written.confirmed_at) == (["没有", "已经三天了。"], None)
    assert (written.source, written.original, written.call_id, written.intake_id) == ("call", record.raw["text"], made.id, record.id)
    assert (made.outcome, made.filed_as, made.intake_id) == ("message", "ticket", record.id)


def test_a_recording_without_words_is_a_listening_task(database, queue):
    made = call(recorded=34)
    close(made)
    queue.run()
    run("sweep_calls")
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    assert (ticket.facts["listen"], ticket.contact_phone, made.ticket_id) == (made.recordings[0].id, NUMBER, ticket.id)
    assert ticket.state == "received"
    assert "34" in ticket.subject


def test_a_recording_is_waited_for_a_minute(database, queue):
    made = call(step="record", waited=True, unreached=True)
    close(made)
    assert (made.settled_at, records()) == (None, [])
    with clock.frozen(TUESDAY + timedelta(seconds=61)):
        close(made)
    assert (made.outcome, made.settled_at is not None, records()) == ("missed", True, [])


def test_a_recording_that_comes_late_still_becomes_a_contact(database, queue):
    made = call(waited=True, unreached=True)
    close(made)
    assert (made.outcome, records()) == ("missed", [])
    recordings.arrive("twilio", {"CallSid": made.sid, "RecordingSid": "RElate", "RecordingUrl": URL, "RecordingDuration": "20"}, clock.now())
    close(made)
    assert (made.outcome, made.filed_as, len(records())) == ("message", "ticket", 1)


def test_words_that_come_late_are_added_to_the_ticket(database, queue):
    made = call(said=[("货没有送来。", 0.9)])
    close(made)
    queue.run()
    for _time in range(2):
        speech.keep(made, [speech.Heard("late", "请尽快。", 0.8)], clock.now())
        db.session.commit()
    queue.run()
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    assert [m.body for m in ticket.messages if m.kind == "in"] == ["货没有送来。", "请尽快。"]


def test_words_that_come_late_go_on_with_the_transcript_and_are_confirmed_like_the_others(database, queue):
    made = call(said=[("货没有送来。", 0.9)])
    close(made)
    queue.run()
    for _time in range(2):
        speech.keep(made, [speech.Heard("late", "我没有收到钱。", 0.5)], clock.now())
        db.session.commit()
    first, later = db.session.scalars(db.select(Transcript).filter_by(call_id=made.id).order_by(Transcript.id)).all()
    assert (later.original, later.confirmed_at) == ("我没有收到钱。", None)
    assert later.turns[0]["start"] >= first.turns[-1]["start"]
    queue.run()
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    assert transcripts.of_ticket(ticket) == [first, later]
    assert transcripts.message_of(later).body == "我没有收到钱。"
    assert transcripts.message_of(later).id != transcripts.message_of(first).id



@pytest.mark.parametrize(("facts", "reason"), [({"waited": True, "unreached": True}, "missed_call"), ({"waited": True}, "abandoned_call"),
                                               ({"waited": True, "unreached": True, "callback": True}, "callback_wanted")])
def test_whom_nobody_reached_is_called_back_in_his_open_matter(database, queue, facts, reason):
    ticket = builders.ticket("in_progress", shop=builders.retailer(phone=NUMBER))
    first, second = call(**facts), call(**facts)
    close(first)
    close(second)
    assert [(task.ticket_id, task.reason) for task in tasks()] == [(ticket.id, reason)]
    assert [(one.filed_as, one.ticket_id) for one in (first, second)] == [("linked", ticket.id)] * 2


def test_without_an_open_matter_a_missed_call_waits_in_the_list(database, queue):
    builders.ticket("closed", shop=builders.retailer(phone=NUMBER))
    missed, withheld = call(waited=True, unreached=True), call("+266696687", waited=True)
    for made in (missed, withheld):
        close(made)
    assert tasks() == []
    assert [(one.outcome, one.filed_as) for one in (missed, withheld)] == [("missed", None), ("abandoned", None)]
    assert missed.settled_at == withheld.settled_at == clock.now()


def test_who_served_himself_or_hung_up_leaves_nothing(database, queue):
    served, nothing = call(served=True), call()
    for made in (served, nothing):
        close(made)
    assert [(one.outcome, one.filed_as) for one in (served, nothing)] == [("self_served", "nothing"), (None, "nothing")]
    assert records() == []


def test_an_answered_call_is_filed_by_whoever_took_it(database, queue):
    made = call(said=[("送货的又没来", 0.8)], waited=True)
    services.answered(made, clock.now() - timedelta(seconds=50))
    close(made)
    assert (made.outcome, made.filed_as, records()) == ("answered", None, [])


def test_a_report_that_comes_late_changes_what_follows(database, queue):
    builders.ticket("in_progress", shop=builders.retailer(phone=NUMBER))
    made = call(waited=True)
    close(made)
    services.answered(made, clock.now() - timedelta(seconds=50))
    close(made)
    assert (made.outcome, made.filed_as, made.ticket_id) == ("answered", None, None)
    assert [(task.result, task.note) for task in tasks()] == [("not_needed", "call_answered")]


def test_words_written_down_while_spoken_are_waited_for_a_moment(database, queue):
    settings.put("hotline_transcribes", True)
    made = call(recorded=20)
    close(made)
    assert records() == []
    speech.keep(made, [speech.Heard("1", "货没有送来。", 0.8)], clock.now())
    close(made)
    assert [record.raw["text"] for record in records()] == ["货没有送来。"]


def test_a_call_that_somebody_filed_already_is_left_as_it_is(database, queue):
    made = call(said=[("货没来", 0.9)])
    made.filed_as, made.filed_by_id, made.filed_at = "noise", builders.staff(roles=("hotline",)).id, clock.now()
    close(made)
    assert (made.filed_as, records()) == ("noise", [])


def test_no_retailer_is_guessed_for_two_shops(database, queue):
    for _shop in range(2):
        builders.retailer(phone=NUMBER)
    made = call(said=[("货没有送来。", 0.9)])
    close(made)
    queue.run()
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    assert (made.retailer_id, ticket.retailer_id, ticket.contact_phone) == (None, None, NUMBER)


def test_the_sweep_finds_lost_jobs_and_ends_calls_that_nobody_ended(database, queue):
    lost = call(said=[("货没有送来。", 0.9)])
    with clock.frozen(TUESDAY - timedelta(hours=6)):
        silent, _new = services.arrive("twilio", {"CallSid": "CAsilent", "From": NUMBER}, clock.now())
        by_hand, _new = services.arrive("desk", {"CallSid": "1", "From": NUMBER}, clock.now())
    db.session.commit()
    queue.clear()
    run("sweep_calls")
    queue.run()
    assert (lost.filed_as, silent.state, silent.outcome, by_hand.state) == ("ticket", "ended", "missed", "menu")


# ---------- recordings ----------

def recorded(account, data: bytes | None) -> Recording:
    """A recording that was announced; the account holds its bytes."""
    made = call(recorded=3)
    db.session.commit()
    if data is not None:
        account.held[URL] = data
    return made.recordings[0]


def stored_bytes(app, recording: Recording) -> bytes:
    return app.extensions["storage"].get(recording.attachment.storage_key)


def test_a_recording_is_fetched_once_and_stored(app, database, queue, account):
    recording = recorded(account, sound())
    queue.run()
    run("fetch_recording", recording.id)
    assert (recording.state, recording.attachment.content_type, account.asked) == ("stored", "audio/wav", [URL])
    assert stored_bytes(app, recording) == sound()
    assert account.deleted == []


def test_failures_are_tried_again_later_and_at_last_left(database, queue, account):
    recording = recorded(account, sound())
    account.failures = [LineFailure(500, "busy"), LineFailure("timeout")]
    run("fetch_recording", recording.id)
    run("fetch_recording", recording.id)
    assert (recording.state, recording.tries, recording.error, len(account.asked)) == ("announced", 1, "500 busy", 1)
    for seconds, tries in ((21, 2), (90, 2)):
        with clock.frozen(TUESDAY + timedelta(seconds=seconds)):
            queue.clear()
            run("sweep_recordings")
            queue.run()
            assert recording.tries == tries
    assert (recording.state, recording.error) == ("stored", "")


def test_what_is_no_sound_or_too_big_is_not_stored(database, queue, account):
    recording = recorded(account, b"<html>not yet</html>")
    run("fetch_recording", recording.id)
    assert (recording.state, recording.error) == ("announced", "not_audio")
    account.held[URL] = sound(20)
    settings.put("recording_most_mb", 0)
    with clock.frozen(TUESDAY + timedelta(minutes=1)):
        run("fetch_recording", recording.id)
    assert (recording.state, recording.error) == ("announced", "too_big")


def test_not_there_yet_is_not_gone(database, queue, account):
    recording = recorded(account, None)
    run("fetch_recording", recording.id)
    assert recording.state == "announced"
    with clock.frozen(TUESDAY + timedelta(minutes=11)):
        run("fetch_recording", recording.id)
    assert recording.state == "gone"


def test_after_many_tries_it_is_left_to_people(database, queue, account):
    recording = recorded(account, None)
    recording.tries = recordings.MOST_TRIES
    db.session.commit()
    queue.clear()
    run("sweep_recordings")
    assert queue.waiting == []


def test_it_is_deleted_at_the_provider_when_so_set(database, queue, account):
    settings.put("recording_delete_there", True)
    recording = recorded(account, sound())
    run("fetch_recording", recording.id)
    run("fetch_recording", recording.id)
    assert (account.deleted, recording.deleted_there_at is not None) == ([recording.sid], True)


def test_a_deletion_that_fails_comes_again(database, queue, account):
    recording = recorded(account, sound())
    run("fetch_recording", recording.id)
    settings.put("recording_delete_there", True)
    account.failures = [LineFailure(500)]
    run("fetch_recording", recording.id)
    assert (recording.state, recording.deleted_there_at) == ("stored", None)
    with clock.frozen(TUESDAY + timedelta(minutes=5)):
        queue.clear()
        run("sweep_recordings")
        queue.run()
    assert account.deleted == [recording.sid]


def test_without_an_account_nothing_is_tried(database, queue):
    made = call(recorded=3)
    run("fetch_recording", made.recordings[0].id)
    queue.clear()
    run("sweep_recordings")
    assert queue.waiting == []


def test_recordings_are_removed_after_their_months(app, database, queue, account):
    recording = recorded(account, sound())
    run("fetch_recording", recording.id)
    key = recording.attachment.storage_key
    with clock.frozen(TUESDAY + timedelta(days=180)):
        run("remove_recordings")
        assert recording.state == "stored"
    with clock.frozen(TUESDAY + timedelta(days=184)):
        run("remove_recordings")
        run("remove_recordings")
    assert (recording.state, recording.attachment_id) == ("removed", None)
    with pytest.raises(FileNotFoundError):
        app.extensions["storage"].get(key)


def test_what_was_said_in_a_call_goes_with_the_noise_that_it_was(database, queue, account):
    made = call(said=[("你好，请问要贷款吗", 0.9)], recorded=9)
    account.held[URL] = sound()
    db.session.commit()
    queue.run()
    run("sweep_calls")
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    triaging.decline_noise(ticket, builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={})))
    with clock.frozen(TUESDAY + timedelta(days=31)):
        run("sweep_noise")
        run("remove_recordings")
    db.session.refresh(made)
    assert (made.caller, made.speeches, made.recordings[0].state) == ("", [], "removed")


@pytest.mark.parametrize(("data", "kind"), [(sound(), "audio/wav"), (b"ID3\x04" + b"\0" * 20, "audio/mpeg"),
                                            (b"\xff\xfb\x90\x64" + b"\0" * 20, "audio/mpeg")])
def test_a_sound_is_known_by_its_content(data, kind):
    assert files.audio_type(data) == kind
