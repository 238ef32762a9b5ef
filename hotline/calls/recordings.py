"""Recordings: announced by the provider, fetched into our storage, deleted there if so set, removed here when their time is over."""
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core import clock, events, files, settings
from core.db import db
from core.errors import DomainError
from core.settings import Setting
from gateways.line import Line, LineFailure
from hotline.calls import services, states
from hotline.calls.events import RecordingAnnounced
from hotline.models import Recording

settings.define(
    Setting("recording_most_mb", "int", 25, "hotline", "Largest recording that is fetched, in megabytes"),
    Setting("recording_delete_there", "bool", False, "hotline", "Delete recordings at the provider once we have them"),
    Setting("recording_months", "int", 6, "privacy", "Months for which recordings of calls are kept"),
)
MEGABYTE = 1024 * 1024
# Waits between tries; a recording is often announced before its bytes are ready, so the first is short.
WAITS = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600))
MOST_TRIES = len(WAITS) + 1
READY_WITHIN = timedelta(minutes=10)  # until then "not there" means "not there yet"
ABSENT = ("absent", "failed", "deleted")


def arrive(provider: str, fields: Mapping[str, str], at: datetime) -> tuple[Recording, bool]:
    """The recording that `fields` tell of, and whether it is new to us. Its call is made if nobody told us of it."""
    sid, call = fields["RecordingSid"], services.arrive(provider, fields, at)[0]
    absent = fields.get("RecordingStatus") in ABSENT
    row = insert(Recording).values(provider=provider, sid=sid, call_id=call.id, url=fields.get("RecordingUrl", ""), at=at,
                                   seconds=0 if absent else _seconds(fields), state="gone" if absent else "announced")
    made = db.session.scalar(row.on_conflict_do_nothing().returning(Recording.id))
    recording = db.session.scalar(select(Recording).filter_by(provider=provider, sid=sid).execution_options(populate_existing=True))
    _complete(recording, fields)
    if made is not None:
        db.session.expire(call, ["recordings"])
        services.settle(call)
        events.emit(RecordingAnnounced(recording.id))
    return recording, made is not None


def _complete(recording: Recording, fields: Mapping[str, str]) -> None:
    """The first report may not know the length or the address."""
    recording.seconds = recording.seconds if recording.seconds is not None else _seconds(fields)
    recording.url = recording.url or fields.get("RecordingUrl", "")


def _seconds(fields: Mapping[str, str]) -> int | None:
    return states.whole(fields.get("RecordingDuration", ""))


def wants_bytes(recording: Recording) -> bool:
    """True while the bytes should be fetched now."""
    waited = recording.not_before is None or recording.not_before <= clock.now()
    return recording.state == "announced" and recording.tries < MOST_TRIES and waited


def wants_deletion(recording: Recording) -> bool:
    """True while the provider still has what we have, and should not."""
    return recording.state == "stored" and recording.deleted_there_at is None and settings.get("recording_delete_there")


def line(recording: Recording) -> Line | None:
    """The account that holds it; None if none is set up."""
    return current_app.extensions["lines"].get(recording.provider)


def keep(recording: Recording, data: bytes) -> None:
    """Store the bytes of an announced recording; what is no sound is noted as a failure."""
    try:
        recording.attachment = files.store_audio(data, f"{recording.sid}.audio")
    except DomainError as error:
        fail(recording, error.code)
        return
    recording.state, recording.error, recording.not_before = "stored", "", None


def fail(recording: Recording, why: str, gone: bool = False) -> None:
    """Note a failed try and when the next one is worth it; what the provider has no more is gone."""
    recording.error = why[:300]
    if gone and clock.now() >= recording.at + READY_WITHIN:
        recording.state = "gone"
        return
    recording.not_before = clock.now() + WAITS[min(recording.tries, len(WAITS) - 1)]
    recording.tries += 1


def fail_by(recording: Recording, error: LineFailure) -> None:
    """Note what the provider answered."""
    fail(recording, str(error), gone=error.gone)


def remove(recording: Recording) -> None:
    """Forget the bytes; the row stays and says that there was a recording."""
    attachment = recording.attachment
    recording.state, recording.attachment = "removed", None
    db.session.flush()
    if attachment is not None:
        files.discard(attachment)
