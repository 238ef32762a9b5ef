"""The life of an improvement item as one table (pure): which event leads where, who may cause it, what must hold."""
from collections.abc import Callable
from dataclasses import dataclass

from core import transitions
from core.transitions import WrongState as WrongState

UNDECIDED = ("candidate", "proposed", "reopened")
OPEN = (*UNDECIDED, "approved", "in_action", "waiting", "verdict")
ENDED = ("standardised", "rejected")
STATES = OPEN + ENDED
ACCEPTED = ("approved", "in_action", "waiting", "verdict", "standardised")  # cause, criterion and check date are fixed

RESULTS = ("effective", "partly", "not_effective", "inconclusive")
ACTION_KINDS = ("rule", "system", "supply", "notice", "training", "staffing", "supervision", "template")
LEAST_WATCH = 4  # weeks between acceptance and check: fewer cannot tell a fall from an ordinary week


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    event: str
    sources: tuple[str, ...]
    target: str
    who: frozenset[str]
    guards: tuple[str, ...] = ()


def _row(event: str, sources: str, target: str, who: str, guards: str = "") -> Transition:
    return Transition(event, tuple(sources.split()), target, frozenset(who.split()), tuple(guards.split()))


TRANSITIONS: tuple[Transition, ...] = (
    _row("propose", "candidate", "proposed", "manager qa", "titled"),
    _row("accept", "candidate proposed reopened", "approved", "manager", "titled owned caused asked_why measurable check_leaves_weeks"),
    _row("begin", "approved", "in_action", "manager", "planned"),
    _row("watch", "in_action", "waiting", "manager", "planned all_done"),
    _row("judge", "waiting", "verdict", "system", "check_date_over"),
    _row("standardise", "verdict", "standardised", "qa", "not_its_owner helped lesson"),
    _row("reopen", "verdict", "reopened", "qa", "not_its_owner reason"),
    _row("reject", "candidate proposed reopened", "rejected", "manager", "reason"),
)


def find(event: str, state: str) -> Transition:
    """The row for `event` in `state`. Raises WrongState; KeyError for an event that exists nowhere."""
    return transitions.find(TRANSITIONS, event, state)


def events_from(state: str) -> list[str]:
    """Events that exist in `state`, in the order of the table."""
    return transitions.events_from(TRANSITIONS, state)


# Guards: each takes the item (anything with its attributes) and the event's data, and says whether the move may happen.
GUARDS: dict[str, Callable] = {
    "titled": lambda item, data: bool(item.title.strip()),
    "owned": lambda item, data: item.owner_id is not None,
    "caused": lambda item, data: bool(item.cause_code),
    "asked_why": lambda item, data: bool(item.whys.strip()),
    "measurable": lambda item, data: item.most is not None and 0 < item.most < 1,
    "check_leaves_weeks": lambda item, data: item.check_date is not None and (item.check_date - data["today"]).days >= 7 * LEAST_WATCH,
    "planned": lambda item, data: bool(data["actions"]),
    "all_done": lambda item, data: all(action.done_on for action in data["actions"]),
    "check_date_over": lambda item, data: data["today"] > item.check_date,
    "helped": lambda item, data: data["result"] in ("effective", "partly"),
    "lesson": lambda item, data: bool(item.lesson.strip()),
    "reason": lambda item, data: bool(data.get("reason", "").strip()),
    "not_its_owner": lambda item, data: data["actor"].id is not None and data["actor"].id not in data["owners"],
}
