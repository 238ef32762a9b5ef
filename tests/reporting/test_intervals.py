"""Shares, means and medians with their intervals: known values, and that they cover what they should."""
import math
import random

import pytest

from reporting import intervals


@pytest.mark.parametrize(("part", "of", "low", "high"), [
    (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (15, 50, 0.1910, 0.4375), (1520, 1792, 0.8309, 0.8641)])
def test_wilson_intervals_are_those_of_the_books(part, of, low, high):
    found = intervals.share(part, of)
    assert found.value == part / of
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ZeroDivisionError):
        intervals.share(0, 0)


def test_a_mean_has_students_interval():
    values = [1, 2, 3, 4, 5]
    found = intervals.mean(5, sum(values), sum(v * v for v in values))
    assert found.value == 3
    assert round(found.high - 3, 3) == 1.963  # 2.776 * sqrt(2.5 / 5)


def test_one_value_says_nothing_of_its_doubt():
    assert intervals.mean(1, 4, 16) == (4, -math.inf, math.inf)


@pytest.mark.parametrize(("at", "value"), [(0.5, 5), (0.9, 9), (1, 10), (0.01, 1)])
def test_quantiles_by_nearest_rank(at, value):
    assert intervals.quantile(range(1, 11), at) == value


def test_the_interval_of_the_median_holds_it_as_often_as_it_says():
    draw = random.Random(7)
    inside = sum(found.low <= math.log(2) <= found.high for found in
                 (intervals.median(sorted(draw.expovariate(1) for _ in range(40))) for _run in range(2000)))
    assert inside / 2000 > 0.94
