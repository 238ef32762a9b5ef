"""What a few numbers say about many (pure): shares, means and times with 95 per cent intervals."""
import math
from collections.abc import Sequence

from scipy.special import stdtrit

from reporting.rates import Interval

Z = 1.959964  # the normal quantile of a two-sided 95 per cent interval
HALF = 0.975


def share(part: int, of: int) -> Interval:
    """A share with its score interval (Wilson, JASA 22, 1927), which holds for small numbers and near 0 and 1. ZeroDivisionError for none."""
    value, weight = part / of, Z * Z / of
    middle = (value + weight / 2) / (1 + weight)
    half = Z * math.sqrt(value * (1 - value) / of + weight / (4 * of)) / (1 + weight)
    return Interval(value, max(0.0, middle - half), min(1.0, middle + half))


def mean(n: int, total: float, squares: float) -> Interval:
    """A mean with Student's interval, from the sum and the sum of squares; one value alone says nothing of its doubt (infinite)."""
    value = total / n
    if n < 2:
        return Interval(value, -math.inf, math.inf)
    half = float(stdtrit(n - 1, HALF)) * math.sqrt(max(0.0, squares - n * value * value) / (n - 1) / n)
    return Interval(value, value - half, value + half)


def quantile(ordered: Sequence[float], at: float) -> float:
    """The value that a share `at` of the ordered values does not exceed (nearest rank). IndexError for none."""
    return float(ordered[max(0, math.ceil(at * len(ordered)) - 1)])


def median(ordered: Sequence[float]) -> Interval:
    """The median with the distribution-free interval between two order statistics (normal approximation of the sign test)."""
    n = len(ordered)
    half = Z * math.sqrt(n) / 2
    low, high = math.floor(n / 2 - half), math.ceil(n / 2 + half)
    return Interval(quantile(ordered, 0.5), float(ordered[max(0, low)]), float(ordered[min(n - 1, high)]))
