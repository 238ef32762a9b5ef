"""From which certainty on nobody looks."""
import numpy as np
import pytest

from triage.threshold import NEVER, choose



def found(sure, wrong, share, barred=None):
    """What is chosen for texts of such certainty, of which some are wrong."""
    none = np.zeros(len(sure), bool)
    return choose(np.array(sure, float), np.array(wrong, bool), none if barred is None else np.array(barred), share)


@pytest.mark.parametrize(("sure", "truth", "share", "expected"), [
    ((0.9, 0.8, 0.7), (0, 0, 0), 0.05, 0.7),
    ((0.9, 0.8, 0.7), (0, 0, 1), 0.05, 0.8),
    ((0.9, 0.8, 0.7), (1, 0, 0), 0.05, NEVER),
    ((0.9, 0.8, 0.7), (1, 0, 0), 0.34, 0.7),
    ((), (), 0.05, NEVER),
])
def test_the_lowest_certainty_that_keeps_the_promise(sure, truth, share, expected):
    assert found(sure, truth, share) == pytest.approx(expected)


def test_what_a_person_decides_anyhow_does_not_count():
    assert found((0.95, 0.8, 0.9), (1, 0, 0), 0.05, barred=(True, False, False)) == pytest.approx(0.8)


def test_equal_certainty_is_taken_or_left_as_one():
    """Of two texts with the same certainty one is wrong: the threshold must not let both through."""
    assert found((0.9, 0.8, 0.8), (0, 0, 1), 0.05) > 0.8
