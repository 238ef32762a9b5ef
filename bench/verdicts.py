"""How often a verdict is right: simulated improvement items whose action does nothing, or halves the complaints."""
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from bench.draws import Numbers, clustered
from bench.measure import tell
from reporting.effect import Comparison, verdict, weeks_before
from reporting.rates import Period, ratio

RISE, SIGNAL, ACTED, END = 17, 20, 26, 39  # weeks from 0: a rise, the first week after the trigger, the action, the end of the watch
MOST = 0.7  # of the rate before, agreed at approval
AREA, OTHERS = 3.0, 6.0  # thousands of retailers


class Story(NamedTuple):
    """Complaints a week at first, from RISE on, and after the action. `chosen` items are opened because of their worst week."""

    first: float
    raised: float
    after: float
    chosen: bool = False
    compared: bool = False
    acted: int = ACTED


STORIES = {
    "no effect": Story(15, 15, 15),
    "no effect, opened for its worst week": Story(15, 15, 15, chosen=True),
    "no effect, opened for its worst week, acted on at once": Story(15, 15, 15, chosen=True, acted=SIGNAL),
    "no effect on a true doubling": Story(15, 30, 30),
    "no effect, 3 a week": Story(3, 3, 3),
    "no effect, with other areas": Story(15, 15, 15, compared=True),
    "a doubling halved": Story(15, 30, 15),
    "15 a week halved": Story(15, 15, 7.5),
    "15 a week halved, with other areas": Story(15, 15, 7.5, compared=True),
    "3 a week halved": Story(3, 3, 1.5),
}


def tell_verdicts(random: Generator, runs: int, variances: Sequence[float]) -> None:
    """One line for each story and variance: the share of each verdict, and what a comparison with the trigger would say."""
    for name, story in STORIES.items():
        for variance in variances:
            seen = Counter(said for _run in range(runs) for said in _judged(random, story, variance))
            tell(f"verdict: {name}", variance=variance, runs=runs, **{said: round(times / runs, 3) for said, times in sorted(seen.items())})


def _judged(random: Generator, story: Story, variance: float) -> tuple[str, ...]:
    counts = _series(random, story, variance)
    trigger = range(SIGNAL - (1 if story.chosen else SIGNAL - RISE), SIGNAL)
    before, after = weeks_before(trigger, story.acted), range(story.acted, END)
    period, watch = _period(counts, before, AREA), _period(counts, after, AREA)
    others = None
    if story.compared:
        elsewhere = clustered(random, np.full(END, story.first * OTHERS / AREA), variance)
        others = Comparison(_period(elsewhere, before, OTHERS), _period(elsewhere, after, OTHERS))
    said = verdict(period, watch, MOST, others).result
    change = ratio(_period(counts, trigger, AREA), watch)
    return (said, "effective_against_the_trigger_weeks") if change.high < 1 and change.value <= MOST else (said,)


def _series(random: Generator, story: Story, variance: float) -> Numbers:
    means = np.repeat([story.first, story.raised, story.after], [RISE, story.acted - RISE, END - story.acted])
    counts = clustered(random, means, variance)
    if story.chosen:  # the weeks up to the signal are alike: the worst one may stand where the signal is
        worst = counts[:SIGNAL].argmax()
        counts[[worst, SIGNAL - 1]] = counts[[SIGNAL - 1, worst]]
    return counts


def _period(counts: Numbers, weeks: Sequence[int], exposure: float) -> Period:
    return Period([counts[week] for week in weeks], [exposure] * len(weeks))
