"""How the ways out stand: what waits for each gateway, what it did not deliver, and which ticket a lost message belongs to."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from core import clock, organisation
from core.actor import Actor
from core.db import db
from desk.shown import presenters as show
from gateways.models import DoorCount
from notifications.manners import midnight
from notifications.models import OutboundMessage
from tickets import access


@dataclass(frozen=True)
class Way:
    """One gateway: how many messages wait for it and since when, how many it did not deliver today, and how often its doors refused a knock."""

    gateway: str
    waiting: int
    oldest: datetime | None
    failed: int
    refused: int = 0


def ways() -> list[Way]:
    """The gateways for which something waits or through which something failed today, and those that were knocked for in vain."""
    now = clock.now()
    waits = OutboundMessage.state.in_(("queued", "sending"))
    failed = and_(OutboundMessage.state.in_(("failed", "unknown")), OutboundMessage.created_at >= midnight(now, organisation.zone()))
    rows = db.session.execute(select(
        OutboundMessage.gateway, func.count().filter(waits), func.min(OutboundMessage.created_at).filter(waits), func.count().filter(failed),
    ).where(or_(waits, failed)).group_by(OutboundMessage.gateway)).all()
    refused = _refused(now)
    found = {row[0]: Way(*row, refused.pop(row[0], 0)) for row in rows}
    return sorted([*found.values(), *(Way(name, 0, None, 0, count) for name, count in refused.items())], key=lambda way: way.gateway)


def _refused(now: datetime) -> dict[str, int]:
    """{gateway: knocks refused today}. A door's name begins with its gateway's."""
    gateway = func.split_part(DoorCount.door, "_", 1)
    rows = db.session.execute(select(gateway, func.sum(DoorCount.refused)).where(DoorCount.day == now.date(), DoorCount.refused > 0).group_by(gateway))
    return {name: int(count) for name, count in rows}


def case_of(message: OutboundMessage, actor: Actor) -> tuple[str, str | None] | None:
    """(case number, address of its page) of a message's ticket, as far as this reader may know it."""
    ticket = message.ticket
    if ticket is None:
        return None
    seen = access.can_see(actor, ticket)
    return (ticket.case_no, show.ticket_url(ticket) if seen else None) if seen or not ticket.sealed else None
