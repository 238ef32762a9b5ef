"""The exact test of a rise and the false discovery rate, against published numbers and binomial tails."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control

from reporting.trends.evidence import adjusted, excess, judged, p_values, shared
from reporting.trends.rules import RULES

# The fifteen tests of Benjamini & Hochberg (1995), section 4: four hypotheses fall at a rate of 0.05, three by Bonferroni.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def holding(charts):
    return np.ones((len(RULES), charts), dtype=bool)


def test_the_published_example_of_benjamini_and_hochberg():
    signals = judged(holding(15), np.array(PUBLISHED), np.ones(15), 0.05)
    assert signals.found.tolist() == [True] * 4 + [False] * 11
    assert signals.adjusted[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])


def test_a_chart_without_a_rule_or_without_weight_never_signals():
    rules = holding(3)
    rules[:, 1] = False
    assert judged(rules, np.full(3, 1e-9), np.array([1.0, 1.0, 0.0])).found.tolist() == [True, False, False]


def test_the_weights_say_where_a_false_alarm_may_be_spent():
    p = np.array([0.07, 0.07, 1.0, 1.0])
    assert judged(holding(4), p, np.array([3.0, 1.0, 0.0, 0.0])).found.tolist() == [True, False, False, False]
    assert not judged(holding(4), p, np.zeros(4)).found.any()


@given(st.integers(1, 80), st.integers(0, 80), st.floats(0.1, 10), st.floats(0.1, 10))
def test_the_excess_is_the_upper_tail_of_a_binomial(now, before, exposure, exposure_before):
    tail = binomtest(now, now + before, exposure / (exposure + exposure_before), "greater").pvalue
    assert excess(now, exposure, before, exposure_before) == pytest.approx(tail, rel=1e-6)


@given(st.integers(10, 80), st.floats(1.0, 5.0))
def test_clustered_complaints_are_weaker_evidence(now, dispersion):
    assert excess(now * 2, 1, now, 1, dispersion) >= excess(now * 2, 1, now, 1) * (1 - 1e-9)


def test_a_rule_is_judged_by_the_points_that_it_names():
    """Sixteen weeks of 5, then one of 20: the sigmas say "outside" alone, so p is the tail of 20 against 13 weeks, for a quarter."""
    counts, z = np.array([[5.0] * 16 + [20.0]]), np.array([[0.0] * 16 + [4.0]])
    rules, p = p_values(z, counts, np.ones_like(counts), slice(0, 13), np.ones(1))
    assert rules[:, 0].tolist() == [True, False, False, False]
    assert p[0] == pytest.approx(4 * binomtest(20, 85, 1 / 14, "greater").pvalue)


def test_a_long_rule_is_never_compared_with_its_own_points():
    counts, z = np.array([[5.0] * 12 + [9.0] * 8]), np.array([[-0.1] * 12 + [1.0] * 8])
    _rules, p = p_values(z, counts, np.ones_like(counts), slice(0, 18), np.ones(1))
    assert p[0] == pytest.approx(8 * binomtest(72, 132, 8 / 20, "greater").pvalue)


def test_the_trigger_is_what_the_rules_name():
    rules = np.zeros((len(RULES), 2), dtype=bool)
    rules[0, 0] = rules[1, 0] = rules[2, 1] = True
    signals = judged(rules, np.full(2, 0.01), np.ones(2))
    assert (signals.names(0), signals.trigger(0, 20)) == (("outside", "two_of_three"), range(18, 21))
    assert signals.trigger(1, 20) == range(13, 21)


def test_a_low_estimate_borrows_from_the_other_charts():
    """Squares 4, 1 and 1/4: the mean is 7/4; the first keeps half of its own; an unusable chart lends nothing."""
    everyone = np.ones(3, dtype=bool)
    assert shared(np.array([2.0, 1.0, 0.5]), everyone) == pytest.approx([2.875, 1.75, 1.75])
    assert shared(np.array([2.0, 1.0, 0.5]), np.array([False, True, True])) == pytest.approx([2.3125, 1.0, 1.0])
    assert shared(np.array([0.5]), np.array([False])) == pytest.approx([1.0])


def test_the_false_discovery_rate_is_the_published_one():
    p = np.random.default_rng(7).uniform(size=(5, 40)) ** 2
    assert adjusted(p) == pytest.approx(false_discovery_control(p, axis=-1))
    assert adjusted(np.array([0.2])) == pytest.approx([0.2])
