"""The retailer is chasing: counted, shown, told to whoever works on it, and in the end to those above."""
from datetime import timedelta

from core import clock, events, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.settings import Setting
from tickets.demands import Urging
from tickets.events import TicketUrged
from tickets.models import Ticket
from tickets.services import escalation

settings.define(
    Setting("urging_gap_minutes", "int", 120, "clocks", "Minutes within which chasing by the retailer is counted once"),
    Setting("urgings_raise", "int", 3, "clocks", "How often the retailer chases until the team's lead is told as well"),
)
STATES = ("received", "dispatched", "in_progress", "in_review")


def may_urge(ticket: Ticket) -> bool:
    """Is there anything to hasten? Not while we wait for the retailer, nor after the answer."""
    return ticket.state in STATES


def urge(ticket: Ticket, actor: Actor, channel: str) -> bool:
    """Count that the retailer is chasing; False if nothing can be hastened, or he asked a moment ago and it was passed on.

    `actor` is the retailer himself, or the member of staff to whom he said it. The caller holds the lock of the ticket's row.
    """
    if not may_urge(ticket) or _just_now(ticket):
        return False
    row = Urging(ticket_id=ticket.id, at=clock.now(), channel=channel, by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    ticket.urgings = (ticket.urgings or 0) + 1
    record(actor, Did.TICKET_URGED, ticket=ticket, channel=channel)
    events.emit(TicketUrged(row.id))
    raise_if_often(ticket)
    return True


def raise_if_often(ticket: Ticket) -> None:
    """Those above hear of it when the retailer has asked often enough, once a round."""
    if ticket.urgings >= settings.get("urgings_raise"):
        escalation.raise_to(ticket, 1, "urged", SYSTEM, str(ticket.round))


def last(ticket: Ticket) -> Urging | None:
    """When the retailer chased the last time."""
    return db.session.scalar(db.select(Urging).filter_by(ticket_id=ticket.id).order_by(Urging.id.desc()).limit(1))


def _just_now(ticket: Ticket) -> bool:
    before = last(ticket)
    return before is not None and clock.now() - before.at < timedelta(minutes=settings.get("urging_gap_minutes"))
