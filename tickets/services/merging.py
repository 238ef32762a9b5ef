"""The same matter told twice by one retailer."""
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from core import clock
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import NotAllowed
from tickets import access
from tickets.messages import REFUSALS
from tickets.models import Clock, MergeRefusal, Message, Ticket
from tickets.services import carrying, clocks, conversation, handling, naming, sender
from tickets.services.transition import move

RESTARTS = {"received": ("triage",), "dispatched": ("sign", "resolve", "fast"), "in_progress": ("resolve", "update", "fast")}
OWN_TIME = ("demand",)  # two demands are two things: neither makes the other one due earlier


def merge(ticket: Ticket, actor: Actor, into: Ticket) -> None:
    """End `ticket` as a double of `into`: one thread, the earliest receipt, the strictest due date and protection, and who tells it."""
    before, due, into_due, pressing = ticket.state, _due(ticket), _due(into), carrying.pressing(ticket, into)
    taken = sender.lacking(ticket, into)
    move(ticket, "merge", actor, into=into)
    ticket.facts = ticket.facts | {"merged": {
        "state": before, "messages": [m.id for m in ticket.messages], "due": due, "into_due": into_due, "into_received": into.received_at.isoformat(),
        "pressing": pressing, "taken": taken}}
    _protect(into, ticket)
    sender.take(ticket, into, taken)
    _hand_thread(ticket, into, [m.id for m in ticket.messages])
    into.received_at = min(into.received_at, ticket.received_at)
    for running in clocks.running(into):
        if running.kind in due and running.kind not in OWN_TIME:
            running.due_at = max(min(running.due_at, datetime.fromisoformat(due[running.kind])), min(running.due_at, clock.now()))
    carrying.carry(ticket, into, pressing)
    clocks.note_due(into)
    conversation.index(into)


def unmerge(ticket: Ticket, actor: Actor) -> None:
    """Undo a merge within 24 hours: both go back to where they were, with the time that they had, and are not proposed as one again."""
    into, kept = ticket.merged_into, ticket.facts["merged"]
    state = "received" if kept["state"] == "needs_info" else kept["state"]
    move(ticket, "unmerge", actor, target=state)
    _keep_apart(ticket, into, actor)
    _hand_thread(into, ticket, kept["messages"])
    for kind in RESTARTS[state]:
        clocks.start(ticket, kind)
    clocks.pass_on(ticket)
    _put_due(ticket, kept["due"])
    _put_due(into, kept["into_due"])
    if "pressing" in kept:  # what was merged before there was more to hand over has none
        carrying.bring_back(ticket, into, kept["pressing"])
    sender.give_back(ticket, into, kept.get("taken", []))
    into.received_at = datetime.fromisoformat(kept["into_received"])
    for one in (ticket, into):
        clocks.note_due(one)
        conversation.index(one)
    if state == "in_progress" and not ticket.assignee.active:
        handling.hand_over(ticket, SYSTEM)


def refuse(one: Ticket, other: Ticket, actor: Actor) -> None:
    """These two are not the same matter: never propose them again."""
    if access.hats(actor, one).isdisjoint({"triager", "manager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    _keep_apart(one, other, actor)


def _keep_apart(one: Ticket, other: Ticket, actor: Actor) -> None:
    """One row a pair, whoever says it first; said again it changes nothing."""
    first, second = sorted((one.id, other.id))
    new = db.session.scalar(insert(MergeRefusal).values(first_id=first, second_id=second, by_id=actor.id).on_conflict_do_nothing().returning(MergeRefusal.first_id))
    if new is not None:
        record(actor, Did.TICKET_MERGE_REFUSED, ticket=one, other=other.case_no)


def _protect(into: Ticket, ticket: Ticket) -> None:
    """What one of the two promised to the retailer holds for both; whoever is named must not handle it."""
    into.confidential = into.confidential or ticket.confidential
    into.support_needs = into.support_needs or ticket.support_needs
    naming.inherit(into, ticket)


def _hand_thread(source: Ticket, target: Ticket, message_ids: list[int]) -> None:
    for message in db.session.scalars(db.select(Message).where(Message.id.in_(message_ids))):
        message.ticket_id = target.id
        for attachment in message.attachments:
            attachment.ticket_id = target.id
    db.session.flush()
    for one in (source, target):
        db.session.expire(one, ["messages"])


def _due(ticket: Ticket) -> dict[str, str]:
    return {c.kind: c.due_at.isoformat() for c in clocks.running(ticket)}


def _put_due(ticket: Ticket, due: dict[str, str]) -> None:
    for running in _known(ticket, due):
        running.due_at = datetime.fromisoformat(due[running.kind])


def _known(ticket: Ticket, due: dict[str, str]) -> list[Clock]:
    return [running for running in clocks.running(ticket) if running.kind in due]
