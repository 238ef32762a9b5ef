"""How surprising a count is (pure): the upper tail of a negative binomial, and which of many series are loud together."""
import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from reporting.hot.rhythm import Counts, Usual
from reporting.trends.evidence import adjusted

FEWEST = 5  # distinct retailers: fewer are a handful of single matters, whatever the odds


def tail(observed: Counts, expected: Usual) -> Counts:
    """The probability of so many or more; 1 for none. Never Poisson: hourly complaints scatter far wider than chance alone.

    A negative binomial with the mean and the variance of `expected`; its upper tail is an incomplete beta function.
    """
    size = expected.mean**2 / (expected.variance - expected.mean)
    return np.where(observed > 0, betainc(np.maximum(observed, 1), size, expected.mean / (expected.mean + size)), 1.0)


def loud(p: Counts, distinct: Counts, level: float, known: int = 0, fewest: int = FEWEST) -> NDArray[np.bool_]:
    """Which of the series looked at together are alarms: p by Benjamini & Hochberg, so that more series are no more alarms.

    `distinct` are the retailers (of a series without them: the complaints) that stand behind each count. Of `known` series those that
    are not here are calm; they count all the same.
    """
    family = np.concatenate([p, np.ones(max(0, known - len(p)))])
    return (adjusted(family)[:len(p)] <= level) & (distinct >= fewest)
