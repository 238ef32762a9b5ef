"""A pair of tickets that may be one matter: which of the two would end, and what this reader may decide."""
from core.actor import Actor
from desk.ticket import actions
from tickets import access
from tickets.models import Ticket


def direction(ticket: Ticket, other: Ticket, reader: Actor) -> tuple[Ticket, Ticket]:
    """Which ends as a double of which: the later goes into the earlier, unless only the other way is open to this reader."""
    earlier, later = sorted((ticket, other), key=lambda one: (one.received_at, one.id))
    ways = [(one, into) for one, into in ((later, earlier), (earlier, later)) if may_end(one, reader)]
    return ways[0] if ways else (later, earlier)


def may_end(ticket: Ticket, reader: Actor) -> bool:
    """May this reader merge the ticket into another one in its present state?"""
    return actions.event_offered("merge", ticket, access.hats(reader, ticket))


def may_decide(ticket: Ticket, other: Ticket, reader: Actor) -> dict[str, bool]:
    """The buttons of a pair that this reader has."""
    return {"merge": may_end(ticket, reader) or may_end(other, reader),
            "not_double": not access.hats(reader, ticket).isdisjoint({"triager", "manager"})}
