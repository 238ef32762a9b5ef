"""The same matter told twice by one retailer."""
from datetime import datetime

from core import clock
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from tickets.models import Clock, MergeRefusal, Message, Ticket
from tickets.services import clocks, conversation
from tickets.services.transition import move


def merge(ticket: Ticket, actor: Actor, into: Ticket) -> None:
    """End `ticket` as a double of `into`: one thread, the earliest receipt, the strictest due date."""
    before = ticket.state
    strictest = {c.kind: c.due_at for c in clocks.running(ticket)}
    move(ticket, "merge", actor, into=into)
    ticket.facts = ticket.facts | {"merged_from": before, "merged_messages": [m.id for m in ticket.messages]}
    _copy_thread(ticket, into)
    into.received_at = min(into.received_at, ticket.received_at)
    for running in clocks.running(into):
        _tighten(running, strictest)
    clocks.note_due(into)
    conversation.index(into)


def unmerge(ticket: Ticket, actor: Actor) -> None:
    """Undo a merge within 24 hours: the ticket goes back to where it was, its words leave the other thread."""
    into = ticket.merged_into
    move(ticket, "unmerge", actor, target=_way_back(ticket))
    taken = ticket.facts.get("merged_messages", [])
    for message in db.session.scalars(db.select(Message).where(Message.id.in_(taken))):
        message.ticket_id = ticket.id
        for attachment in message.attachments:
            attachment.ticket_id = ticket.id
    db.session.flush()
    db.session.expire(ticket, ["messages"])
    db.session.expire(into, ["messages"])
    for kind in {"received": ("triage",), "dispatched": ("sign", "resolve"), "in_progress": ("resolve", "update")}[ticket.state]:
        clocks.start(ticket, kind)
    clocks.note_due(ticket)
    conversation.index(ticket)
    conversation.index(into)


def refuse(one: Ticket, other: Ticket, actor: Actor) -> None:
    """These two are not the same matter: never propose them again."""
    first, second = sorted((one.id, other.id))
    db.session.merge(MergeRefusal(first_id=first, second_id=second, by_id=actor.id))
    record(actor, Did.TICKET_MERGE_REFUSED, ticket=one, other=other.case_no)


def _way_back(ticket: Ticket) -> str:
    state = ticket.facts.get("merged_from", "received")
    return "received" if state == "needs_info" else state


def _copy_thread(ticket: Ticket, into: Ticket) -> None:
    for message in list(ticket.messages):
        message.ticket_id = into.id
        for attachment in message.attachments:
            attachment.ticket_id = into.id
    db.session.flush()
    db.session.expire(ticket, ["messages"])
    db.session.expire(into, ["messages"])


def _tighten(running: Clock, strictest: dict[str, datetime]) -> None:
    due = strictest.get(running.kind, running.due_at)
    if due < running.due_at:
        running.due_at = max(due, clock.now())


