"""Calls in the background: what follows from one that is over, fetching its recordings, and removing them when their time is over."""
import structlog

from core import clock, events, settings
from core.db import db
from core.jobs import job
from gateways.line import LineFailure
from hotline.calls import closing, queries, recordings, services
from hotline.models import Call, Recording

log = structlog.get_logger()


@job("close_call", queue="urgent", swept=True)
def close_call(call_id: int) -> None:
    """Make of a call that is over what it is: a contact, a call task, or nothing."""
    call = db.session.get(Call, call_id, with_for_update=True)
    if call is None or not closing.ready(call, clock.now()):
        log.info("close_call_skipped", call=call_id)
        return
    closing.draw(call)
    db.session.commit()


@job("sweep_calls")
def sweep_calls() -> None:
    """End calls whose end was never reported, enqueue again those of which nothing was made, and tell calls their tickets."""
    now = clock.now()
    for call in queries.forgotten(now):
        services.end(call, now)
    queries.link_tickets()
    db.session.commit()
    for call_id in queries.unsettled():
        events.re_enqueue("close_call", call_id)


@job("fetch_recording")
def fetch_recording(recording_id: int) -> None:
    """Bring the bytes of one recording into our storage, and delete it at the provider if that is set."""
    recording = db.session.get(Recording, recording_id)
    line = recording and recordings.line(recording)
    if line is None:
        log.info("fetch_recording_skipped", recording=recording_id)
        return
    if recordings.wants_bytes(recording):
        _fetch(line, recording_id, recording.url)
    if recordings.wants_deletion(db.session.get(Recording, recording_id)):
        _delete_there(line, recording_id, recording.sid)


def _fetch(line, recording_id: int, url: str) -> None:
    most_bytes = settings.get("recording_most_mb") * recordings.MEGABYTE
    db.session.rollback()  # no transaction is held while the network answers
    try:
        fetched, error = line.fetch(url, most_bytes), None
    except LineFailure as failure:
        fetched, error = None, failure
    recording = db.session.get(Recording, recording_id, with_for_update=True)
    if recording.state == "announced":
        recordings.keep(recording, fetched.data) if fetched else recordings.fail_by(recording, error)
    db.session.commit()


def _delete_there(line, recording_id: int, sid: str) -> None:
    db.session.rollback()
    try:
        line.delete_recording(sid)
        error = None
    except LineFailure as failure:
        error = failure
    recording = db.session.get(Recording, recording_id, with_for_update=True)
    if error is None:
        recording.deleted_there_at = clock.now()
    else:
        recordings.fail(recording, str(error))
    db.session.commit()


@job("sweep_recordings")
def sweep_recordings() -> None:
    """Enqueue again recordings that wait at the provider."""
    for recording_id in queries.recordings_due(clock.now()):
        events.re_enqueue("fetch_recording", recording_id)


@job("remove_recordings", queue="slow")
def remove_recordings() -> None:
    """Remove recordings whose time is over, one at a time, and what is left of calls that were noise."""
    for recording_id in queries.old_recordings(clock.now()):
        recordings.remove(db.session.get(Recording, recording_id, with_for_update=True))
        db.session.commit()
    queries.forget_noise()
    db.session.commit()
