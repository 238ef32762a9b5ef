"""Rates, ratios and their intervals: published examples, and what must hold for any counts."""
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rates import Interval, Period, dispersion, rate, ratio, ratio_of_ratios

counts = st.lists(st.integers(0, 40), min_size=2, max_size=20)
periods = counts.map(lambda weeks: Period(weeks, [2.0] * len(weeks)))
seen = periods.filter(lambda period: period.events > 0)


def once(events, exposure):
    return Period([events], [exposure])


def test_lung_cancer_in_fredericia():
    """The example of R's poisson.test: 11 cases in 800 person-years against 21 in 3,011 (eba1977)."""
    assert ratio(once(21, 3011), once(11, 800)) == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)


def test_nickel_workers():
    """The other example there: 137 deaths where 24.19893 were expected."""
    assert rate(once(137, 24.19893)) == pytest.approx((5.66141, 4.753125, 6.692709), rel=1e-6)


@pytest.mark.parametrize(("before", "after", "expected"), [
    (0, 5, (math.inf, 0.916, math.inf)),  # 0.025 ** (1 / 5) = 0.478: odds 0.916
    (5, 0, (0, 0, 1.0914)),
])
def test_nothing_on_one_side_leaves_one_limit(before, after, expected):
    assert ratio(once(before, 1), once(after, 1)) == pytest.approx(expected, abs=1e-3)


def test_nothing_at_all_says_nothing():
    value, low, high = ratio(once(0, 1), once(0, 1))
    assert math.isnan(value)
    assert (low, high) == (0, math.inf)
    assert rate(once(0, 1)) == pytest.approx((0, 0, 3.688879), rel=1e-6)


@given(seen, seen)
def test_swapping_before_and_after_inverts_the_ratio(before, after):
    there, back = ratio(before, after), ratio(after, before)
    assert there == pytest.approx((1 / back.value, 1 / back.high, 1 / back.low), rel=1e-6)


@given(seen, periods, st.floats(0.1, 50))
def test_more_exposure_after_scales_the_ratio(before, after, by):
    more = Period(after.counts, [exposure * by for exposure in after.exposures])
    assert [side * by for side in ratio(before, more)] == pytest.approx(list(ratio(before, after)), rel=1e-9)


@given(seen, seen, st.floats(1, 5))
def test_clusters_widen_the_interval_and_leave_the_ratio(before, after, spread):
    plain, wide = ratio(before, after), ratio(before, after, spread)
    assert wide.value == pytest.approx(plain.value)
    assert wide.low <= plain.low * (1 + 1e-9)
    assert wide.high >= plain.high * (1 - 1e-9)


def test_the_dispersion_is_pearsons():
    """4 and 8 around 6: 2 * 4 / 6 = 4 / 3 with one degree of freedom; weeks as alike as 6 and 6 count as Poisson."""
    jumpy, even = Period([4, 8], [1, 1]), Period([6, 6], [1, 1])
    assert dispersion(jumpy) == pytest.approx(4 / 3)
    assert dispersion(Period([2, 10], [1, 1]), jumpy) == pytest.approx((32 / 6 + 8 / 6) / 2)
    assert dispersion(even) == 1
    assert dispersion(once(7, 1)) == 1
    assert dispersion(Period([0, 0], [1, 1]), even) == 1


@given(seen, seen)
def test_the_same_change_everywhere_is_no_change(before, after):
    change = ratio(before, after)
    value, low, high = ratio_of_ratios(change, change)
    assert value == pytest.approx(1)
    assert low * high == pytest.approx(1)
    assert low <= 1 <= high


def test_the_limits_of_a_quotient_by_recovery():
    """Logarithms 0 (-1, 2) and 1 (0, 3): -1 +- the roots of 1 + 4 and 4 + 1."""
    item, others = (Interval(*map(math.exp, logs)) for logs in ((0, -1, 2), (1, 0, 3)))
    assert [math.log(side) for side in ratio_of_ratios(item, others)] == pytest.approx([-1, -1 - math.sqrt(5), -1 + math.sqrt(5)])


@pytest.mark.parametrize(("item", "others", "expected"), [
    ((0, 0, 0.5), (1, 0.8, 1.25), (0, 0, 0.625)),
    ((1, 0.5, 2), (0, 0, 0.5), (math.inf, 1, math.inf)),
    ((1, 0.5, 2), (math.inf, 2, math.inf), (0, 0, 1)),
])
def test_without_complaints_on_some_side_the_outermost_quotients_hold(item, others, expected):
    assert ratio_of_ratios(Interval(*item), Interval(*others)) == pytest.approx(expected)


@pytest.mark.parametrize(("weeks", "exposures"), [([], []), ([1], []), ([1, 2], [1, 0])])
def test_weeks_without_retailers_are_refused(weeks, exposures):
    with pytest.raises(ValueError, match="active retailers"):
        Period(weeks, exposures)
