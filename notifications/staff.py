"""Notices for the staff: what is told to whom, in which state of the ticket, and each once."""
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from accounts.models import User
from core import clock
from core.audit import AuditEntry, Did
from core.db import db
from notifications import audience, compose, owed
from notifications.models import Notice, OutboundMessage
from tickets.lifecycle import OPEN
from tickets.models import Clock, Message, Promise, Ticket
from tickets.services import conversation

ESCALATED = 1


@dataclass(frozen=True)
class Tell:
    """A kind of notice: told only while the ticket is in one of `states`; `moment` names the happening, so that it is told once."""

    states: tuple[str, ...]
    audience: Callable[[Ticket], list[User]]
    moment: Callable[[Ticket], int | None]


@dataclass(frozen=True)
class Trace:
    """The last audit entry of a kind: the same job run twice finds the same one, the next happening another one."""

    action: Did
    event: str | None = None

    def __call__(self, ticket: Ticket) -> int | None:
        """The id of the entry for this ticket."""
        return db.session.scalar(self.last(ticket.id))

    def last(self, ticket_id):
        """The select of that id, for a ticket's id or a column of them."""
        query = select(func.max(AuditEntry.id)).where(AuditEntry.ticket_id == ticket_id, AuditEntry.action == self.action.value)
        return query.where(AuditEntry.detail["event"].astext == self.event) if self.event else query


def _last_words(ticket: Ticket) -> int | None:
    return db.session.scalar(select(func.max(Message.id)).filter_by(ticket_id=ticket.id, purpose=conversation.ADDED))


TELLS = {
    "assigned": Tell(("dispatched",), audience.assignee, Trace(Did.TICKET_ASSIGNED)),
    "nobody_fits": Tell(("dispatched",), audience.managers_of_unassigned, Trace(Did.TICKET_ROUTED)),
    "stood_aside": Tell(OPEN, audience.stood_aside, Trace(Did.TICKET_MOVED, "stand_aside")),
    "continued": Tell(OPEN, audience.assignee, _last_words),
    "submitted": Tell(("in_review",), audience.reviewers, Trace(Did.TICKET_MOVED, "submit")),
    "sent_back": Tell(("in_progress",), audience.assignee, Trace(Did.TICKET_MOVED, "send_back")),
    "unanswered": Tell(("in_progress",), audience.assignee, Trace(Did.TICKET_MOVED, "resume")),
    "redone": Tell(("in_progress", "dispatched"), audience.handler_or_managers, Trace(Did.TICKET_MOVED, "redo")),
}


def tell(ticket: Ticket, kind: str) -> list[int]:
    """Tell whoever should know of `kind` (a key of TELLS). Returns the ids of messages to send after the commit."""
    rule = TELLS[kind]
    if ticket.state not in rule.states:
        return []
    return _note(rule.audience(ticket), kind, ticket, f"{kind}:{ticket.id}:{rule.moment(ticket)}")


def tell_critical(ticket: Ticket) -> list[int]:
    """Tell the hotline and the managers of an open S1 ticket, each of them once."""
    if ticket.severity != "S1" or not ticket.is_open:
        return []
    return _note(audience.critical(ticket), "s1", ticket, f"s1:{ticket.id}")


def tell_clock(passed: Clock, level: int) -> list[int]:
    """A clock reached `level` per cent: a warning to the handler, at 100 an alarm, and the ticket is escalated."""
    ticket = passed.ticket
    if passed.stopped_at is not None or not ticket.is_open:
        return []
    key = f"clock:{passed.id}:{level}"
    if level < 100:
        return _note(audience.warned(ticket, passed.kind), "due_soon", ticket, key)
    ticket.escalation = max(ticket.escalation, ESCALATED)
    return _note(audience.alarmed(ticket, passed.kind), "breached", ticket, key)


def tell_promise(promise: Promise, ticket: Ticket) -> list[int]:
    """The day of a promise comes: its handler hears of it; it is over: the managers as well. Also after the ticket was closed."""
    kind = owed.kind(promise, ticket, clock.now())
    if kind is None:
        return []
    people = audience.handler_or_managers(ticket) + (audience.managers(ticket) if kind == "promise_over" else [])
    return _note(people, kind, ticket, owed.key(kind, promise.id))


def mark_read(user_id: int, *notice_ids: int) -> None:
    """Mark these notices of somebody as read, all of them if none is named."""
    change = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    db.session.execute(change.where(Notice.id.in_(notice_ids)) if notice_ids else change)


def _note(people: Iterable[User], kind: str, ticket: Ticket, key: str) -> list[int]:
    """Write a line for each person who has none with this key yet, and a message for those who want one."""
    made = [_message(user, kind, ticket, f"{key}:{user.id}") for user in people if _line(user, kind, ticket, f"{key}:{user.id}")]
    return [message_id for message_id in made if message_id is not None]


def _line(user: User, kind: str, ticket: Ticket, key: str) -> bool:
    row = insert(Notice).values(user_id=user.id, kind=kind, ticket_id=ticket.id, dedupe_key=key, at=clock.now())
    return db.session.scalar(row.on_conflict_do_nothing().returning(Notice.id)) is not None


def _message(user: User, kind: str, ticket: Ticket, key: str) -> int | None:
    address = {"email": user.email, "sms": user.phone}.get(user.notify_by)
    if not address:
        return None
    row = OutboundMessage(channel=user.notify_by, address=address, subject=compose.staff_subject(user, kind, ticket),
                          body=compose.staff_text(user, kind, ticket), purpose="notice", dedupe_key=f"notice:{key}", ticket_id=ticket.id,
                          user_id=user.id, state="queued", created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id
