"""Work of people who are away: what must go to others while they are, and how it goes there."""
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from catalog import queries as catalog
from catalog.models import Leave
from core import clock, organisation
from core.actor import SYSTEM
from core.audit import AuditEntry, Did
from core.business_time import NeverOpen, next_working_moment
from core.db import db
from tickets.models import Clock, Ticket
from tickets.services import clocks, conversation, handling

IS_AWAY, DUE_MEANWHILE = "handler_away", "handler_away_due"  # codes of lines in the thread; their words are in desk.words
PROMISED = ("contact", "update", "resolve")  # the clocks of a ticket in progress that somebody here must keep
DAY = timedelta(days=1)


def present() -> list[int]:
    """Ids of the leaves that hold today."""
    day = catalog.today()
    return list(db.session.scalars(select(Leave.id).where(Leave.starts <= day, Leave.ends >= day).order_by(Leave.id)))


def cannot_wait(leave: Leave) -> list[int]:
    """Ids of the tickets that go to others now: what is not signed for, and what falls due before the person is back.

    None before the first day. What was given to him, or signed for by him, since he is known to be away stays: somebody meant it so.
    """
    if not leave.starts <= catalog.today() <= leave.ends:
        return []
    due = Clock.id.is_not(None) & (Clock.due_at < _back(leave))
    promised = select(Clock.id).where(Clock.ticket_id == Ticket.id, Clock.kind.in_(PROMISED), Clock.stopped_at.is_(None), Clock.paused_at.is_(None), due)
    waits = or_(Ticket.state == "dispatched", and_(Ticket.state == "in_progress", promised.exists()))
    return list(db.session.scalars(select(Ticket.id).where(Ticket.assignee_id == leave.user_id, waits, ~_meant_so(leave)).order_by(Ticket.id)))


def take_over(ticket: Ticket) -> None:
    """Somebody else has it from now on, with a line in the thread that says why; due times stay as they are."""
    if ticket.state == "dispatched":
        conversation.system(ticket, SYSTEM, IS_AWAY)
        handling.reroute(ticket, SYSTEM, keeps=_in_time(ticket))
    else:
        conversation.system(ticket, SYSTEM, DUE_MEANWHILE)
        handling.hand_over(ticket, SYSTEM)


def _in_time(ticket: Ticket) -> tuple[str, ...]:
    """The time to sign stays while there is some left; when it is over it begins anew, else nobody could sign in time any more."""
    return tuple(running.kind for running in clocks.running(ticket, "sign") if running.due_at > clock.now())


def _back(leave: Leave) -> datetime:
    """The moment from which the person works again."""
    midnight = datetime.combine(leave.ends + DAY, time(), organisation.zone())
    try:
        return next_working_moment(organisation.calendar(), midnight)
    except NeverOpen:
        return midnight


def _meant_so(leave: Leave) -> ColumnElement[bool]:
    known_since = max(datetime.combine(leave.starts, time(), organisation.zone()), leave.entered_at)
    given = AuditEntry.action == Did.TICKET_ASSIGNED.value
    signed = and_(AuditEntry.action == Did.TICKET_MOVED.value, AuditEntry.actor_id == Ticket.assignee_id)
    return select(AuditEntry.id).where(AuditEntry.ticket_id == Ticket.id, AuditEntry.at >= known_since, or_(given, signed)).exists()
