"""The last hour and the last day of every series against what is usual (pure): the same test as for a file, on windows that end now."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from reporting.hot.episodes import DAY, HOUR, LEVELS, WEEK
from reporting.hot.rhythm import LEAST, WEEKS, Counts, Usual, unknown, usual
from reporting.hot.scope import Arrival, Crowd, Rise, Scope, around
from reporting.hot.surprise import FEWEST, loud, tail

WIDTHS = (HOUR, DAY)
HISTORY = (WEEKS * WEEK + DAY) // HOUR  # hours that a look needs


@dataclass(frozen=True)
class Rules:
    """What an organisation may change: the level of each width, the fewest retailers, and how many series there are."""

    levels: Mapping[timedelta, float]
    fewest: int = FEWEST
    known: int = 0


DEFAULT = Rules({HOUR: LEVELS[HOUR], DAY: 0.01})  # a sliding day is looked at often, a day of a file once


def crowded(arrivals: Iterable[Arrival], now: datetime, width: timedelta, fewest: int) -> dict[Scope, Crowd]:
    """The scopes of which enough distinct retailers were heard in the last `width`."""
    people: dict[Scope, set[str]] = {}
    times: dict[Scope, list[datetime]] = {}
    for arrival in arrivals:
        if arrival.at > now - width:
            for scope in around(arrival.scope):
                people.setdefault(scope, set()).update([arrival.who] if arrival.who else ())
                times.setdefault(scope, []).append(arrival.at)
    return {scope: Crowd(len(who), min(times[scope]), max(times[scope])) for scope, who in people.items() if len(who) >= fewest}


def rises(series: Mapping[Scope, Counts], crowds: Mapping[Scope, Crowd], width: timedelta, age: timedelta, rules: Rules) -> list[Rise]:
    """The loud ones among these series. `series` are the last HISTORY hours of each, `crowds` who was heard in the last `width`.

    Before there is a rhythm only hours are judged: a day without one says nothing.
    """
    if not crowds or width > HOUR and age < LEAST * WEEK + width:
        return []
    scopes = list(crowds)
    observed, expected = against(np.stack([series[scope] for scope in scopes]), width, age)
    p = tail(observed, expected)
    heard = loud(p, np.array([crowds[scope].retailers for scope in scopes]), rules.levels[width], rules.known, rules.fewest)
    found = ((scopes[one], int(observed[one]), float(expected.mean[one]), float(p[one])) for one in np.flatnonzero(heard))
    return [Rise(scope, width // HOUR, count, crowds[scope].retailers, mean, odds, crowds[scope].first, crowds[scope].last)
            for scope, count, mean, odds in found]


def against(hours: Counts, width: timedelta, age: timedelta) -> tuple[Counts, Usual]:
    """(the counts of the last window, what they should be) of some series of hours; what lies beyond `age` was never counted."""
    size = width // HOUR
    whole = hours.shape[-1] // size
    windows = hours[..., hours.shape[-1] - whole * size:].reshape(*hours.shape[:-1], whole, size).sum(-1)
    before = min(whole - 1, max(0, age // width - 1))
    past, slots = windows[..., whole - 1 - before:-1], WEEK // width
    return windows[..., -1], usual(past, slots) if before >= LEAST * slots else unknown(past)
