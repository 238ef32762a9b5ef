"""Which clocks have passed a mark, and which questions wait too long."""
from datetime import datetime

from sqlalchemy import Text, and_, cast, func, select, update

from catalog import queries as catalog
from core import organisation
from core.db import db
from tickets import sla
from tickets.demands import Escalation
from tickets.lifecycle import OPEN
from tickets.models import Clock, Message, Ticket

# Level, the instant at which it is reached, and the marks it sets. The highest comes first and sets the lower marks
# too, so that after a night without a scheduler one breach is told, not two warnings and a breach.
LEVELS = ((100, "due_at", ("breached_at", "fired_90", "fired_70")),
          (90, "at_90", ("fired_90", "fired_70")),
          (70, "at_70", ("fired_70",)))


def fire(now: datetime) -> list[tuple[int, int]]:
    """Mark all that was reached by `now`, and return (clock id, level) of what somebody must hear of. A question's own clock warns nobody."""
    return [(clock_id, level) for level, column, marks in LEVELS for clock_id, kind in _mark(now, column, marks) if kind not in sla.BY_ITSELF]


def _mark(now: datetime, column: str, marks: tuple[str, ...]) -> list[tuple[int, str]]:
    # Locked rows are skipped: another watcher marks them just now, or a person moves the ticket; the next round looks again.
    reached = (select(Clock.id).where(Clock.stopped_at.is_(None), Clock.paused_at.is_(None), Clock.kind != "info",
                                      getattr(Clock, marks[0]).is_(None), getattr(Clock, column) <= now)
               .with_for_update(skip_locked=True).scalar_subquery())
    change = (update(Clock).where(Clock.id.in_(reached)).returning(Clock.id, Clock.kind)
              .values({mark: func.coalesce(getattr(Clock, mark), now) for mark in marks}))
    return [tuple(row) for row in db.session.execute(change, execution_options={"synchronize_session": False})]


def raisable(now: datetime, clock_id: int | None = None) -> list[tuple[int, int]]:
    """(clock id, level) of running clocks that have used so much of their time that their ticket is to be raised (catalog.models.EscalationRule).

    After a standstill the highest level alone counts: whoever hears of it is among those who hear of the next.
    """
    rules, calendar = catalog.escalation_rules(), organisation.calendar()
    found = ((one, _level(calendar, one, rules.get(one.kind, {}), now)) for one in _over(now, clock_id, rules))
    raised = _raised(now)
    return [(one.id, level) for one, level in found if level > raised.get((one.ticket_id, one.kind, str(one.id)), 0)]


def _over(now: datetime, clock_id: int | None, rules) -> list[Clock]:
    query = (select(Clock).join(Ticket).where(Clock.stopped_at.is_(None), Clock.paused_at.is_(None), Clock.due_at <= now, Clock.kind.in_(rules),
                                              Ticket.state.in_(OPEN)).order_by(Clock.due_at, Clock.id))
    return list(db.session.scalars(query if clock_id is None else query.where(Clock.id == clock_id)))


def _level(calendar, one: Clock, shares: dict[int, int], now: datetime) -> int:
    return max((level for level, percent in shares.items() if sla.over(calendar, one, percent) <= now), default=0)


def _raised(now: datetime) -> dict[tuple[int, str, str], int]:
    """The highest level by (ticket, clock's kind, clock's id) of clocks that run over their time."""
    cause = and_(Clock.ticket_id == Escalation.ticket_id, Clock.kind == Escalation.why, cast(Clock.id, Text) == Escalation.cause)
    rows = db.session.execute(select(Escalation.ticket_id, Escalation.why, Escalation.cause, func.max(Escalation.level)).join(Clock, cause)
                              .where(Clock.stopped_at.is_(None), Clock.due_at <= now)
                              .group_by(Escalation.ticket_id, Escalation.why, Escalation.cause))
    return {(ticket_id, why, one): level for ticket_id, why, one, level in rows}


def reminder_key(ticket_id, asks) -> str:
    """The key that makes the reminder of a ticket's n-th question unique."""
    return f"remind:{ticket_id}:{asks}"


def half_over(now: datetime, ticket_id: int | None = None) -> list[int]:
    """Ids of tickets whose question is half through its time without an answer or a reminder."""
    key = func.concat("remind:", Ticket.id, ":", Ticket.asks)
    unreminded = ~select(Message.id).where(Message.dedupe_key == key).exists()
    asked = db.session.execute(_asked(ticket_id).where(unreminded, Clock.due_at > now)).all()
    return [found for found, info in asked if halfway(info) <= now]


def unanswered(now: datetime, ticket_id: int | None = None) -> list[int]:
    """Ids of tickets whose question was not answered in time."""
    return [found for found, _info in db.session.execute(_asked(ticket_id).where(Clock.due_at <= now))]


def _asked(ticket_id: int | None):
    running = and_(Clock.ticket_id == Ticket.id, Clock.kind == "info", Clock.stopped_at.is_(None))
    query = select(Ticket.id, Clock).join(Clock, running).where(Ticket.state == "needs_info")
    return query if ticket_id is None else query.where(Ticket.id == ticket_id)


def halfway(info: Clock) -> datetime:
    """The instant at which half of a question's working time has passed."""
    return sla.share(organisation.calendar(), info.started_at, sla.Span(info.minutes, info.working), 50)
