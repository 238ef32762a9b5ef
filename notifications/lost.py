"""Notices to the staff whose job was lost between the commit and the queue."""
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import and_, case, exists, func, select, true

from catalog.models import Leaf
from core.audit import AuditEntry
from core.db import db
from notifications.models import Notice
from notifications.staff import TELLS
from tickets.demands import Demand, Escalation, Urging
from tickets.lifecycle import OPEN, STATES
from tickets.models import Clock, Extension, Message, Ticket
from tickets.services import conversation
from tickets.sla import BY_ITSELF

AFTER, UNTIL = timedelta(minutes=1), timedelta(days=1)
MOST = 500


def _extension_waits():
    return exists().where(Extension.ticket_id == Ticket.id, Extension.decided_at.is_(None))


# Kinds of notice that are looked for, and what must hold beyond the ticket's state.
SWEPT = {"extension_asked": _extension_waits(), "extension_decided": true(),
         "submitted": true(), "sent_back": true(), "redone": true(), "stood_aside": true(),
         "copied": Ticket.leaf_code.in_(select(Leaf.code).where(Leaf.compliance_copy)),
         "nobody_fits": Ticket.assignee_id.is_(None),
         "unanswered": exists().where(Message.ticket_id == Ticket.id, Message.purpose == "not_answered", Message.at >= AuditEntry.at)}


def jobs(now: datetime) -> Iterator[tuple]:
    """(job, its arguments) of every notice that was lost."""
    yield from (("tell_clock", *alarm) for alarm in alarms(now))
    yield from (("tell_continued", ticket_id) for ticket_id in continued(now))
    yield from (("tell_raised", number) for number in raised(now))
    yield from (("tell_supervised", number) for number in open_demands(now))
    yield from (("tell_demand_answered", number) for number in answered_demands(now))
    yield from (("tell_urged", number) for number in urgings(now))
    for kind in SWEPT:
        yield from ((f"tell_{kind}", ticket_id) for ticket_id in notices(kind, now))


def alarms(now: datetime) -> list[tuple[int, int]]:
    """(clock id, level) of clocks that reached a mark within a day and of which nobody was told; the highest mark counts."""
    level = case((Clock.breached_at.is_not(None), 100), (Clock.fired_90.is_not(None), 90), else_=70)
    at = func.coalesce(Clock.breached_at, Clock.fired_90, Clock.fired_70)
    told = _noticed("clock:", Clock.id, ":", level, ":", Clock.minutes, ":")
    rows = db.session.execute(select(Clock.id, level).join(Ticket, Clock.ticket_id == Ticket.id).where(
        Clock.stopped_at.is_(None), Clock.kind.not_in(BY_ITSELF), Ticket.state.in_(OPEN), _lately(at, now), ~told).limit(MOST))
    return [tuple(row) for row in rows]


def raised(now: datetime) -> list[int]:
    """Ids of escalations within a day of which nobody was told."""
    return _untold(Escalation, Escalation.at, "raised:", now)


def open_demands(now: datetime) -> list[int]:
    """Ids of demands made within a day that still wait, and of which nobody was told."""
    return _untold(Demand, Demand.made_at, "supervised:", now, and_(Ticket.state.in_(OPEN), Demand.answered_at.is_(None), Demand.lifted_at.is_(None)))


def answered_demands(now: datetime) -> list[int]:
    """Ids of demands answered within a day whose manager was not told."""
    return _untold(Demand, Demand.answered_at, "demand_answered:", now, Ticket.state.in_(STATES))


def urgings(now: datetime) -> list[int]:
    """Ids of urgings within a day of which nobody was told."""
    return _untold(Urging, Urging.at, "urged:", now)


def _untold(model, at, key: str, now: datetime, still=Ticket.state.in_(OPEN)) -> list[int]:
    told = _noticed(key, model.id, ":", about=(model, Ticket))
    return list(db.session.scalars(select(model.id).join(Ticket, model.ticket_id == Ticket.id).where(still, _lately(at, now), ~told).limit(MOST)))


def notices(kind: str, now: datetime) -> list[int]:
    """Ids of tickets to which something of this kind happened within a day, without anybody having been told."""
    rule = TELLS[kind]
    happened = AuditEntry.id == rule.moment.last(Ticket.id).correlate(Ticket).scalar_subquery()
    return list(db.session.scalars(select(Ticket.id).join(AuditEntry, AuditEntry.ticket_id == Ticket.id).where(
        Ticket.state.in_(rule.states), SWEPT[kind], _lately(AuditEntry.at, now), happened,
        ~_noticed(f"{kind}:", Ticket.id, ":", AuditEntry.id, ":")).limit(MOST)))


def continued(now: datetime) -> list[int]:
    """Ids of tickets to which the retailer added something within a day, after they had a handler, and of which nobody was told."""
    last = (select(func.max(Message.id)).where(Message.ticket_id == Ticket.id, Message.purpose == conversation.ADDED)
            .correlate(Ticket).scalar_subquery())
    return list(db.session.scalars(select(Ticket.id).join(Message, Message.id == last).where(
        Ticket.state.in_(OPEN), Ticket.assignee_id.is_not(None), Message.at > Ticket.dispatched_at, _lately(Message.at, now),
        ~_noticed("continued:", Ticket.id, ":", Message.id, ":")).limit(MOST)))


def _lately(at, now: datetime):
    return at.between(now - UNTIL, now - AFTER)


def _noticed(*key, about=(Ticket, Clock, AuditEntry, Message)):
    told = select(Notice.id).where(Notice.ticket_id == Ticket.id, Notice.dedupe_key.startswith(func.concat(*key)))
    return told.correlate(*about).exists()
