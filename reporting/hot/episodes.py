"""A series from its first hour to its last (pure): the loud hours joined into episodes, one alarm each."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from reporting.hot.rhythm import LEAST, WEEKS, Counts, usual
from reporting.hot.surprise import loud, tail

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
QUIET = timedelta(hours=24)
LEVELS = {HOUR: 0.0001, DAY: 0.1}  # of the false discovery rate: a day is looked at once, an hour 8,760 times a year


@dataclass(frozen=True)
class Episode:
    """A rise: from the first loud period to the end of the last; counts and p are those of the most surprising one."""

    series: str
    time: datetime
    until: datetime
    observed: float
    expected: float
    p: float


@dataclass(frozen=True)
class Spell:
    """Counts without a gap: of each series (first axis) one for each period of `width` after `start`."""

    start: datetime
    width: timedelta
    names: Sequence[str]
    counts: Counts

    def time(self, at: int) -> datetime:
        """When period number `at` begins."""
        return self.start + at * self.width


def ends(last: datetime, now: datetime, quiet: timedelta = QUIET) -> bool:
    """Is an episode over whose last loud period ended at `last`?"""
    return now - last >= quiet


def episodes(spell: Spell, level: float | None = None) -> list[Episode]:
    """The episodes of all series, in the order in which they open. The first LEAST weeks of a spell are silent: nothing is usual yet."""
    running: dict[str, int] = {}
    found: list[Episode] = []
    for seen in _looks(spell, LEVELS[spell.width] if level is None else level):
        at = running.get(seen.series)
        if at is None or ends(found[at].until, seen.time):
            running[seen.series] = len(found)
            found.append(seen)
        else:
            found[at] = _longer(found[at], seen)
    return found


def _longer(episode: Episode, seen: Episode) -> Episode:
    strongest = min(episode, seen, key=lambda one: one.p)
    return replace(strongest, time=episode.time, until=seen.until)


def _looks(spell: Spell, level: float) -> Iterator[Episode]:
    """Each loud period of each series."""
    slots = WEEK // spell.width
    for at in range(LEAST * slots, spell.counts.shape[-1]):
        expected = usual(spell.counts[:, max(0, at - WEEKS * slots):at], slots)
        observed = spell.counts[:, at]
        p = tail(observed, expected)
        for one in np.flatnonzero(loud(p, observed, level)):
            yield Episode(spell.names[one], spell.time(at), spell.time(at + 1), float(observed[one]), float(expected.mean[one]), float(p[one]))
