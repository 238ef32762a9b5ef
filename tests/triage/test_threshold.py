"""From which certainty on nobody looks."""
import numpy as np
import pytest

from triage.threshold import NEVER, choose

NONE_BARRED = np.array([False, False])


def rows(*sure):
    """Probabilities of two labels, the first being the likelier with the given values."""
    return np.array([[p, 1 - p] for p in sure])


@pytest.mark.parametrize(("sure", "truth", "share", "expected"), [
    ((0.9, 0.8, 0.7), (0, 0, 0), 0.05, 0.7),
    ((0.9, 0.8, 0.7), (0, 0, 1), 0.05, 0.8),
    ((0.9, 0.8, 0.7), (1, 0, 0), 0.05, NEVER),
    ((0.9, 0.8, 0.7), (1, 0, 0), 0.34, 0.7),
    ((), (), 0.05, NEVER),
])
def test_the_lowest_certainty_that_keeps_the_promise(sure, truth, share, expected):
    found = choose(rows(*sure).reshape(-1, 2), np.array(truth, dtype=int), NONE_BARRED, share)
    assert found == pytest.approx(expected)


def test_leaves_that_are_always_decided_by_hand_do_not_count():
    probabilities, truth = np.array([[0.95, 0.05], [0.2, 0.8], [0.9, 0.1]]), np.array([1, 1, 1])
    assert choose(probabilities, truth, np.array([True, False]), 0.05) == pytest.approx(0.8)


def test_equal_certainty_is_taken_or_left_as_one():
    """Of two texts with the same certainty one is wrong: the threshold must not let both through."""
    found = choose(rows(0.9, 0.8, 0.8), np.array([0, 0, 1]), NONE_BARRED, 0.05)
    assert found > 0.8
