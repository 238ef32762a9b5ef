"""From words in the thread to the one message that carries them out."""
from core import clock
from core.db import db
from notifications import compose, manners
from notifications.models import OutboundMessage
from retailers import queries as retailers
from tickets.models import Message
from tickets.services import calls, conversation


def prepare(message_id: int) -> int | None:
    """Make the one outbound message for words in the thread; its id, or None if nothing is to be sent."""
    message = db.session.get(Message, message_id, with_for_update=True)
    if message is None or message.kind != "out" or message.delivery != "queued":
        return None
    made = db.session.scalar(db.select(OutboundMessage.id).filter_by(dedupe_key=f"message:{message_id}"))
    if made is not None:
        return made
    channel, address = conversation.reach(message.ticket)
    if channel == "page":
        conversation.record_delivery(message, "page")
    elif retailers.opted_out(address):
        _withhold(message)
    else:
        return _make(message, channel, address)
    return None


def _make(message: Message, channel: str, address: str) -> int:
    subject = compose.subject(message.ticket, message.language) if channel == "email" else ""
    row = OutboundMessage(channel=channel, address=address, subject=subject, body=message.body, purpose=message.purpose,
                          lane=manners.lane(message.purpose, message.dedupe_key), dedupe_key=f"message:{message.id}", message_id=message.id,
                          ticket_id=message.ticket_id, state="queued", created_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row.id


def _withhold(message: Message) -> None:
    if message.purpose in manners.COURTESIES:
        conversation.record_delivery(message, "none", "opted_out")
        return
    conversation.record_delivery(message, "failed", "opted_out")
    calls.open_call_task(message.ticket, "undelivered", f"withheld:{message.id}")
