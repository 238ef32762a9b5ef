"""Words of the retailer that a machine had misheard, put right in the thread; the raw record keeps how they came."""
from core.actor import SYSTEM
from core.audit import Did, record
from tickets.models import Message
from tickets.services import conversation, naming, sealing
from tickets.services.opening import subject_of


def reword(message: Message, before: str, after: str) -> bool:
    """Put `after` where `before` stands in the words of a message; False, and nothing done, when it does not stand there."""
    if not before or before not in message.body:
        return False
    ticket, titled = message.ticket, subject_of(message.body)
    message.body = message.body.replace(before, after, 1)
    if ticket.subject == titled:
        ticket.subject = subject_of(message.body)
    if not ticket.sealed and sealing.suspicious(after):
        ticket.sealed = True
        record(SYSTEM, Did.TICKET_SEALED, ticket=ticket)
    naming.read(ticket, message.body)
    conversation.index(ticket)
    return True
