"""Tickets of a cause of many that the answer to all does not reach: a person answers each of them. Which, and why."""
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from core.db import db
from tickets.fitting import TOGETHER
from tickets.kin import ANSWERABLE, TRIED
from tickets.models import Message, Ticket
from tickets.parents import Parent, ParentTicket

WHY = {"sealed": lambda one: one.sealed, "names_staff": lambda one: bool(one.named_ids), "care": lambda one: one.support_needs}


def why(ticket) -> str:
    """The code of the first reason why this one is never told or answered together; empty if it is."""
    return next((code for code, holds in WHY.items() if holds(ticket)), "")


def still(ids: Collection[int] | Select, now: datetime) -> dict[int, str]:
    """Which of these tickets the answer of their settled parent did not reach, so that a person has still to answer; why, by id.

    Beside the codes of `why` there is "refused": it could not be answered so, though it was tried long enough.
    """
    said = select(Message.id).where(Message.dedupe_key == func.concat(TOGETHER, Parent.id, ":", Ticket.id)).exists()
    query = (select(Ticket.id, Ticket.sealed, Ticket.named_ids, Ticket.support_needs, Parent.resolved_at)
             .join(ParentTicket, ParentTicket.ticket_id == Ticket.id).join(Parent, Parent.id == ParentTicket.parent_id)
             .where(Ticket.id.in_(ids), ParentTicket.standing == "attached", Parent.resolved_at.is_not(None), Ticket.state.in_(ANSWERABLE), Ticket.redos == 0, ~said))
    found = {row.id: why(row) or ("refused" if row.resolved_at < now - TRIED else "") for row in db.session.execute(query)}
    return {number: reason for number, reason in found.items() if reason}
