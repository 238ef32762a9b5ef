"""The road of a ticket across the head of its page: which steps lie behind it, where it is, what is ahead."""
from core.i18n import when
from desk.shown.words import STATES
from tickets import lifecycle
from tickets.models import Ticket

# Each step, and the column that says when it was reached.
ROAD = (("received", "received_at"), ("dispatched", "dispatched_at"), ("in_progress", "signed_at"), ("in_review", None), ("answered", "answered_at"))


def steps(ticket: Ticket) -> list[dict]:
    """The steps as `thread.steps` draws them; the last is how it ended, or that it will be closed."""
    ended = ticket.state in lifecycle.ENDED
    at = len(ROAD) if ended else next(i for i, (state, _column) in enumerate(ROAD) if state == (ticket.return_state or ticket.state))
    road = [_step(ticket, number, at) for number in range(len(ROAD))]
    last = {"label": STATES[ticket.state if ended else "closed"], "when": when(ticket.ended_at), "css": "is-now" if ended else ""}
    return [*road, last]


def _step(ticket: Ticket, number: int, at: int) -> dict:
    state, column = ROAD[number]
    reached = getattr(ticket, column) if column else None
    if number > at:
        return {"label": STATES[state], "when": "", "css": ""}
    if number < at:  # a ticket that ended early never came this far
        gone_by = reached or column is None and (ticket.answered_at or at < len(ROAD))
        return {"label": STATES[state], "when": when(reached), "css": "is-done" if gone_by else ""}
    # While the retailer is asked, the step says so in its place.
    return {"label": STATES[ticket.state], "when": when(reached), "css": "is-now"}
