"""Finding calls and recordings that wait for a job, and the ticket in which what was said in a call stands."""
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import or_, select, update

from core import settings
from core.db import db
from core.jobs import given_up
from hotline.calls import recordings
from hotline.models import Call, Recording, Speech, Transcript
from intake.models import IntakeRecord
from tickets.models import Message, Ticket

BY_HAND = "desk"  # calls that staff enter themselves; no provider reports anything of them
LONGEST_CALL = timedelta(hours=5)  # the provider ends a call after four
MONTH = timedelta(days=30.5)
MOST = 200


def unsettled() -> list[int]:
    """Ids of calls that are over and of which nothing was made yet, the oldest first."""
    query = select(Call.id).where(Call.ended_at.is_not(None), Call.settled_at.is_(None), Call.provider != BY_HAND, ~given_up("close_call", Call.id))
    return list(db.session.scalars(query.order_by(Call.ended_at).limit(MOST)))


def forgotten(now: datetime) -> list[Call]:
    """Calls whose end nobody reported, locked."""
    query = select(Call).where(Call.state != "ended", Call.provider != BY_HAND, Call.began_at < now - LONGEST_CALL)
    return list(db.session.scalars(query.limit(MOST).with_for_update(skip_locked=True)))


def link_tickets() -> None:
    """Calls and transcripts learn which ticket was made of their arrival."""
    for model in (Call, Transcript):
        db.session.execute(update(model).where(model.ticket_id.is_(None), model.intake_id == IntakeRecord.id, IntakeRecord.ticket_id.is_not(None))
                           .values(ticket_id=IntakeRecord.ticket_id).execution_options(synchronize_session=False))


def recordings_due(now: datetime) -> list[int]:
    """Ids of recordings to fetch, or to delete at the provider."""
    due = or_(Recording.not_before.is_(None), Recording.not_before <= now)
    to_fetch = (Recording.state == "announced") & (Recording.tries < recordings.MOST_TRIES)
    to_delete = (Recording.state == "stored") & Recording.deleted_there_at.is_(None) & settings.get("recording_delete_there")
    reachable = Recording.provider.in_(current_app.extensions["lines"])
    query = select(Recording.id).where(or_(to_fetch, to_delete), due, reachable, ~given_up("fetch_recording", Recording.id))
    return list(db.session.scalars(query.order_by(Recording.at).limit(MOST)))


def old_recordings(now: datetime) -> list[int]:
    """Ids of stored recordings whose time is over, and those of noise whose words were removed."""
    old = Recording.at < now - settings.get("recording_months") * MONTH
    query = select(Recording.id).where(Recording.state == "stored", or_(old, Recording.call_id.in_(_emptied()))).order_by(Recording.at)
    return list(db.session.scalars(query.limit(MOST)))


def forget_noise() -> None:
    """The words of calls that were noise go with the words of their tickets, the number too."""
    emptied = list(db.session.scalars(_emptied()))
    db.session.execute(db.delete(Speech).where(Speech.call_id.in_(emptied)))
    db.session.execute(update(Call).where(Call.id.in_(emptied)).values(caller="", draft={}))


def _emptied():
    # Noise whose thread is empty: tickets.services.noise has removed it.
    return select(Call.id).join(Ticket, Ticket.id == Call.ticket_id).where(Ticket.state == "declined", ~Ticket.messages.any())


def ticket_of(call: Call | None) -> Ticket | None:
    """The ticket where the words of a call stand now: that of its message in the thread, which moves when tickets are joined."""
    if call is None:
        return None
    if call.intake_id is not None:
        message = db.session.scalar(select(Message).filter_by(intake_id=call.intake_id).order_by(Message.id).limit(1))
        if message is not None:
            return message.ticket
    return call.ticket


def of_arrivals(intake_ids) -> dict[int, Call]:
    """The calls that arrivals were made of, by the arrival's id."""
    return {call.intake_id: call for call in db.session.scalars(select(Call).where(Call.intake_id.in_(intake_ids)))}
