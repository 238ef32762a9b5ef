"""What a caller's number tells about him: his shops, the answer that he may rate, the open matters that a call belongs to."""
from sqlalchemy import select

from core import clock
from core.db import db
from hotline.texts import queries as matters
from satisfaction import queries as surveys
from tickets.lifecycle import OPEN
from tickets.models import Ticket


def to_rate(number: str) -> Ticket | None:
    """The ticket of this number whose answer can be rated now. Of a sealed one nothing is said on the telephone."""
    ticket_id = surveys.rateable(number, clock.now()) if number else None
    ticket = db.session.get(Ticket, ticket_id) if ticket_id else None
    return None if ticket is None or ticket.sealed else ticket


def has_open(number: str) -> bool:
    """True if this number has an open case that may be spoken of on the telephone; of one told in confidence by somebody else it hears nothing."""
    return any(ticket.is_open and not ticket.sealed for ticket in matters.own(number))


def open_ticket(number: str, retailer_id: int | None) -> Ticket | None:
    """The newest open ticket of a caller, by his number or by his one shop; sealed ones stay out of lists of calls."""
    if not number:
        return None
    theirs = Ticket.contact_phone == number
    if retailer_id is not None:
        theirs = theirs | (Ticket.retailer_id == retailer_id)
    query = select(Ticket).where(theirs, Ticket.state.in_(OPEN), ~Ticket.sealed, ~Ticket.anonymous)
    return db.session.scalar(query.order_by(Ticket.received_at.desc()).limit(1))
