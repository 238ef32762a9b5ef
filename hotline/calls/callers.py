"""What a caller's number tells about him: his shops, the answer that he may rate, the open matters that a call belongs to."""
from datetime import timedelta

from sqlalchemy import select

from core import clock, settings
from core.db import db
from satisfaction import queries as surveys
from satisfaction import timing
from satisfaction.models import Survey
from satisfaction.surveys import RATED_IN
from tickets.lifecycle import OPEN
from tickets.models import Ticket

LOOKED_AT = 5


def to_rate(number: str) -> Ticket | None:
    """The ticket of this number whose answer can be rated now: the one that was asked about last, else the one answered last."""
    if not number:
        return None
    asked_or_answered = db.func.coalesce(Survey.sent_at, Ticket.answered_at)
    query = (select(Ticket).outerjoin(Survey, (Survey.ticket_id == Ticket.id) & (Survey.round == Ticket.redos + 1))
             .where(Ticket.contact_phone == number, Ticket.state.in_(RATED_IN), ~Ticket.sealed)
             .order_by(asked_or_answered.desc()).limit(LOOKED_AT))
    return next((ticket for ticket in db.session.scalars(query) if _may_rate(ticket)), None)


def _may_rate(ticket: Ticket) -> bool:
    survey, now = surveys.current(ticket), clock.now()
    if survey is None:
        return ticket.state == "answered"
    closes = (survey.sent_at or survey.send_after) + timedelta(days=settings.get("survey_open_days"))
    return now <= closes and (survey.scored_at is None or timing.may_correct(survey.scored_at, now))


def open_ticket(number: str, retailer_id: int | None) -> Ticket | None:
    """The newest open ticket of a caller, by his number or by his one shop; sealed ones stay out of lists of calls."""
    if not number:
        return None
    theirs = Ticket.contact_phone == number
    if retailer_id is not None:
        theirs = theirs | (Ticket.retailer_id == retailer_id)
    query = select(Ticket).where(theirs, Ticket.state.in_(OPEN), ~Ticket.sealed, ~Ticket.anonymous)
    return db.session.scalar(query.order_by(Ticket.received_at.desc()).limit(1))
