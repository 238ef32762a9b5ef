"""Simulated weeks: how soon a doubling is signalled, how often a quiet leaf is, and how often a verdict is right."""
import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from numpy.random import Generator

from bench.draws import Numbers, city, clustered, gaps
from bench.measure import tell
from bench.verdicts import tell_verdicts
from reporting.trends.chart import GUARD, LEAST
from reporting.trends.signals import frequent, rare, weekly

WEEKS, RISE = 26, 17  # numbered from 0, so that RISE is week 18 on the page
LOOKS = range(LEAST + GUARD - 1, WEEKS)  # the weeks with enough weeks before them
VARIANCES = (1.0, 1.3, 1.5, 2.0)  # variance / mean of the weekly counts of one cell
CELLS, GAPS, SUDDEN, FASTER = 100, 30, 8, 10  # rare cells, gaps of each; in the first one so many of them so much shorter
AT_ONCE = 50  # runs in memory


def tell_weekly(random: Generator, runs: int, variance: float) -> None:
    """The doubling in the first cell, and the false signals of all others."""
    parts = [_looks(random, min(AT_ONCE, runs - done), variance) for done in range(0, runs, AT_ONCE)]
    found, charts = np.concatenate([found for found, _charts in parts]), sum(charts for _found, charts in parts)
    late = found[:, 0, RISE - LOOKS.start:].cumsum(-1) > 0
    false = found[:, 1:]
    cells = false.any(-1).sum(-1)
    tell("signals: weekly charts", variance=variance, runs=runs,
         signalled_by={str(week): _share(late[:, week - RISE - 1]) for week in (18, 19, 20, 21)},
         early=_share(found[:, 0, :RISE - LOOKS.start].any(-1)), charts=round(charts / runs / len(LOOKS), 1), looks=len(LOOKS),
         false_cells_per_run=round(float(cells.mean()), 3), runs_with_a_false_one=_share(cells > 0),
         false_per_chart_week=round(float(false.sum()) / charts, 6))


def _looks(random: Generator, runs: int, variance: float) -> tuple[Numbers, float]:
    """Which cells signalled (run x cell x look), and how many charts were looked at."""
    means, exposures = city()
    weeks = np.repeat(means[:, None], WEEKS, axis=1)
    weeks[0, RISE:] *= 2
    counts = clustered(random, np.broadcast_to(weeks, (runs, *weeks.shape)), variance)
    found = [weekly(counts, exposures[:, None], week).found for week in LOOKS]
    return np.stack(found, axis=-1), float(sum(frequent(counts, week).sum() for week in LOOKS))


def tell_rare(random: Generator, runs: int, variance: float) -> None:
    """The charts of the days between: in one cell the last complaints come much faster, in the others as ever."""
    found = np.stack([rare(_sudden(gaps(random, (CELLS, GAPS), variance))).found for _run in range(runs)])
    tell("signals: days between", variance=variance, runs=runs, charts=CELLS, signalled=_share(found[:, 0]),
         runs_with_a_false_one=_share(found[:, 1:].any(-1)), false_per_chart_look=round(float(found[:, 1:].mean()), 6))


def _sudden(days: Numbers) -> Numbers:
    days[0, -SUDDEN:] /= FASTER
    return days


def _share(which: Numbers) -> float:
    return round(float(which.mean()), 3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line for each measure; the same seed gives the same figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args(arguments)
    random = np.random.default_rng(given.seed)
    for variance in VARIANCES:
        tell_weekly(random, given.runs, variance)
    for variance in VARIANCES[::2]:
        tell_rare(random, given.runs, variance)
    tell_verdicts(random, given.runs, VARIANCES[::2])


if __name__ == "__main__":
    main()
