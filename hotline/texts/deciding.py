"""What the hotline decides about a text: into which of the sender's matters it goes, that it was noise."""
import hashlib

from core import events
from core.actor import RETAILER, Actor
from core.errors import DomainError
from hotline.texts import placing
from notifications import services as notifications
from tickets.events import TicketContinued
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import closing, conversation, merging
from tickets.services.transition import move


def put_into(ticket: Ticket, actor: Actor, into: Ticket) -> None:
    """The words of `ticket` belong to `into`, which is opened again if it was answered or closed; its owner hears of them.

    Raises DomainError as merging does, and in_redo_window when it is too late to open it again.
    """
    words = [message for message in ticket.messages if message.kind == "in"]
    if into.state in ("answered", "closed"):
        if not closing.redo_open(into):
            raise DomainError("in_redo_window", REFUSALS["in_redo_window"])
        placing.open_again(into, "\n".join(message.body for message in words))
    for message in words:
        message.purpose = conversation.ADDED
    merging.merge(ticket, actor, into)
    if into.state == "needs_info":
        move(into, "resume", RETAILER, target=into.return_state)
    events.emit(TicketContinued(into.id))


def say_noise(ticket: Ticket) -> None:
    """One polite line to a number whose text was no complaint: at most one, ever, and nothing to who was told something already."""
    if ticket.channel != placing.CHANNEL or not ticket.contact_phone or any(message.kind == "out" for message in ticket.messages):
        return
    # The key outlives the words of the noise, so it does not hold the number itself.
    mark = hashlib.sha256(ticket.contact_phone.encode()).hexdigest()[:24]
    notifications.say_to(ticket.contact_phone, "decline_noise", ticket.language, {}, f"noise:{mark}", ticket)
