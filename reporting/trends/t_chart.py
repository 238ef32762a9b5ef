"""The chart of the days between complaints (pure), for cells that see fewer than one a week."""
import math

import numpy as np

from reporting.trends.chart import SIGMAS, Chart, spread, widening
from reporting.trends.rules import Points

POWER = 1 / 3.6  # makes exponential gaps nearly normal: L. S. Nelson, Journal of Quality Technology 26 (1994), 138-141
_MEAN = math.gamma(1 + POWER)
CHANCE = math.sqrt(math.gamma(1 + 2 * POWER) - _MEAN**2) / _MEAN  # sigma / mean of a transformed exponential gap


def t_chart(gaps: Points, baseline: slice) -> Chart:
    """The chart of the days between neighbouring complaints (fractions count); the baseline gaps set centre and limits.

    Short gaps are many complaints, so `z` grows as a gap shrinks. Limits come back in days; the lower one is often 0, and then only
    the other rules can see a rise. Raises ValueError for a negative gap, or a baseline whose complaints all came at once.
    """
    values = _transformed(gaps)
    centre = values[..., baseline].mean(-1)
    if not (centre > 0).all():
        raise ValueError("The complaints of the baseline all came at the same moment")
    sigma_z = spread(values[..., baseline]) / (CHANCE * centre)
    sigma = CHANCE * centre * widening(sigma_z)
    low, high = (np.maximum(centre + side * SIGMAS * sigma, 0) ** (1 / POWER) for side in (-1, 1))
    z = (centre[..., None] - values) / sigma[..., None]
    return Chart(gaps, centre ** (1 / POWER), _along(low, gaps), _along(high, gaps), z, sigma_z)


def _transformed(gaps: Points) -> Points:
    if (np.asarray(gaps) < 0).any():
        raise ValueError("Complaints must be in the order of time")
    return np.asarray(gaps, dtype=float) ** POWER


def _along(limit: Points, gaps: Points) -> Points:
    return np.broadcast_to(limit[..., None], np.shape(gaps))
