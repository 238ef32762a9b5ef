"""What is usual at this hour of this weekday (pure): mean and over-dispersion of the same slot in the last weeks of each series."""
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]  # along the last axis one series in the order of time; other axes are series

WEEKS = 8    # older ones describe another season
LEAST = 2    # one week alone does not tell a rhythm from chance
PULL = 0.5   # so many weeks of the series' own mean are added to each slot: a slot that happened to be empty is not impossible
FAINT = 0.5  # complaints in the whole history are supposed at least, or the first one ever would be infinitely surprising
CALM = 5.0   # complaints pull the level of a week towards the others, so that a week of three says little
GUESS = 0.1  # the over-dispersion before anything is known, and so many slots' worth of belief in it
BELIEF = 20.0
FLOOR = 0.005
BLIND = 0.5  # complaints in a slot of which nothing is known: ten in one hour are then an alarm
OUTER = 3.0  # sigmas: what lies beyond was a burst itself and is cut to here, so that it neither hides nor forbids the next


@dataclass(frozen=True)
class Usual:
    """What each series should count in the next slot: `mean`, `dispersion` (variance = mean + dispersion x mean^2), from `weeks` weeks."""

    mean: Counts
    dispersion: Counts
    weeks: float

    @property
    def variance(self) -> Counts:
        """Of the next count: its own, and that of a mean which was estimated from a few weeks."""
        return (self.mean + self.dispersion * self.mean**2) * (1 + 1 / self.weeks)


def usual(history: Counts, slots: int) -> Usual:
    """What the slot after the history should count; a week has `slots` of them. Raises ValueError with fewer than LEAST weeks.

    The same slot of the last WEEKS weeks gives the shape, the last week its level (a season turns within eight weeks), and all slots
    together the over-dispersion: eight values alone would say nothing of it.
    """
    weeks = min(WEEKS, history.shape[-1] // slots)
    if weeks < LEAST:
        raise ValueError(f"{LEAST} weeks are needed, there are {weeks}")
    rows = history[..., history.shape[-1] - weeks * slots:].reshape(*history.shape[:-1], weeks, slots)
    dispersion = np.full(rows.shape[:-2], GUESS)
    kept = np.minimum(rows, _outermost(np.median(rows, -2, keepdims=True), dispersion, weeks))
    for _ in range(2):
        kept = _without_bursts(rows, kept, dispersion)
        dispersion = _dispersion(kept)
    return Usual(np.maximum(_fitted(kept)[..., -1, 0], _faint(rows)), dispersion, weeks)


def unknown(history: Counts) -> Usual:
    """What the next slot should count while there is no rhythm yet: as many as there were, scattered as widely as a series can be.

    A new installation is not deaf to a flood for two weeks; `history` may be empty.
    """
    so_far = history.mean(-1) if history.shape[-1] else np.zeros(history.shape[:-1])
    return Usual(np.maximum(so_far, BLIND), np.ones_like(so_far), np.inf)


def _faint(rows: Counts) -> float:
    return FAINT / (rows.shape[-1] * rows.shape[-2])


def _levels(rows: Counts) -> Counts:
    """Each week against the mean of all."""
    sums = rows.sum(-1) + CALM
    return sums / sums.mean(-1, keepdims=True)


def _rate(rows: Counts) -> Counts:
    return rows.mean((-1, -2), keepdims=True)


def _fitted(rows: Counts) -> Counts:
    """The expected count of every slot: the shape of the week times the level of the week."""
    shape = (rows.sum(-2, keepdims=True) + PULL * _rate(rows)) / (rows.shape[-2] + PULL)
    return shape * _levels(rows)[..., None]


def _without_bursts(rows: Counts, kept: Counts, dispersion: Counts) -> Counts:
    """The counts, cut where they stand OUTER sigmas above what the other weeks lead one to expect."""
    others = kept.shape[-2] - 1
    shape = (kept.sum(-2, keepdims=True) - kept + PULL * _rate(kept)) / (others + PULL)
    expected = np.maximum(shape * _levels(kept)[..., None], _faint(rows))
    return np.minimum(rows, _outermost(expected, dispersion, others))


def _outermost(expected: Counts, dispersion: Counts, weeks: int) -> Counts:
    variance = (expected + dispersion[..., None, None] * expected**2) * (1 + 1 / weeks)
    return expected + OUTER * np.sqrt(variance) + 1


def _dispersion(rows: Counts) -> Counts:
    """The moment estimate over all slots, pulled towards GUESS while there is little to see."""
    expected, weeks = _fitted(rows), rows.shape[-2]
    beyond = ((rows - expected)**2 * weeks / (weeks - 1) - expected).sum((-1, -2))
    size, belief = (expected**2).sum((-1, -2)), BELIEF * _rate(rows)[..., 0, 0]**2
    seen = np.divide(beyond + GUESS * belief, size + belief, out=np.full_like(size, GUESS), where=size > 0)
    return np.maximum(seen, FLOOR)
