"""The chart rules as a table of patterns, in both directions."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.trends.rules import RULES, Stretch, rising, stretches

QUIET = [0.5, -0.5] * 5


@pytest.mark.parametrize(("newest", "rules"), [
    ([3.1], {"outside"}),
    ([3.0], set()),
    ([-3.1], set()),
    ([2.1, 0.0, 2.1], {"two_of_three"}),
    ([2.1, 0.0, 0.0, 2.1], set()),
    ([2.1, 2.1, -0.1], {"two_of_three"}),
    ([0.3, 0.2] * 4, {"one_side"}),
    ([-0.1, *[0.3, 0.2, 0.1] * 2, 0.2], set()),
    ([-0.9, -0.8, -0.7, -0.6, -0.5, -0.4], {"trend"}),
    ([0.0, -0.9, -0.8, -0.7, -0.6, -0.5], set()),
    ([-0.9, -0.8, -0.7, -0.7, -0.6, -0.5], set()),
    ([0.1, 0.2, 0.1, 1, 2.1, 2.5, 2.9, 3.3], {"outside", "two_of_three", "one_side", "trend"}),
])
def test_what_the_newest_points_mean(newest, rules):
    holding = rising(np.array(QUIET + newest))
    assert {rule.name for rule, holds in zip(RULES, holding, strict=True) if holds} == rules


def test_a_chart_shorter_than_a_rule_never_follows_it():
    assert rising(np.full(5, 1.0)).tolist() == [False, False, False, False]
    assert rising(np.full(8, 1.0)).tolist() == [False, False, True, False]


def test_the_rules_share_one_chance_of_a_false_alarm():
    assert sum(rule.share for rule in RULES) == 1


def test_neighbouring_hits_are_one_stretch():
    z = np.array([0.0, *[1.0] * 10, -1.0, 3.5, 3.5, 0.0, -4.0])
    assert stretches(z) == (
        Stretch("outside", True, 12, 13), Stretch("outside", False, 15, 15), Stretch("two_of_three", True, 11, 14),
        Stretch("one_side", True, 1, 10),
    )


def test_separate_hits_stay_apart():
    assert [stretch[2:] for stretch in stretches(np.array([4.0, 0.0, 0.0, 0.0, 4.0]))] == [(0, 0), (4, 4)]


@given(st.lists(st.floats(-5, 5), max_size=40))
def test_a_mirrored_chart_has_mirrored_stretches(values):
    z = np.array(values, dtype=float)
    assert set(stretches(-z)) == {stretch._replace(up=not stretch.up) for stretch in stretches(z)}


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40))
def test_the_newest_point_and_the_whole_chart_agree(values):
    z = np.array(values)
    ending = {stretch.rule for stretch in stretches(z) if stretch.up and stretch.last == len(z) - 1}
    assert ending == {rule.name for rule, holds in zip(RULES, rising(z), strict=True) if holds}
