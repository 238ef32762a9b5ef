"""Standard words that the machine says by itself: the approved answer for a purpose, filled for a ticket, at most once."""
import structlog

from answers import queries as answer_queries
from answers import services as answers
from core.actor import SYSTEM
from core.db import db
from tickets import values
from tickets.models import Message, Ticket
from tickets.services import conversation

log = structlog.get_logger()


def standard(ticket: Ticket, purpose: str) -> answers.Composed | None:
    """The approved answer for `purpose` in the retailer's language; None if nobody approved one.

    Raises DomainError if a value that the words need is not known.
    """
    version = answer_queries.first(purpose, ticket.leaf_code)
    if version is None:
        log.warning("standard_answer_missing", purpose=purpose, ticket=ticket.id)
        return None
    return answers.compose(version, ticket.language, values.known(ticket, ticket.language))


def said(dedupe_key: str) -> bool:
    """True if a message with this key stands in a thread."""
    return db.session.scalar(db.select(Message.id).filter_by(dedupe_key=dedupe_key)) is not None


def say_once(ticket: Ticket, purpose: str, dedupe_key: str, answer: str | None = None) -> Message | None:
    """Say the standard words for `answer` (default: `purpose`) unless `dedupe_key` was used; None if nothing was said.

    The caller holds the lock of the ticket's row, else two workers could both find the key unused.
    """
    if said(dedupe_key):
        return None
    composed = standard(ticket, answer or purpose)
    if composed is None:
        return None
    return conversation.say(ticket, SYSTEM, composed.body, purpose, answer_code=composed.code, answer_version=composed.version,
                            dedupe_key=dedupe_key)
