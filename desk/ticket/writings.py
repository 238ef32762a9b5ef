"""What can be written to the retailer in standard words, as one table: the purpose, who may write it and in which state."""
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core.actor import Actor
from desk.ticket.actions import event_offered
from tickets import lifecycle
from tickets.models import Ticket


@dataclass(frozen=True)
class Writing:
    """One kind of words: `purpose` names the standard answers, `event` the row of the lifecycle that sending causes.

    `send` and `done` are the words of its button and of the page after it; the answer itself has buttons of its own.
    """

    name: str
    label: object
    purpose: str
    send: object
    done: object
    key: str
    event: str | None = None
    when: Callable[[Ticket, frozenset[str]], bool] = lambda ticket, hats: True

    def offered(self, ticket: Ticket, hats: frozenset[str]) -> bool:
        """May this reader write it now?"""
        return (self.event is None or event_offered(self.event, ticket, hats)) and self.when(ticket, hats)


def _on_the_spot(ticket: Ticket, hats: frozenset[str]) -> bool:
    return ticket.leaf is not None and lifecycle.GUARDS["spot_answer_allowed"](ticket, {})


def _working(ticket: Ticket, hats: frozenset[str]) -> bool:
    return ticket.state == "in_progress" and "assignee" in hats


WRITINGS: tuple[Writing, ...] = (
    Writing("answer", _l("Answer"), "answer", _l("Submit for review"), _l("Submitted for review."), "R", "submit"),
    Writing("spot", _l("Answer on the spot"), "answer", _l("Answer on the spot"), _l("Answered on the spot."), "R",
            "answer_on_the_spot", _on_the_spot),
    Writing("ask", _l("Ask the retailer"), "ask", _l("Ask the retailer"), _l("The retailer is asked."), "A", "ask",
            lambda ticket, hats: ticket.asks < lifecycle.MOST_ASKS),
    Writing("interim", _l("Tell the progress"), "interim", _l("Tell the progress"), _l("The retailer is told how far it is."), "G", None, _working),
    Writing("decline", _l("Decline"), "decline", _l("Decline"), _l("Declined, and the retailer is told why."), "D", "decline"),
    Writing("transfer", _l("Transfer"), "transfer", _l("Transfer"), _l("Transferred, and the retailer is told."), "T", "transfer"),
)
BY_NAME = {writing.name: writing for writing in WRITINGS}


def offered(ticket: Ticket, actor: Actor, hats: frozenset[str]) -> list[Writing]:
    """What this reader may write now, in the order of the table."""
    return [writing for writing in WRITINGS if writing.offered(ticket, hats)]


def reviewed(ticket: Ticket, hats: frozenset[str]):
    """Why somebody else reads the answer before it goes out, in words; None if it may go out at once."""
    if not lifecycle.GUARDS["light"](ticket, {}):
        return _l("Somebody else reads it before it is sent: the matter is severe, or it is handled again.")
    if not lifecycle.GUARDS["open_leaf"](ticket, {}):
        return _l("Somebody else reads it before it is sent: in this category that is always so.")
    return None if event_offered("send_reply", ticket, hats) else _l("Somebody else reads it before it is sent: you are not certified for this category.")


def may_send(ticket: Ticket, hats: frozenset[str]) -> bool:
    """May the answer go out without review? Certified handler, light matter, open leaf (DOMAIN 3.2)."""
    return event_offered("send_reply", ticket, hats) and reviewed(ticket, hats) is None
