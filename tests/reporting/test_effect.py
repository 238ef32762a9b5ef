"""The verdict as a table, the weeks it compares with, and a small seeded simulation of actions that do nothing."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.effect import Comparison, verdict, weeks_before
from reporting.rates import Period

EIGHT = [1.0] * 8


def weeks(*counts):
    return Period(counts, [1.0] * len(counts))


def judged(before, after, most=0.7, **others):
    said = verdict(Period([before] * 8, EIGHT), Period([after] * 8, EIGHT), most, **others)
    return said.result, said.reason


@pytest.mark.parametrize(("before", "after", "expected"), [
    (1, 0, ("inconclusive", "few_before")),        # 8 complaints
    (10, 5, ("effective", "fell_enough")),
    (10, 0, ("effective", "fell_enough")),
    (20, 15, ("partly", "fell_too_little")),       # 0.75, surely below 1
    (10, 10, ("not_effective", "missed")),         # 0.73 to 1.37
    (10, 20, ("not_effective", "missed")),
    (2, 2, ("inconclusive", "too_wide")),          # 0.47 to 2.15
    (2, 1, ("inconclusive", "too_wide")),
])
def test_the_verdict_is_a_table(before, after, expected):
    assert judged(before, after) == expected


def test_the_criterion_decides_between_effective_and_partly():
    assert [judged(20, 12, most)[0] for most in (0.5, 0.6, 0.7)] == ["partly", "effective", "effective"]


@pytest.mark.parametrize("most", [0, 1, 1.2])
def test_a_criterion_that_asks_for_no_fall_is_refused(most):
    with pytest.raises(ValueError, match="between 0 and 1"):
        judged(10, 5, most)


def elsewhere(before, after):
    return Comparison(Period([before] * 8, EIGHT), Period([after] * 8, EIGHT))


def test_a_fall_that_came_everywhere_is_not_the_actions():
    assert judged(20, 10)[0] == "effective"
    assert judged(20, 10, comparison=elsewhere(40, 20))[0] == "not_effective"
    assert judged(20, 20, comparison=elsewhere(40, 80))[0] == "effective"


def test_other_areas_with_few_complaints_say_nothing():
    assert judged(20, 10, comparison=elsewhere(1, 1)) == ("inconclusive", "few_others")


def test_a_cluster_is_not_twenty_witnesses():
    even, clustered = weeks(*[10] * 8), weeks(0, 30, 0, 0, 35, 0, 15, 0)
    after = weeks(*[6] * 8)
    assert verdict(even, after, 0.7).result == "effective"
    said = verdict(clustered, after, 0.7)
    assert (said.result, said.reason) == ("inconclusive", "too_wide")
    assert said.effect.dispersion > 5
    assert said.effect.own.value == pytest.approx(0.6)


@pytest.mark.parametrize(("trigger", "acted", "expected"), [
    (range(17, 20), 26, (20, 21, 22, 23, 24, 25)),
    (range(17, 20), 24, (20, 21, 22, 23)),
    (range(3, 5), 7, (0, 1, 2, 5, 6)),
    (range(3, 5), 5, (0, 1, 2)),
    (range(3, 6), 2, (0, 1)),
])
def test_the_trigger_weeks_are_never_compared_with(trigger, acted, expected):
    assert weeks_before(trigger, acted) == expected


@given(st.integers(0, 30), st.integers(1, 8), st.integers(0, 50))
def test_no_week_of_the_action_or_the_trigger_is_ever_in(start, length, acted):
    chosen = weeks_before(range(start, start + length), acted)
    assert not set(chosen) & set(range(start, start + length))
    assert all(0 <= week < acted for week in chosen)


@pytest.mark.parametrize(("after", "variance", "least", "most"), [(15, 1, 0, 0.05), (15, 1.5, 0, 0.05), (7.5, 1, 0.9, 1)])
def test_nothing_is_seldom_called_effective_and_a_halving_mostly(after, variance, least, most):
    """Two hundred items opened for the worst of twenty weeks of 15; the watch lasts thirteen weeks."""
    random = np.random.default_rng(7)
    effective = 0
    for _run in range(200):
        means = np.repeat([15.0, after], [26, 13])
        counts = random.poisson(random.gamma(means / (variance - 1), variance - 1) if variance > 1 else means)
        worst = int(counts[:20].argmax())
        chosen = counts[list(weeks_before(range(worst, worst + 1), 26))]
        effective += verdict(Period(chosen, [3.0] * len(chosen)), Period(counts[26:], [3.0] * 13), 0.7).result == "effective"
    assert least <= effective / 200 <= most
