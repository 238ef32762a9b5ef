"""Common causes in the figures: their tickets count once each like all others, and here also as the one cause that they have (DOMAIN 3.12)."""
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.db import db
from reporting.definitions import BY_KEY
from reporting.slices import Scope, rows
from tickets import kin
from tickets.models import Message, Ticket
from tickets.parents import Parent, ParentTicket

RECEIVED = BY_KEY["received"]


@dataclass(frozen=True)
class Cause:
    """One parent as far as the reader and his period reach: tickets, distinct shops, and how often they told us."""

    parent: Parent
    tickets: int
    retailers: int
    contacts: int


def causes(scope: Scope) -> list[Cause]:
    """The causes of tickets received in the scope, the widest first."""
    said = select(func.count(Message.id)).where(Message.ticket_id == Ticket.id, kin.tells_of_it()).correlate(Ticket).scalar_subquery()
    columns = (ParentTicket.parent_id, func.count(), func.count(kin.reader().distinct()), func.sum(said))
    query = rows(RECEIVED, scope, columns).join(ParentTicket, (ParentTicket.ticket_id == Ticket.id) & (ParentTicket.standing == "attached"))
    counted = db.session.execute(query.where(*RECEIVED.conditions(scope.period.moment)).group_by(ParentTicket.parent_id)).all()
    parents = {parent.id: parent for parent in db.session.scalars(select(Parent).where(Parent.id.in_([row[0] for row in counted])))}
    found = [Cause(parents[parent_id], tickets, people, int(contacts)) for parent_id, tickets, people, contacts in counted]
    return sorted(found, key=lambda cause: (-cause.tickets, cause.parent.id))


def as_one(received: int, found: Sequence[Cause]) -> int:
    """How many matters `received` tickets are when each cause counts as one."""
    return received - sum(cause.tickets for cause in found) + len(found)
