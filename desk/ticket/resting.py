"""What is said after a press whose words do not go out at once, because texts rest at night."""
from flask_babel import gettext as _

from core import clock
from desk.shown.presenters import due_text
from notifications import gate
from tickets.models import Message, Ticket


def last_written(ticket: Ticket) -> int:
    """The id of the latest words in the thread; 0 without any."""
    return max([message.id for message in ticket.messages], default=0)


def told(ticket: Ticket, since: int, done) -> str:
    """`done`, or when the words that were written after message `since` go out if they rest until then."""
    now = clock.now()
    waits = [then for message in ticket.messages if _leaves_by_text(message, since) and (then := gate.rest_ends(message.purpose, ticket.severity, now))]
    if not waits:
        return str(done)
    return _("Done. Texts rest at this hour: the words go out %(time)s.", time=due_text(max(waits)))


def _leaves_by_text(message: Message, since: int) -> bool:
    return message.id > since and message.kind == "out" and message.channel == "sms" and message.delivery == "queued"
