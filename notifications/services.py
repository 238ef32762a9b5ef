"""The words that a retailer hears at the beginning and at the end, without anybody writing them."""
from notifications import queries
from tickets.models import Message, Ticket
from tickets.services import wording


def acknowledge(ticket: Ticket) -> Message | None:
    """Say that the matter has arrived and what its number is, once; None if it is not wanted (any more).

    A sealed or anonymous ticket gets words that say nothing of the matter and carry no link.
    """
    if not queries.holds(ticket.id, queries.ack_wanted()):
        return None
    answer = "ack_anonymous" if ticket.anonymous or ticket.sealed else "ack"
    return wording.say_once(ticket, "ack", f"ack:{ticket.id}", answer)


def say_closed(ticket: Ticket) -> Message | None:
    """Say that the matter is closed and how to open it again, once a round; None if it is not wanted (any more)."""
    if not queries.holds(ticket.id, queries.closing_wanted()):
        return None
    return wording.say_once(ticket, "close", f"close:{ticket.id}:{ticket.round}")
