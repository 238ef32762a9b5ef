"""The answer: written, checked, submitted, reviewed, sent."""
from typing import NamedTuple

from sqlalchemy.orm import aliased

from accounts.models import User
from answers import queries as answer_queries
from answers import services as answers
from catalog import queries as catalog
from core import clock
from core.actor import Actor
from core.db import db
from core.errors import NotAllowed
from tickets.messages import REFUSALS
from tickets.models import ChecklistMark, Reply, Ticket
from tickets.services import conversation, extending, second_matters
from tickets.services.transition import move


class Hands(NamedTuple):
    """Through whose hands an answer went: who wrote it, and who let it go out (nobody, if it needed no review)."""

    author: str
    reviewer: str | None


def write_reply(ticket: Ticket, actor: Actor, composed, values: dict) -> Reply:
    """Keep the answer as it is written; one open reply a ticket. A reply under review cannot be changed."""
    if ticket.state != "in_progress" or ticket.assignee_id != actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    reply = open_reply(ticket)
    if reply is None:
        reply = Reply(ticket_id=ticket.id, author_id=actor.id, state="draft", at=clock.now(), round=ticket.round)
        db.session.add(reply)
    reply.version_id, reply.language, reply.values = composed.version_id, composed.language, values
    reply.parts, reply.body, reply.round, reply.author_id, reply.at = composed.parts, composed.body, ticket.round, actor.id, clock.now()
    db.session.flush()
    return reply


def open_reply(ticket: Ticket) -> Reply | None:
    """The reply being written or reviewed, if any."""
    return db.session.scalar(db.select(Reply).where(Reply.ticket_id == ticket.id, Reply.state.in_(("draft", "submitted"))))


def propose(ticket: Ticket, actor: Actor, outcome: str, root_cause: str, remedy: str | None, cause_note: str = "") -> None:
    """The handler's proposal of how it turned out and why; the manager records it when closing."""
    if ticket.assignee_id != actor.id or ticket.state != "in_progress":
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    ticket.outcome, ticket.root_cause, ticket.remedy, ticket.cause_note = outcome, root_cause, remedy, cause_note


def check(ticket: Ticket, actor: Actor, item_ids: set[int]) -> None:
    """Set the checklist to exactly these items."""
    if ticket.assignee_id != actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    known = {item.id for item in catalog.checklist(ticket.leaf_code)}
    db.session.execute(db.delete(ChecklistMark).where(ChecklistMark.ticket_id == ticket.id))
    for item_id in sorted(item_ids & known):
        db.session.add(ChecklistMark(ticket_id=ticket.id, item_id=item_id, by_id=actor.id, at=clock.now()))
    db.session.flush()


def unchecked(ticket: Ticket) -> list:
    """Checklist items still open."""
    done = set(db.session.scalars(db.select(ChecklistMark.item_id).where(ChecklistMark.ticket_id == ticket.id)))
    return [item for item in catalog.checklist(ticket.leaf_code) if item.id not in done]


def submit(ticket: Ticket, actor: Actor) -> None:
    """Hand the written answer to review. Refused while the lint finds something."""
    reply = _finished(ticket)
    move(ticket, "submit", actor, unchecked=unchecked(ticket), unspoken=second_matters.unspoken(ticket), body=reply.body if reply else "")
    reply.state = "submitted"


def send_reply(ticket: Ticket, actor: Actor) -> None:
    """A certified handler sends a light answer without review."""
    reply = _finished(ticket)
    composed = _source(reply)
    move(ticket, "send_reply", actor, unchecked=unchecked(ticket), unspoken=second_matters.unspoken(ticket), body=reply.body if reply else "",
         answer_code=composed[0])
    reply.state = "sent"
    extending.lapse(ticket)
    extending.promise_of(ticket, actor, reply.values)
    conversation.say(ticket, actor, reply.body, "answer", answer_code=composed[0], answer_version=composed[1], language=reply.language,
                     dedupe_key=_key(ticket, ticket.round))


def _finished(ticket: Ticket) -> Reply | None:
    reply = open_reply(ticket)
    if reply is not None:
        answers.refuse_findings(answers.findings(reply.body, ticket.leaf, reply.language, answers.ours()))
    return reply


def send_back(ticket: Ticket, actor: Actor, comment: str) -> None:
    """The reviewer wants it changed; the author finds his words and the comment."""
    reply = open_reply(ticket)
    move(ticket, "send_back", actor, author_id=reply.author_id, reason=comment)
    reply.state, reply.comment = "draft", comment
    conversation.note(ticket, actor, comment)


def approve(ticket: Ticket, actor: Actor) -> None:
    """The reviewer approves: the answer goes out as it stands."""
    reply = open_reply(ticket)
    code, version = _source(reply)
    move(ticket, "approve", actor, author_id=reply.author_id, unspoken=second_matters.unspoken(ticket))
    reply.state, reply.reviewer_id = "sent", actor.id
    extending.lapse(ticket)
    extending.promise_of(ticket, actor, reply.values)
    conversation.say(ticket, actor, reply.body, "answer", answer_code=code, answer_version=version, language=reply.language,
                     dedupe_key=_key(ticket, ticket.round))


def hands(ticket: Ticket) -> dict[str, Hands]:
    """Who wrote and who approved each answer that was sent, by the dedupe key of its message."""
    author, reviewer = aliased(User), aliased(User)
    rows = db.session.execute(db.select(Reply.round, author.name, reviewer.name).where(Reply.ticket_id == ticket.id, Reply.state == "sent")
                              .join(author, author.id == Reply.author_id).outerjoin(reviewer, reviewer.id == Reply.reviewer_id))
    return {_key(ticket, number): Hands(*names) for number, *names in rows}


def _key(ticket: Ticket, number: int) -> str:
    """One answer a round."""
    return f"answer:{ticket.id}:{number}"


def _source(reply: Reply | None) -> tuple[str | None, int | None]:
    version = answer_queries.version(reply.version_id) if reply else None
    return (version.answer.code, version.version) if version else (None, None)
