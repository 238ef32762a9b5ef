"""What presses on a ticket, for its page: the clock that matters first and the others behind it, the demand, the levels, the urging."""
from dataclasses import dataclass

from core import clock
from core.audit import AuditEntry, Did
from core.db import db
from core.i18n import when
from desk.shown import presenters as show
from desk.ticket.trail import raised_why
from tickets.demands import Demand, Escalation
from tickets.models import Clock, Ticket
from tickets.services import supervising, urging
from tickets.services.clocks import running as running_clocks


@dataclass(frozen=True)
class Pressing:
    """`demand` is the one that waits, `answered` the newest if it was answered, `earlier` the others; `raised` and `urged` are told in words."""

    demand: dict | None
    answered: dict | None
    earlier: list[dict]
    raised: list[tuple[str, int, str]]
    urged: tuple[int, str] | None

    def __bool__(self) -> bool:
        """Is there anything to show?"""
        return bool(self.demand or self.answered or self.earlier or self.raised or self.urged)


def of(ticket: Ticket, traces: list[AuditEntry]) -> Pressing:
    """Everything that presses on this ticket; its traces tell whether there ever was a demand."""
    demanded = any(trace.action == Did.TICKET_SUPERVISED.value for trace in traces)
    found = [_demand(row) for row in supervising.demands(ticket)] if demanded else []
    waiting = next((row for row in found if row["waits"]), None)
    answered = next((row for row in found[:1] if row["answer"]), None)
    return Pressing(waiting, answered, [row for row in found if row is not waiting and row is not answered], _raised(ticket), _urged(ticket))


def clocks(ticket: Ticket) -> tuple[show.Chip | None, list[show.Chip]]:
    """The chip of the clock that matters first, and those of the others."""
    first = show.main_clock(ticket)
    others = [one for one in show.running(ticket) if one is not first]
    return show.chip(first), [show.chip(one) for one in [*others, *_lane(ticket)]]


def _lane(ticket: Ticket) -> list[Clock]:
    """The fast lane while there is still time: that it is over is nobody's fault, and no news."""
    return [one for one in running_clocks(ticket, "fast") if one.due_at > clock.now()]


def _demand(row: Demand) -> dict:
    return {"text": row.text, "by": row.made_by.name, "at": when(row.made_at), "due": show.due_text(row.due_at), "late": row.due_at < clock.now(), "answer": row.answer,
            "answered_by": row.answered_by.name if row.answered_by else "", "answered_at": when(row.answered_at),
            "waits": row.answered_at is None and row.lifted_at is None, "lifted_at": when(row.lifted_at)}


def _raised(ticket: Ticket) -> list[tuple[str, int, str]]:
    if not ticket.escalation:
        return []
    rows = db.session.scalars(db.select(Escalation).filter_by(ticket_id=ticket.id).order_by(Escalation.id.desc()))
    return [(when(row.at), row.level, raised_why(row.why)) for row in rows]


def _urged(ticket: Ticket) -> tuple[int, str] | None:
    return (ticket.urgings, when(urging.last(ticket).at)) if ticket.urgings else None
