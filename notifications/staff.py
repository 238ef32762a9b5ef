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
from tickets.demands import Demand, Escalation, Urging
from tickets.lifecycle import OPEN
from tickets.models import Clock, Message, Promise, Ticket
from tickets.services import conversation

OVER = 100
RAISED = "raised_{}"  # the kind of notice for each level


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
    "copied": Tell(OPEN, audience.copied, Trace(Did.TICKET_MOVED, "dispatch")),
    "nobody_fits": Tell(("dispatched",), audience.managers_of_unassigned, Trace(Did.TICKET_ROUTED)),
    "stood_aside": Tell(OPEN, audience.stood_aside, Trace(Did.TICKET_MOVED, "stand_aside")),
    "continued": Tell(OPEN, audience.assignee, _last_words),
    "submitted": Tell(("in_review",), audience.reviewers, Trace(Did.TICKET_MOVED, "submit")),
    "sent_back": Tell(("in_progress",), audience.assignee, Trace(Did.TICKET_MOVED, "send_back")),
    "unanswered": Tell(("in_progress",), audience.assignee, Trace(Did.TICKET_MOVED, "resume")),
    "extension_asked": Tell(("in_progress", "in_review", "needs_info"), audience.managers, Trace(Did.EXTENSION_ASKED)),
    "extension_decided": Tell(OPEN, audience.assignee, Trace(Did.EXTENSION_DECIDED)),
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
    """A clock reached `level` per cent: a warning to the handler, at 100 an alarm. The levels above him are raised by escalation.

    It is told once for each length that the clock was given: who got more time is warned again.
    """
    ticket = passed.ticket
    if passed.stopped_at is not None or not ticket.is_open:
        return []
    kind = "due_soon" if level < OVER else "breached"
    return _note(audience.warned(ticket, passed.kind), kind, ticket, f"clock:{passed.id}:{level}:{passed.minutes}")


def tell_raised(raised: Escalation) -> list[int]:
    """A ticket was raised to a level: those hear of it whom the level concerns and who may see the ticket."""
    ticket = raised.ticket
    if not ticket.is_open:
        return []
    return _note(audience.of_level(ticket, raised.level), RAISED.format(raised.level), ticket, f"raised:{raised.id}")


def tell_supervised(demand: Demand) -> list[int]:
    """Whoever has the ticket in hand hears that a manager demands something."""
    over = demand.answered_at or demand.lifted_at or not demand.ticket.is_open
    return [] if over else _note(audience.in_hand(demand.ticket), "supervised", demand.ticket, f"supervised:{demand.id}")


def tell_demand_answered(demand: Demand) -> list[int]:
    """The manager hears that his demand has its answer."""
    return _note(audience.demander(demand), "demand_answered", demand.ticket, f"demand_answered:{demand.id}")


def tell_urged(urging: Urging) -> list[int]:
    """Whoever has the ticket in hand hears that the retailer is chasing."""
    ticket = urging.ticket
    return _note(audience.in_hand(ticket), "urged", ticket, f"urged:{urging.id}") if ticket.is_open else []


def tell_plan_missing(year: int) -> None:
    """The administrators hear, once for each year, that its plan of holidays is missing."""
    for user in audience.administrators():
        _line(user, "plan_missing", None, f"plan_missing:{year}:{user.id}")


def tell_promise(promise: Promise, ticket: Ticket) -> list[int]:
    """The day of a promise comes: its handler hears of it; it is over: the managers as well. Also after the ticket was closed."""
    kind = owed.kind(promise, ticket, clock.now())
    if kind is None:
        return []
    people = audience.handler_or_managers(ticket) + (audience.managers(ticket) if kind == "promise_over" else [])
    return _note(people, kind, ticket, owed.key(kind, promise.id))


def tell_page(kind: str, people: Iterable[User], path: str, key: str) -> list[int]:
    """Tell people of something that stands on a page of its own, at `path`; each once under `key`. Returns the ids of messages to send."""
    made = [_page_message(user, kind, path, f"{key}:{user.id}") for user in people if _line(user, kind, None, f"{key}:{user.id}", path)]
    return [message_id for message_id in made if message_id is not None]


def mark_read(user_id: int, *notice_ids: int) -> None:
    """Mark these notices of somebody as read, all of them if none is named."""
    change = update(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None)).values(read_at=clock.now())
    db.session.execute(change.where(Notice.id.in_(notice_ids)) if notice_ids else change)


def _note(people: Iterable[User], kind: str, ticket: Ticket, key: str) -> list[int]:
    """Write a line for each person who has none with this key yet, and a message for those who want one."""
    made = [_message(user, kind, ticket, f"{key}:{user.id}") for user in people if _line(user, kind, ticket, f"{key}:{user.id}")]
    return [message_id for message_id in made if message_id is not None]


def _line(user: User, kind: str, ticket: Ticket | None, key: str, path: str = "") -> bool:
    row = insert(Notice).values(user_id=user.id, kind=kind, ticket_id=ticket.id if ticket else None, path=path, dedupe_key=key, at=clock.now())
    return db.session.scalar(row.on_conflict_do_nothing().returning(Notice.id)) is not None


def _message(user: User, kind: str, ticket: Ticket, key: str) -> int | None:
    return _send(user, key, compose.staff_subject(user, kind, ticket), compose.staff_text(user, kind, ticket), ticket.id)


def _page_message(user: User, kind: str, path: str, key: str) -> int | None:
    return _send(user, key, compose.page_subject(user, kind), compose.page_text(user, kind, path))


def _send(user: User, key: str, subject: str, body: str, ticket_id: int | None = None) -> int | None:
    address = {"email": user.email, "sms": user.phone}.get(user.notify_by)
    if not address:
        return None
    row = OutboundMessage(channel=user.notify_by, address=address, subject=subject, body=body, purpose="notice", dedupe_key=f"notice:{key}",
                          ticket_id=ticket_id, user_id=user.id, state="queued", created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id
