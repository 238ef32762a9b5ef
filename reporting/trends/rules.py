"""The chart rules (pure): which patterns of standardised points are too strange for chance, upwards and downwards."""
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Points = NDArray[np.float64]  # along the last axis one chart in the order of time; other axes are charts


class Rule(NamedTuple):
    """A pattern of the last `points` of a chart. `holds` sees them along the last axis, in sigmas above the centre.

    `share` is the part of the chart's false alarms that the rule may spend; together they are one.
    """

    name: str
    points: int
    share: float
    holds: Callable[[Points], NDArray[np.bool_]]


# Shewhart's limit, two of Nelson's tests (Journal of Quality Technology 16, 1984), and "two of three beyond two sigma" (Western
# Electric, 1956): without it a doubling whose weeks all stay below three sigma is seen too late. It spends the most, because three
# weeks together say more than one, and sooner than eight (bench/signals.py).
RULES = (
    Rule("outside", 1, 0.25, lambda z: (z > 3).all(-1)),
    Rule("two_of_three", 3, 0.5, lambda z: (z > 2).sum(-1) >= 2),
    Rule("one_side", 8, 0.125, lambda z: (z > 0).all(-1)),
    Rule("trend", 6, 0.125, lambda z: (np.diff(z) > 0).all(-1)),
)


class Stretch(NamedTuple):
    """Points `first` to `last` of a chart in which a rule holds. Only upward ones may open an improvement item; the others are shown."""

    rule: str
    up: bool
    first: int
    last: int


def rising(z: Points) -> NDArray[np.bool_]:
    """For each rule (first axis) whether it holds upwards at the last point of each chart; never in a chart shorter than the rule."""
    never = np.zeros(z.shape[:-1], dtype=bool)
    return np.stack([rule.holds(z[..., -rule.points:]) if z.shape[-1] >= rule.points else never for rule in RULES])


def stretches(z: Points) -> tuple[Stretch, ...]:
    """Everything to mark on one chart, in both directions; neighbouring hits of a rule are one stretch."""
    return tuple(stretch for rule in RULES for up in (True, False) for stretch in _joined(rule, up, z if up else -z))


def _joined(rule: Rule, up: bool, z: Points) -> Iterator[Stretch]:
    first = last = None
    for end in _ends(rule, z):
        start = end - rule.points + 1
        if last is not None and start > last + 1:
            yield Stretch(rule.name, up, first, last)
            first = None
        first, last = start if first is None else first, end
    if last is not None:
        yield Stretch(rule.name, up, first, last)


def _ends(rule: Rule, z: Points) -> list[int]:
    if len(z) < rule.points:
        return []
    return [int(at) + rule.points - 1 for at in np.flatnonzero(rule.holds(sliding_window_view(z, rule.points)))]
