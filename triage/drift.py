"""How triage does in use, by month: what was read, dispatched without a person, and given another category by one later.

Sealed tickets and those that name staff are in none of these numbers, whoever looks: a count that moves by one would tell.
"""
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, and_, cast, func, select

from core import organisation
from core.actor import Actor
from core.db import db
from tickets import queries as tickets
from tickets.models import Ticket
from triage.models import TriageExample, TriageProposal

MONTHS = 12
_FIRST = TriageProposal.ranking[0]["leaf"].astext
_CHANGED = and_(TriageProposal.decided_by_id.is_not(None), TriageProposal.decided_leaf != _FIRST)
CONDITIONS = {"automatic": TriageProposal.automatic, "corrected": and_(TriageProposal.automatic, _CHANGED)}
_COUNTED = and_(~Ticket.sealed, func.cardinality(Ticket.named_ids) == 0)


@dataclass(frozen=True)
class Month:
    """One month, by its first day. `decided` by people before dispatch, `right` of these as it was proposed."""

    first: date
    read: int
    automatic: int
    corrected: int
    decided: int
    right: int


def months() -> list[Month]:
    """The last MONTHS months in which something was read, the earliest first."""
    waited = and_(~TriageProposal.automatic, TriageProposal.decided_by_id.is_not(None), _FIRST.is_not(None))
    counts = [func.count().filter(which) for which in (*CONDITIONS.values(), waited, and_(waited, TriageProposal.decided_leaf == _FIRST))]
    month = _month().label("month")
    rows = db.session.execute(select(month, func.count(), *counts).join(TriageProposal.ticket).where(_COUNTED, TriageProposal.model_id.is_not(None))
                              .group_by("month").order_by(month.desc()).limit(MONTHS))
    return [Month(*row) for row in rows][::-1]


def behind(actor: Actor, first: date, which: str):
    """A select of the tickets behind a number of CONDITIONS in the month that begins with `first`, as far as the actor may see them."""
    return tickets.seen_by(actor).join(TriageProposal, TriageProposal.ticket_id == Ticket.id).where(
        _COUNTED, TriageProposal.model_id.is_not(None), _month() == first, CONDITIONS[which]).order_by(Ticket.received_at.desc())


def corrections() -> dict[str, int]:
    """How many examples of each category came from a person who changed what was proposed."""
    rows = db.session.execute(select(TriageExample.leaf_code, func.count()).where(TriageExample.corrects != TriageExample.leaf_code)
                              .group_by(TriageExample.leaf_code))
    return {leaf: count for leaf, count in rows}


def _month():
    return cast(func.date_trunc("month", func.timezone(str(organisation.zone()), TriageProposal.at)), Date)
