"""Raising a ticket to a level, and telling those whom the level concerns: each level and cause once."""
from sqlalchemy.dialects.postgresql import insert

from core import clock, events
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from tickets.demands import Escalation
from tickets.events import TicketEscalated
from tickets.models import Ticket


def raise_to(ticket: Ticket, level: int, why: str, actor: Actor, cause: str = "") -> bool:
    """Raise `ticket` to `level` (1 to 3); False if it was raised to it for this reason before.

    `why` is a code of desk.shown.words.RAISED; `cause` tells two of a kind apart (the id of a clock, the number of a redo).
    The level of a ticket never falls. The caller holds the lock of the ticket's row.
    """
    row = insert(Escalation).values(ticket_id=ticket.id, level=level, why=why, cause=cause, at=clock.now(), by_id=actor.id)
    made = db.session.scalar(row.on_conflict_do_nothing().returning(Escalation.id))
    if made is None:
        return False
    ticket.escalation = max(ticket.escalation or 0, level)
    record(actor, Did.TICKET_ESCALATED, ticket=ticket, level=level, why=why)
    events.emit(TicketEscalated(made))
    return True
