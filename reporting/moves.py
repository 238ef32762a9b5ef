"""Where it moves: categories and areas whose rate of complaints differs from the period before by more than chance explains."""
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reporting import exposure, figures, rates
from reporting.board import with_before
from reporting.definitions import BY_KEY
from reporting.rates import Interval
from reporting.slices import WEEK, Scope
from reporting.weeks import WEEK as ONE_WEEK

ERROR = 0.01  # some two hundred pairs are looked at: at five per cent ten of them would move by chance
SHOWN = 8

Counts = Mapping[tuple[str | None, str | None, date], int]


@dataclass(frozen=True)
class Move:
    """One category in one area: complaints before and now, and the rate now as a multiple of the rate before with its 99 per cent interval."""

    leaf: str
    area: str
    before: int
    now: int
    ratio: Interval

    @property
    def sureness(self) -> float:
        """How far the interval lies from "no change"."""
        return math.log(self.ratio.low) if self.ratio.low > 1 else -math.log(self.ratio.high) if 0 < self.ratio.high < 1 else 0.0


def counts(scope: Scope) -> Counts:
    """Complaints by category, area and week, of the period and the one before."""
    found = figures.measure(BY_KEY["received"], scope.during(with_before(scope.period)), "leaf", "area", WEEK)
    return {key: value.n for key, value in found.items()}


def moves(scope: Scope, counted: Counts) -> list[Move] | None:
    """The surest ones first; None where the period before reaches back behind the first complaint: then nothing can be compared."""
    before = scope.period.before()
    if not counted or min(week for _leaf, _area, week in counted) > before.first + ONE_WEEK:
        return None
    spans = [[(first, period.single(first).elapsed) for first in period.mondays()] for period in (before, scope.period)]
    found = (_move(pair, weeks, spans, retailers) for pair, weeks, retailers in _pairs(counted, exposure.active(scope)))
    return sorted((move for move in found if move.sureness > 0), key=lambda move: move.sureness, reverse=True)[:SHOWN]


def _pairs(counted: Counts, active: Mapping[str, int]) -> Iterator[tuple[tuple[str, str], dict[date, int], int]]:
    pairs: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for (leaf, area, week), n in counted.items():
        if leaf is not None and active.get(area):
            pairs[leaf, area][week] = n
    return ((pair, weeks, active[pair[1]]) for pair, weeks in pairs.items() if sum(weeks.values()) >= figures.TOO_FEW)


def _move(pair: tuple[str, str], weeks: Mapping[date, int], spans: list[list[tuple[date, float]]], retailers: int) -> Move:
    then, now = (rates.Period([weeks.get(first, 0) for first, _long in span], [retailers * long / 1000 for _first, long in span]) for span in spans)
    return Move(*pair, then.events, now.events, rates.ratio(then, now, rates.dispersion(then, now), ERROR))
