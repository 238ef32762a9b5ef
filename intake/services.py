"""Storing what came in, first and unchanged; making of it what it is, later."""
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from core import clock, events, failures
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.files import Attachment
from intake.events import IntakeStored
from intake.models import IntakeRecord
from intake.recognise import recognise
from intake.submission import from_record
from tickets.models import Ticket
from tickets.services import numbering

MOST_FAILURES = 5
TAKEN = ("case_no", "token")  # what another arrival may have drawn before; drawing again helps


def store(channel: str, external_id: str, raw: dict, *, actor: Actor = SYSTEM, captured_by_id: int | None = None, sealed: bool = False,
          pin_hash: str | None = None, attachments: list[Attachment] = (), received_at=None, is_demo: bool = False,
          sender: str | None = None, not_before=None) -> tuple[IntakeRecord, bool]:
    """Keep one arrival and promise it a case number. Returns the record and whether it is new.

    A repeat (same channel and external id) gives the first record back and changes nothing.
    """
    known = find(channel, external_id)
    if known is not None:
        return known, False
    columns = {"channel": channel, "external_id": external_id, "raw": raw, "captured_by_id": captured_by_id, "sealed": sealed,
               "pin_hash": pin_hash, "received_at": received_at or clock.now(), "is_demo": is_demo, "state": "stored",
               "sender": sender, "not_before": not_before}
    stored = _insert(columns)
    if stored is None:  # the other one of a double submit was quicker
        return find(channel, external_id), False
    for attachment in attachments:
        attachment.intake_id, attachment.upload_token = stored.id, None
    record(actor, Did.INTAKE_STORED, target=stored.case_no, channel=channel)
    events.emit(IntakeStored(stored.id), not_before)
    return stored, True


def find(channel: str, external_id: str) -> IntakeRecord | None:
    """The record of an arrival that is known already."""
    return db.session.scalar(select(IntakeRecord).filter_by(channel=channel, external_id=external_id))


def digests(channel: str, external_id: str) -> set[str]:
    """The marks of all files that came under this external id or as an addition to it."""
    came = or_(IntakeRecord.external_id == external_id, IntakeRecord.external_id.startswith(external_id + ":", autoescape=True))
    return set(db.session.scalars(select(Attachment.sha256).join(IntakeRecord, Attachment.intake_id == IntakeRecord.id)
                                  .where(IntakeRecord.channel == channel, came)))


def _insert(columns: dict) -> IntakeRecord | None:
    """Insert under a fresh case number; None if (channel, external_id) exists. Tries again when a number is taken."""
    while True:
        row = IntakeRecord(case_no=numbering.case_no(columns["received_at"]), token=numbering.token(), **columns)
        try:
            with db.session.begin_nested():
                db.session.add(row)
            return row
        except IntegrityError as error:
            constraint = error.orig.diag.constraint_name or ""
            if constraint.endswith("external_id"):
                return None
            if not constraint.endswith(TAKEN):
                raise


def advance(intake: IntakeRecord) -> Ticket | None:
    """Make of a stored record what it is. Returns the ticket it became or joined; its parts and their photos go with it."""
    submission = from_record(intake)
    _gather_photos(intake)
    recogniser = recognise(submission)
    ticket = recogniser.act(submission, intake)
    intake.recognised_as, intake.state, intake.error = recogniser.name, "done", None
    if ticket is not None:
        for one in (intake, *intake.parts):
            one.ticket_id, one.sealed = ticket.id, one.sealed or ticket.sealed
    return ticket


def _gather_photos(intake: IntakeRecord) -> None:
    """Whatever came with a part belongs to the record that speaks for all."""
    moved = [photo for part in intake.parts for photo in part.attachments]
    for photo in moved:
        photo.intake_id = intake.id
    if moved:
        db.session.flush()
        db.session.expire(intake, ["attachments"])


def note_failure(intake: IntakeRecord, error: Exception) -> None:
    """Count a failed try; after the fifth the sweep leaves the record to a person, who finds it among the operations."""
    tries = intake.meta.get("failures", 0) + 1
    intake.meta = intake.meta | {"failures": tries}
    if tries >= MOST_FAILURES and intake.state == "stored":
        intake.state, intake.error = "failed", failures.in_short(error)[:300]


def waiting(older_than) -> list[int]:
    """Ids of complete records that no job has taken yet, received before `older_than`; the oldest first."""
    complete = or_(IntakeRecord.not_before.is_(None), IntakeRecord.not_before <= clock.now())
    return list(db.session.scalars(select(IntakeRecord.id).where(IntakeRecord.state == "stored", IntakeRecord.received_at < older_than, complete)
                                   .order_by(IntakeRecord.received_at).limit(500)))
