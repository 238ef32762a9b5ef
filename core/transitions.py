"""Reading a table of transitions (pure): rows with an event, the states that it leaves, and whatever its owner adds."""
from collections.abc import Sequence


class WrongState(Exception):
    """The event does not exist in the present state."""


def find(rows: Sequence, event: str, state: str):
    """The row for `event` in `state`. Raises WrongState; KeyError for an event that exists nowhere."""
    named = [row for row in rows if row.event == event]
    if not named:
        raise KeyError(event)
    for row in named:
        if state in row.sources:
            return row
    raise WrongState(event, state)


def events_from(rows: Sequence, state: str) -> list[str]:
    """Events that exist in `state`, in the order of the table."""
    return [row.event for row in rows if state in row.sources]
