"""Where a call is and how it ended, from what is known of it (pure): the reports come in any order, so nothing depends on the order."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hotline.calls.menu import STEPS

ENDED = ("completed", "busy", "failed", "no-answer", "canceled")
ANSWERED = ("in-progress", "answered")
SHORTEST_MESSAGE = 2  # seconds: less is the click of the receiver


@dataclass(frozen=True)
class Known:
    """What is known of a call. `unreached` says that nobody could take it, `greeted` that it ever reached our menu."""

    step: str = "main"
    waited: bool = False
    answered: bool = False
    ended: bool = False
    said: bool = False
    recorded: bool = False
    callback: bool = False
    unreached: bool = False
    served: bool = False
    greeted: bool = True


def state(known: Known) -> str:
    """One of hotline.models.STATES."""
    if known.ended:
        return "ended"
    return "talking" if known.answered else STEPS[known.step].state


# How a call ended: the first that holds.
OUTCOMES = {
    "answered": lambda k: k.answered,
    "message": lambda k: k.said or k.recorded,
    "callback": lambda k: k.callback,
    "missed": lambda k: k.unreached or not k.greeted,
    "abandoned": lambda k: k.waited,
    "self_served": lambda k: k.served,
}


def outcome(known: Known) -> str | None:
    """One of hotline.models.OUTCOMES; None while it lasts, and for somebody who hung up in the menu without a wish."""
    if not known.ended:
        return None
    return next((code for code, holds in OUTCOMES.items() if holds(known)), None)


def is_message(seconds: int | None) -> bool:
    """True if a recording may hold words; of unknown length it may."""
    return seconds is None or seconds >= SHORTEST_MESSAGE


def earliest(first: datetime | None, second: datetime) -> datetime:
    """The earlier of two reports of the same thing."""
    return second if first is None else min(first, second)


def ended_at(at: datetime, fields: Mapping[str, str]) -> datetime:
    """When a call ended, by a report of `at`. Reports of the moment have a timestamp; what is read later from the account has the
    beginning and how long it took."""
    return at if "Timestamp" in fields else at + timedelta(seconds=whole(fields.get("CallDuration", "")) or 0)


def whole(text: str) -> int | None:
    """A number of seconds as providers write it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
