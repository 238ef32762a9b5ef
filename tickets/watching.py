"""Which clocks have passed a mark, and which questions wait too long."""
from datetime import datetime

from sqlalchemy import and_, func, select, update

from core import organisation
from core.db import db
from tickets import sla
from tickets.models import Clock, Message, Ticket

# Level, the instant at which it is reached, and the marks it sets. The highest comes first and sets the lower marks
# too, so that after a night without a scheduler one breach is told, not two warnings and a breach.
LEVELS = ((100, "due_at", ("breached_at", "fired_90", "fired_70")),
          (90, "at_90", ("fired_90", "fired_70")),
          (70, "at_70", ("fired_70",)))


def fire(now: datetime) -> list[tuple[int, int]]:
    """Mark and return (clock id, level) of all that was reached by `now`. A question's own clock warns nobody."""
    return [(clock_id, level) for level, column, marks in LEVELS for clock_id in _mark(now, column, marks)]


def _mark(now: datetime, column: str, marks: tuple[str, ...]) -> list[int]:
    # Locked rows are skipped: another watcher marks them just now, or a person moves the ticket; the next round looks again.
    reached = (select(Clock.id).where(Clock.stopped_at.is_(None), Clock.paused_at.is_(None), Clock.kind != "info",
                                      getattr(Clock, marks[0]).is_(None), getattr(Clock, column) <= now)
               .with_for_update(skip_locked=True).scalar_subquery())
    change = (update(Clock).where(Clock.id.in_(reached)).returning(Clock.id)
              .values({mark: func.coalesce(getattr(Clock, mark), now) for mark in marks}))
    return list(db.session.scalars(change, execution_options={"synchronize_session": False}))


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
