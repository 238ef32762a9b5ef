"""From the raw record to a ticket, and the sweep that finds what a lost job left behind."""
from datetime import timedelta

import structlog

from catalog import queries as catalog
from catalog.models import NOISE
from core import clock, events, files
from core.actor import SYSTEM
from core.db import db
from core.jobs import job
from intake import services
from intake.models import IntakeRecord
from intake.submission import from_record
from tickets.models import Ticket
from tickets.services import triaging

log = structlog.get_logger()
UPLOADS_KEPT = timedelta(days=1)
SWEEP_AFTER = timedelta(seconds=30)


@job("advance", queue="urgent")
def advance(intake_id: int) -> None:
    """Take a stored arrival as far as it can go by itself: to a ticket, and to its dispatch if it arrived classified."""
    try:
        _advance(intake_id)
    except Exception as error:
        db.session.rollback()  # while the database is away nothing is counted: counting breaks as well
        services.note_failure(db.session.get(IntakeRecord, intake_id, with_for_update=True), error)
        db.session.commit()
        raise


def _advance(intake_id: int) -> None:
    intake = db.session.get(IntakeRecord, intake_id, with_for_update=True)
    if intake is None or intake.state == "done":
        log.info("advance_skipped", intake=intake_id)
        return
    if intake.not_before is not None and intake.not_before > clock.now():
        log.info("advance_waits_for_parts", intake=intake_id)
        return
    ticket = services.advance(intake)
    if ticket is not None and intake.recognised_as == "new_matter":
        _classify(intake, ticket)
    db.session.commit()


def _classify(intake: IntakeRecord, ticket: Ticket) -> None:
    """An arrival that names its category (an imported file) is dispatched at once; all others wait for the hotline."""
    submission = from_record(intake)
    leaf = catalog.leaf(submission.leaf)
    if leaf is None:
        return
    triaging.classify(ticket, SYSTEM, leaf, submission.severity or leaf.severity, desired_outcome=submission.desired or "none")
    if leaf.code != NOISE:
        triaging.dispatch(ticket, SYSTEM)


@job("sweep_intake")
def sweep_intake() -> None:
    """Enqueue again what was stored but never became a ticket."""
    for intake_id in services.waiting(clock.now() - SWEEP_AFTER):
        events.re_enqueue("advance", intake_id)


@job("sweep_uploads", queue="slow")
def sweep_uploads() -> None:
    """Remove photos of forms that were never sent."""
    old = db.select(files.Attachment).where(files.Attachment.upload_token.is_not(None), files.Attachment.intake_id.is_(None),
                                            files.Attachment.created_at < clock.now() - UPLOADS_KEPT).limit(200)
    for attachment in db.session.scalars(old):
        files.discard(attachment)
    db.session.commit()
