"""Rates of complaints and their ratios with intervals (pure): exact for independent complaints, widened for those that come in clusters."""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv, gammaincinv

ERROR = 0.05  # of a two-sided interval


class Interval(NamedTuple):
    """An estimate with the limits of its interval; `high` is infinite where nothing bounds it, `value` nan where nothing was seen."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Period:
    """Complaints of some weeks with the exposure of each week (active retailers / 1,000). Raises ValueError if one is not positive."""

    counts: Sequence[int]
    exposures: Sequence[float]

    def __post_init__(self) -> None:
        if len(self.counts) != len(self.exposures) or not len(self.counts) or min(self.exposures) <= 0:
            raise ValueError("Every week needs a count and active retailers")

    @property
    def events(self) -> int:
        """All complaints."""
        return int(sum(self.counts))

    @property
    def exposure(self) -> float:
        """Thousands of retailer-weeks."""
        return float(sum(self.exposures))


def dispersion(*periods: Period) -> float:
    """Variance / mean of the weekly counts around the rate of their period (Pearson's X2 / degrees of freedom), never below one.

    Complaints come in clusters: a late lorry is twenty complaints. The exact interval takes each for a witness of its own and is
    too narrow: weeks that vary twice as much as Poisson counts seem to have fallen three times as often as they may.
    McCullagh & Nelder, Generalized Linear Models, 2nd ed. (1989), 6.2.3.
    """
    freedom = sum(len(period.counts) - 1 for period in periods)
    return max(1.0, sum(map(_pearson, periods)) / freedom) if freedom else 1.0


def _pearson(period: Period) -> float:
    expected = np.asarray(period.exposures) * period.events / period.exposure
    return float(((np.asarray(period.counts) - expected) ** 2 / expected).sum()) if period.events else 0.0


def rate(period: Period, spread: float = 1.0, error: float = ERROR) -> Interval:
    """Complaints per 1,000 active retailers and week (Garwood, Biometrika 28, 1936); `spread` is the dispersion."""
    events, unit = period.events / spread, spread / period.exposure
    low = gammaincinv(events, error / 2) * unit if events else 0.0
    return Interval(period.events / period.exposure, float(low), float(gammaincinv(events + 1, 1 - error / 2) * unit))


def ratio(before: Period, after: Period, spread: float = 1.0, error: float = ERROR) -> Interval:
    """The rate after as a multiple of the rate before; `spread` is the dispersion.

    Given the sum of both, the count after is binomial (Przyborowski & Wilenski, Biometrika 31, 1940), and the limits of its
    probability (Clopper & Pearson, Biometrika 26, 1934) are limits of the ratio. Clustered complaints weigh like fewer: both counts
    are divided by the dispersion, which the limits take like whole ones.
    """
    late, early, scale = after.events / spread, before.events / spread, before.exposure / after.exposure
    low = _odds(betaincinv(late, early + 1, error / 2)) if late else 0.0
    high = _odds(betaincinv(late + 1, early, 1 - error / 2)) if early else math.inf
    return Interval(_divided(late, early) * scale, low * scale, high * scale)


def _odds(share: float) -> float:
    return _divided(float(share), 1 - float(share))


def _divided(part: float, by: float) -> float:
    if by:
        return part / by
    return math.inf if part else math.nan


def ratio_of_ratios(item: Interval, others: Interval) -> Interval:
    """The ratio of an item's area as a multiple of the one in areas where nothing was done: what befell all of them cancels.

    Limits by the method of variance estimates recovery on the logarithms (Zou & Donner, Statistics in Medicine 27, 2008,
    1693-1702), which takes over the unequal arms of both exact intervals. Where a logarithm does not exist (no complaint at all on
    some side) the outermost quotients are the limits: wider, never wrong.
    """
    if not all(0 < side < math.inf for side in (*item, *others)):
        return Interval(_quotient(item.value, others.value), _quotient(item.low, others.high), _quotient(item.high, others.low))
    (value, low, high), (by, by_low, by_high) = (tuple(map(math.log, interval)) for interval in (item, others))
    down, up = math.hypot(value - low, by_high - by), math.hypot(high - value, by - by_low)
    return Interval(*map(math.exp, (value - by, value - by - down, value - by + up)))


def _quotient(part: float, by: float) -> float:
    if math.isinf(by):
        return math.nan if math.isinf(part) else 0.0
    return _divided(part, by)
