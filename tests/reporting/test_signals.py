"""The weekly look at all charts: what signals, what stays quiet, and a small seeded simulation of both."""
import json

import numpy as np
import pytest

from bench import signals as bench
from bench.draws import city, clustered
from reporting.trends.signals import frequent, rare, weekly

ORDINARY = [4.0, 6.0, 5.0, 3.0, 7.0] * 4


def test_only_the_cell_that_rose_signals():
    counts = np.array([ORDINARY + [15, 18], ORDINARY + [4, 6], [8, 6] * 10 + [0, 0]], dtype=float)
    signals = weekly(counts, np.ones_like(counts), 21)
    assert signals.found.tolist() == [True, False, False]
    assert signals.names(0) == ("outside", "two_of_three")


def test_later_weeks_do_not_exist_yet():
    counts = np.array([ORDINARY + [5, 40]], dtype=float)
    assert not weekly(counts, np.ones_like(counts), 20).found.any()
    assert weekly(counts, np.ones_like(counts), 21).found.all()


def test_more_retailers_are_no_signal():
    counts, exposures = np.array([ORDINARY + [15, 18]]), np.array([[1.0] * 20 + [3.0, 3.5]])
    assert not weekly(counts, exposures, 21).found.any()


def test_a_cell_with_fewer_than_one_a_week_has_no_weekly_chart():
    counts = np.array([[0.0, 1.0] * 10 + [9.0, 9.0], ORDINARY + [5.0, 5.0]])
    assert frequent(counts, 21).tolist() == [False, True]
    assert not weekly(counts, np.ones_like(counts), 21).found.any()


def test_eight_complaints_in_a_row_in_a_rare_cell_signal():
    quiet = [20.0, 9.0, 30.0, 14.0, 2.0, 25.0] * 3
    signals = rare([quiet + [1.0, 0.5, 1.5, 0.0, 1.0, 2.0, 0.5, 1.0], quiet, quiet + [14.0]])
    assert signals.found.tolist() == [True, False, False]
    assert "one_side" in signals.names(0)


@pytest.mark.parametrize("look", [lambda: weekly(np.ones((1, 14)), np.ones((1, 14)), 13), lambda: rare([[5.0] * 14])])
def test_a_short_history_is_refused(look):
    with pytest.raises(ValueError, match="are needed"):
        look()


@pytest.mark.parametrize(("variance", "seen", "false"), [(1.0, 0.85, 0.06), (1.5, 0.65, 0.12)])
def test_a_doubling_is_seen_and_quiet_leaves_stay_quiet(variance, seen, false):
    """Forty cities of 224 cells: weeks 18 to 20 of a doubling from week 18 on, false signals in the share of the city's looks."""
    means, exposures = city()
    weeks = np.repeat(means[:, None], 20, axis=1)
    weeks[0, 17:] *= 2
    counts = clustered(np.random.default_rng(5), np.broadcast_to(weeks, (40, *weeks.shape)), variance)
    found = np.stack([weekly(counts, exposures[:, None], week).found for week in (17, 18, 19)])
    assert found[:, :, 0].any(0).mean() >= seen
    assert found[:, :, 1:].any(-1).mean() <= false


def test_the_benchmark_tells_every_measure(capsys):
    bench.main(["--runs", "2"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(told) == 26
    assert all(0 <= line["false_per_chart_week"] < 0.05 for line in told[:4])
