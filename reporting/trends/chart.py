"""What every chart has in common (pure): its points with centre and limits, and the points that set them."""
from dataclasses import dataclass

import numpy as np

from reporting.trends.rules import Points

SIGMAS = 3
MOVING_RANGE = 1.128  # d2: the mean range of two normal values, in sigmas
GUARD = 3    # the newest points never set the limits that judge them
LEAST = 12   # fewer points than these say too little about the ordinary
LONGEST = 26  # older ones describe another year


@dataclass(frozen=True)
class Chart:
    """Points in the unit of the chart with centre and limits; `z` are the same points in sigmas, up meaning more complaints.

    `sigma_z` is the spread of the baseline as a multiple of pure chance (1: Poisson). Arrays run along the last axis.
    """

    points: Points
    centre: Points
    low: Points
    high: Points
    z: Points
    sigma_z: Points


def baseline(last: int) -> slice:
    """The points that set centre and limits for judging point `last`: up to LONGEST before the newest GUARD.

    Frozen this way a rise cannot hide in its own baseline. Raises ValueError with fewer than LEAST points.
    """
    stop = last - GUARD + 1
    if stop < LEAST:
        raise ValueError(f"Point {last} has {max(stop, 0)} points before it that may set limits; {LEAST} are needed")
    return slice(max(0, stop - LONGEST), stop)


def spread(values: Points) -> Points:
    """Sigma from the moving range of two neighbours (Wheeler): a step in the series widens it hardly at all.

    Raises ValueError for fewer than two values.
    """
    if values.shape[-1] < 2:
        raise ValueError("A moving range needs two values")
    return np.abs(np.diff(values)).mean(-1) / MOVING_RANGE


def widening(sigma_z: Points) -> Points:
    """The factor on the limits of pure chance, never below one.

    Laney lets it fall below one. Complaints that come independently vary at least as Poisson counts do, so a smaller estimate from
    a few dozen points is chance itself, and would raise false alarms.
    """
    return np.maximum(sigma_z, 1.0)
