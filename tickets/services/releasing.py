"""Taking an open ticket from a desk, whatever its state: the reply under review comes back as a draft, a question is no longer waited for."""
from core.actor import SYSTEM
from tickets.models import Ticket
from tickets.services import handling, replying
from tickets.services.transition import move

STANDING = ("dispatched", "in_progress", "in_review", "needs_info")


def release(ticket: Ticket, comment: str) -> None:
    """Routing finds somebody else; `comment` tells the next handler of a draft why it came back. KeyError for a state not in STANDING."""
    RELEASES[ticket.state](ticket, comment)


def _from_dispatched(ticket: Ticket, comment: str) -> None:
    handling.reroute(ticket, SYSTEM)


def _from_in_progress(ticket: Ticket, comment: str) -> None:
    handling.hand_over(ticket, SYSTEM)


def _from_in_review(ticket: Ticket, comment: str) -> None:
    # The reply goes back first: sent back later, it would come to a desk at which nobody sits.
    replying.send_back(ticket, SYSTEM, comment)
    handling.hand_over(ticket, SYSTEM)


def _from_needs_info(ticket: Ticket, comment: str) -> None:
    # Nobody would read the answer; the next handler sees the question in the thread and can ask again.
    move(ticket, "resume", SYSTEM, target=ticket.return_state)
    if ticket.state == "in_progress":
        handling.hand_over(ticket, SYSTEM)


RELEASES = {"dispatched": _from_dispatched, "in_progress": _from_in_progress, "in_review": _from_in_review, "needs_info": _from_needs_info}
