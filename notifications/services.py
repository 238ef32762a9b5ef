"""The words that a retailer hears at the beginning and at the end, and whoever writes to us short questions, without anybody writing them."""
from collections.abc import Mapping
from datetime import timedelta

import structlog

from answers import queries as answer_queries
from answers import services as answers
from core import clock, events, i18n
from core.db import db
from notifications import queries
from notifications.events import MessagePrepared
from notifications.models import OutboundMessage
from retailers.queries import opted_out
from tickets import values as ticket_values
from tickets.models import Message, Ticket
from tickets.services import clocks, second_matters, wording

log = structlog.get_logger()
MOST_AN_HOUR = 5  # people ask again, in the other language too; machines never stop
AN_HOUR = timedelta(hours=1)


def acknowledge(ticket: Ticket) -> Message | None:
    """Say that the matter has arrived and what its number is, once; None if it is not wanted (any more).

    A sealed or anonymous ticket gets words that say nothing of the matter and carry no link. What was told with another matter gets words
    that explain its second number; they do not answer what was just sent, so that they keep the hours of rest.
    """
    if not queries.holds(ticket.id, queries.ack_wanted()):
        clocks.stop(ticket, ("ack",))
        return None
    purpose, answer = _acknowledging(ticket)
    said = wording.say_once(ticket, purpose, f"ack:{ticket.id}", answer)
    if said is not None:
        clocks.stop(ticket, ("ack",))
    return said


def _acknowledging(ticket: Ticket) -> tuple[str, str]:
    """The purpose of the words, and the answer that has them. What left a sealed ticket is acknowledged as if it had come alone."""
    if ticket.anonymous or ticket.sealed:
        return "ack", "ack_anonymous"
    with_it = second_matters.told_with(ticket)
    return ("ack_beside", "ack_beside") if with_it is not None and not with_it.ticket.sealed else ("ack", "ack")


def say_closed(ticket: Ticket) -> Message | None:
    """Say that the matter is closed and how to open it again, once a round; None if it is not wanted (any more)."""
    if not queries.holds(ticket.id, queries.closing_wanted()):
        return None
    return wording.say_once(ticket, "close", f"close:{ticket.id}:{ticket.round}", _closing_words(ticket))


def _closing_words(ticket: Ticket) -> str:
    """Short ones where the retailer said within the time of the fast lane that it is solved, if somebody has approved such."""
    short = clocks.settled_fast(ticket) and answer_queries.first("close_fast", ticket.leaf_code) is not None
    return "close_fast" if short else "close"


def say_to(number: str, purpose: str, language: str, values: Mapping, dedupe_key: str, ticket: Ticket | None = None,
           often: bool = False) -> OutboundMessage | None:
    """Say the standard words for `purpose` to a number, with or without a ticket; they stand in no thread.

    None if they were said under this key, if the number wants no messages, if nobody approved such words, or if it was told the
    same kind too often within the hour: two machines that answer each other must come to an end. `often` lifts that last rule.
    """
    if opted_out(number) or queries.said(dedupe_key):
        return None
    if not often and queries.times_said(number, purpose, clock.now() - AN_HOUR) >= MOST_AN_HOUR:
        return None
    version = answer_queries.first(purpose)
    if version is None:
        log.warning("standard_answer_missing", purpose=purpose)
        return None
    with i18n.spoken(language):
        composed = answers.compose(version, language, {key: value for key, value in (ticket_values.general() | dict(values)).items() if value})
    row = OutboundMessage(channel="sms", address=number, body=composed.body, purpose=purpose, dedupe_key=dedupe_key, state="queued",
                          created_at=clock.now(), ticket_id=ticket.id if ticket else None)
    db.session.add(row)
    db.session.flush()
    events.emit(MessagePrepared(row.id))
    return row
