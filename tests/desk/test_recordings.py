"""Recordings in the page: in pieces, to whoever may see the ticket, and each time of listening recorded once an hour."""
from datetime import timedelta

import pytest

from core import clock, files
from core.audit import AuditEntry, Did
from core.db import db
from core.jobs import run
from hotline.calls import recordings, services, speech
from tests.desk.test_ticket_page import address, person
from tests.hotline.account import sound
from tests.pages import PageClient
from tickets.models import Ticket

DATA = sound(0.5)


@pytest.fixture
def heard(database, queue):
    """A function that makes a call with words and a stored recording; without words no ticket comes of it before the job."""
    def make(text: str = "The goods have not come.", filed: bool = True, seconds: int = 34):
        fields = {"CallSid": f"CA{text}{filed}", "From": "+8613800138000"}
        call, _new = services.arrive("twilio", fields, clock.now())
        services.note(call, greeted=True)
        speech.keep(call, [speech.Heard("1", text, 0.72)], clock.now())
        told = fields | {"RecordingSid": f"RE{text}", "RecordingUrl": "u", "RecordingDuration": str(seconds)}
        recording, _new = recordings.arrive("twilio", told, clock.now())
        recordings.keep(recording, DATA)
        if filed:
            services.note_status("twilio", fields | {"CallStatus": "completed", "Timestamp": "now"}, clock.now())
            db.session.commit()
            queue.run()
            run("sweep_calls")
        db.session.commit()
        return recording
    return make


def ticket_of(recording) -> Ticket:
    return db.session.get(Ticket, recording.call.ticket_id)


def path(recording) -> str:
    return f"/desk/recordings/{recording.id}"


def listened() -> list[tuple]:
    rows = db.session.scalars(db.select(AuditEntry).filter_by(action=Did.RECORDING_HEARD.value).order_by(AuditEntry.id))
    return [(row.actor_id, row.target, row.ticket_id) for row in rows]


def test_the_thread_plays_it_and_says_how_sure_the_words_are(app, heard):
    recording = heard()
    page = PageClient(app).sign_in(person("hotline")).get(address(ticket_of(recording)))
    (player,) = list(page.tree.all("audio"))
    assert (player.get("src"), player.get("preload")) == (path(recording), "none")
    assert "Recording 0:34" in page.text
    assert "72% sure" in page.text


def test_the_triage_page_plays_it_too(app, heard):
    recording = heard()
    page = PageClient(app).sign_in(person("hotline")).get(f"/desk/triage?case={ticket_of(recording).case_no}")
    assert [player.get("src") for player in page.tree.all("audio")] == [path(recording)]


@pytest.mark.parametrize(("asked", "status", "expected"), [
    (None, 200, DATA), ("bytes=0-99", 206, DATA[:100]), ("bytes=100-", 206, DATA[100:]), ("bytes=-50", 206, DATA[-50:]),
    (f"bytes=0-{len(DATA) * 2}", 206, DATA), (f"bytes={len(DATA)}-", 416, None), ("bytes=5-2", 416, None), ("lines=1-2", 416, None),
])
def test_pieces(app, heard, asked, status, expected):
    recording = heard()
    client = PageClient(app).sign_in(person("hotline"))
    answer = client.get(path(recording), status, headers={"Range": asked} if asked else {})
    if expected is not None:
        assert answer.data == expected
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["Content-Type"] == "audio/wav"
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_question_about_it_is_no_listening(app, heard):
    recording = heard()
    answer = PageClient(app).sign_in(person("hotline"))._fetch("HEAD", path(recording))
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", str(len(DATA)))
    assert listened() == []


def test_listening_is_recorded_once_an_hour_and_person(app, heard):
    recording, first, second = heard(), person("hotline"), person("hotline")
    ticket = ticket_of(recording)
    for user in (first, first, second):
        PageClient(app).sign_in(user).get(path(recording), 206, headers={"Range": "bytes=0-9"})
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        PageClient(app).sign_in(first).get(path(recording))
    assert listened() == [(user.id, str(recording.id), ticket.id) for user in (first, second, first)]


def test_it_follows_its_ticket_and_sealed_stays_sealed(app, heard):
    recording = heard("He wants a bribe from me.")
    assert ticket_of(recording).sealed
    for role, status in (("compliance", 200), ("liaison", 200), ("hotline", 404), ("admin", 404), ("manager", 404)):
        PageClient(app).sign_in(person(role)).get(path(recording), status)
    page = PageClient(app).sign_in(person("compliance")).get(address(ticket_of(recording)))
    assert path(recording) in [player.get("src") for player in page.tree.all("audio")]


def test_without_a_ticket_whoever_takes_calls_may_hear_it(app, heard):
    recording = heard(filed=False)
    for role, status in (("hotline", 200), ("manager", 200), ("qa", 404), ("admin", 404), ("handler", 404)):
        PageClient(app).sign_in(person(role)).get(path(recording), status)


def test_what_is_removed_or_lost_does_not_exist_and_the_thread_says_why(app, heard):
    recording, lost = heard(), heard("Another matter of mine.")
    recordings.remove(recording)
    app.extensions["storage"].delete(lost.attachment.storage_key)
    db.session.commit()
    client = PageClient(app).sign_in(person("hotline"))
    for gone in (path(recording), path(lost), "/desk/recordings/999999"):
        client.get(gone, 404)
    page = client.get(address(ticket_of(recording)))
    assert "Recording 0:34: removed: its time was over" in page.text
    assert list(page.tree.all("audio")) == []


def test_its_file_has_no_other_door(app, heard):
    recording = heard()
    PageClient(app).sign_in(person("hotline")).get(f"/desk/files/{recording.attachment_id}", 404)
    assert db.session.get(files.Attachment, recording.attachment_id).ticket_id is None
