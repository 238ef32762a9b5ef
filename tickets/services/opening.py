"""A ticket begins."""
from dataclasses import dataclass, field
from datetime import datetime

from core import events
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from retailers.models import Retailer
from tickets.events import TicketOpened
from tickets.models import Ticket
from tickets.services import clocks, conversation, sealing

SUBJECT_LENGTH = 80
CONTACT = ("retailer", "shop_text", "contact_name", "contact_phone", "contact_email", "confidential", "anonymous", "pin_hash", "is_demo")
LEFT_OVER = " ,;:，；：、"  # a clause that was taken out of its sentence ends in one of them


@dataclass(frozen=True)
class NewTicket:
    """What is known when a ticket is made; everything but the first five fields may be missing."""

    case_no: str
    token: str
    channel: str
    text: str
    received_at: datetime
    type: str = "complaint"
    language: str = "zh"
    severity: str = "S3"
    retailer: Retailer | None = None
    shop_text: str = ""
    contact_name: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None
    order_no: str = ""
    occurred: str = ""
    wish: str = ""
    confidential: bool = False
    anonymous: bool = False
    sealed: bool = False
    pin_hash: str | None = None
    captured_by_id: int | None = None
    intake_id: int | None = None
    is_demo: bool = False
    attachments: list = field(default_factory=list)


def open_ticket(actor: Actor, new: NewTicket) -> Ticket:
    """Make the ticket, its first message and its triage clock. Anonymous tickets keep no identity at all."""
    ticket = Ticket(
        case_no=new.case_no, token=new.token, pin_hash=new.pin_hash, channel=new.channel, type=new.type, language=new.language,
        severity=new.severity, subject=subject_of(new.text), order_no=new.order_no, occurred=new.occurred, wish=new.wish,
        confidential=new.confidential, anonymous=new.anonymous, sealed=_sealed(new), captured_by_id=new.captured_by_id,
        received_at=new.received_at, is_demo=new.is_demo, state="received", asks=0, returns=0, extensions=0, redos=0, named_ids=[],
        former_ids=[], facts={}, **({} if new.anonymous else _identity(new)))
    db.session.add(ticket)
    db.session.flush()
    clocks.start(ticket, "triage", new.received_at)
    if new.anonymous or new.channel == "web" or conversation.reach(ticket)[1]:
        clocks.start(ticket, "ack")
    clocks.start(ticket, "pass_on")
    clocks.note_due(ticket)
    record(actor, Did.TICKET_OPENED, ticket=ticket, channel=new.channel)
    conversation.take_in(ticket, new.text, new.channel, intake_id=new.intake_id, attachments=new.attachments, at=new.received_at)
    events.emit(TicketOpened(ticket.id))
    return ticket


def same_contact(ticket: Ticket) -> dict:
    """What a NewTicket takes over from a ticket of the same retailer and the same words: who it is, and how his name is kept."""
    return {name: getattr(ticket, name) for name in CONTACT}


def _sealed(new: NewTicket) -> bool:
    """Sealing errs on the safe side: an anonymous matter, a report, or a word that may mean one."""
    if new.sealed or new.anonymous or new.type == "report":
        return True
    return sealing.suspicious(new.text, new.wish)


def _identity(new: NewTicket) -> dict:
    shop = new.retailer
    return {
        "retailer": shop, "shop_text": new.shop_text, "contact_name": new.contact_name,
        "contact_phone": new.contact_phone or (shop.phone if shop else None),
        "contact_email": new.contact_email or (shop.email if shop else None),
        "support_needs": bool(shop and (shop.support_needs or shop.service_class == "support_needs")),
    }


def subject_of(text: str) -> str:
    """The first words of a complaint, for lists: one line, at most 80 characters, no comma left over at its end."""
    line = " ".join(text.split())
    line = line.rstrip(LEFT_OVER) or line
    return line if len(line) <= SUBJECT_LENGTH else line[:SUBJECT_LENGTH - 1] + "…"
