"""The thread: what the retailer says, what we say, what we note."""
from datetime import datetime

from core import clock, events
from core.actor import RETAILER, SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from tickets import haste, search
from tickets.events import MessageWritten, TicketContinued
from tickets.models import Message, Ticket
from tickets.services import clocks, naming, sealing, urging
from tickets.services.transition import move

UNSENT = ("queued", "none", "failed")  # deliveries of words that have reached nobody
ADDED = "added"  # the purpose of words that came to an open ticket, of which its owner is told


def take_in(ticket: Ticket, text: str, channel: str, *, intake_id: int | None = None, attachments=(), at=None) -> Message:
    """Add the retailer's words. Words that may mean a sealed matter seal the ticket before anybody can find them,

    and whoever they name does not find them at all.
    """
    if not ticket.sealed and sealing.suspicious(text):
        ticket.sealed = True
        record(SYSTEM, Did.TICKET_SEALED, ticket=ticket)
    message = _add(ticket, kind="in", channel=channel, body=text, intake_id=intake_id, author_name=ticket.contact_name, at=at)
    for attachment in attachments:
        attachment.ticket_id, attachment.message_id = ticket.id, message.id
    ticket.last_inbound_at = message.at
    naming.read(ticket, text)
    return message


def continue_with(ticket: Ticket, text: str, channel: str, *, intake_id: int | None = None, attachments=(), actor: Actor = RETAILER) -> Message:
    """The retailer adds facts to an open ticket; its owner is told, and needs_info ends."""
    message = take_in(ticket, text, channel, intake_id=intake_id, attachments=attachments)
    message.purpose = ADDED
    if ticket.state == "needs_info":
        move(ticket, "resume", actor, target=ticket.return_state)
    if haste.asks_for_haste(text):
        urging.urge(ticket, actor, channel)
    events.emit(TicketContinued(ticket.id))
    return message


def say(ticket: Ticket, actor: Actor, body: str, purpose: str, *, answer_code: str | None = None, answer_version: int | None = None,
        dedupe_key: str | None = None, language: str | None = None) -> Message:
    """Write words for the retailer: they stand in the thread at once and go out by his channel after the commit.

    `dedupe_key` makes a message unique (one acknowledgement a ticket, one closing a round).
    """
    channel, _address = reach(ticket)
    message = _add(ticket, kind="out", channel=channel, body=body, purpose=purpose, author_id=actor.id, author_name=actor.name,
                   answer_code=answer_code, answer_version=answer_version, dedupe_key=dedupe_key,
                   language=language or ticket.language, delivery="page" if channel == "page" else "queued")
    record(actor, Did.TICKET_MESSAGED, ticket=ticket, purpose=purpose, answer=answer_code, version=answer_version)
    if actor.kind == "staff":
        _mark_contact(ticket, message.at, human=purpose != "extension")  # the standard words of a decision are nobody's voice
    events.emit(MessageWritten(message.id))
    return message


def log_call(ticket: Ticket, actor: Actor, text: str) -> Message:
    """Keep what was said on the phone or in person; it counts as the first human contact."""
    message = _add(ticket, kind="call", channel="phone", body=text, author_id=actor.id, author_name=actor.name)
    record(actor, Did.TICKET_MESSAGED, ticket=ticket, purpose="call")
    _mark_contact(ticket, message.at)
    if ticket.state == "answered" and actor.id != ticket.assignee_id:
        clocks.stop(ticket, ("callback",))  # the call-back is made by somebody else than the handler
        clocks.note_due(ticket)
    return message


def note(ticket: Ticket, actor: Actor, text: str) -> Message:
    """A note that only staff who may see the ticket can read."""
    message = _add(ticket, kind="note", body=text, author_id=actor.id, author_name=actor.name)
    record(actor, Did.TICKET_NOTED, ticket=ticket)
    return message


def system(ticket: Ticket, actor: Actor, what: str, body: str = "") -> Message:
    """A line about what happened, told by its code (`what`), in words only when shown."""
    return _add(ticket, kind="system", purpose=what, body=body, author_name=actor.name if actor.kind == "staff" else "")


def reach(ticket: Ticket) -> tuple[str, str]:
    """The channel and address by which words reach the retailer: sms, email, or his tracking page."""
    if ticket.contact_phone:
        return "sms", ticket.contact_phone
    if ticket.contact_email:
        return "email", ticket.contact_email
    return "page", ""


def _mark_contact(ticket: Ticket, at: datetime, human: bool = True) -> None:
    """The retailer has heard from us: the next interim update is due from now; if it was a human, the contact clock stops."""
    if human:
        ticket.contacted_at = ticket.contacted_at or at
        clocks.stop(ticket, ("contact",))
    if clocks.running(ticket, "update"):
        clocks.restart(ticket, "update")
    if ticket.state == "needs_info":
        clocks.pause(ticket)  # a clock that was begun anew stands still like the others
    clocks.note_due(ticket)


def has_gone_out(message: Message) -> bool:
    """True if these words of ours were spoken or have left the house (or stand on the page for whoever has nothing else); not while they wait."""
    return message.kind == "call" or message.kind == "out" and message.delivery not in UNSENT


def spoke_since(ticket: Ticket, at: datetime) -> bool:
    """True if we have written to the retailer or spoken with him since then, whether it has reached him yet or not."""
    return any(message.kind in ("out", "call") and message.at >= at for message in ticket.messages)


def record_delivery(message: Message, state: str, note: str = "") -> None:
    """What became of a message on its way, told by notifications."""
    message.delivery, message.delivery_note = state, note


def index(ticket: Ticket) -> None:
    """Bring the search words up to date. Sealed tickets have none; what tells a confidential identity is left out."""
    if ticket.sealed:
        ticket.search_tokens = ""
        return
    identity = () if ticket.confidential else (ticket.order_no, ticket.shop_text, ticket.contact_name, *_shop(ticket))
    ticket.search_tokens = search.tokens(ticket.case_no, *identity, *(m.body for m in ticket.messages))


def _shop(ticket: Ticket) -> tuple[str, ...]:
    return (ticket.retailer.shop_name, ticket.retailer.owner_name) if ticket.retailer else ()


def _add(ticket: Ticket, *, at=None, **columns) -> Message:
    message = Message(at=at or clock.now(), **({"language": ticket.language} | columns))
    ticket.messages.append(message)
    db.session.flush()
    index(ticket)
    return message
