"""Who must stand aside, and why (pure): the circles of people of DOMAIN 3.7 in which nobody handles the ticket."""
from collections.abc import Collection, Mapping

# In the order in which they are told.
CIRCLES = ("named", "in_line", "near_the_named", "serves_this_shop", "served_lately", "spoken_of", "took_decision", "stood_aside", "handled_before",
           "handled_complained", "entered_it", "declared")
FORGIVEN = frozenset({"handled_before"})  # a manager may send a ticket back to whoever had it


def against(user_id: int, circles: Mapping[str, Collection[int]]) -> tuple[str, ...]:
    """The circles in which somebody stands, none means no conflict."""
    return tuple(code for code in CIRCLES if user_id in circles.get(code, ()))


def shut_out(circles: Mapping[str, Collection[int]]) -> set[int]:
    """Ids of all to whom not even a manager may give the ticket."""
    return {user_id for code, people in circles.items() if code not in FORGIVEN for user_id in people}
