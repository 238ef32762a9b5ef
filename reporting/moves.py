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
from reporting.weeks import Period

ERROR = 0.01  # some two hundred pairs are looked at: at five per cent ten of them would move by chance
SHOWN = 8


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


def moves(scope: Scope) -> list[Move] | None:
    """The surest ones first; None where the period before reaches back behind the first complaint: then nothing can be compared."""
    before, both = scope.period.before(), with_before(scope.period)
    counted = {key: value.n for key, value in figures.measure(BY_KEY["received"], scope.during(both), "leaf", "area", WEEK).items()}
    if not counted or min(week for _leaf, _area, week in counted) > before.first + ONE_WEEK:
        return None
    found = (_move(pair, weeks, before, scope.period, retailers) for pair, weeks, retailers in _pairs(counted, exposure.active(scope)))
    return sorted((move for move in found if move.sureness > 0), key=lambda move: move.sureness, reverse=True)[:SHOWN]


def _pairs(counted: Mapping[tuple, int], active: Mapping[str, int]) -> Iterator[tuple[tuple[str, str], dict[date, int], int]]:
    pairs: dict[tuple[str, str], dict[date, int]] = defaultdict(dict)
    for (leaf, area, week), n in counted.items():
        if leaf is not None and active.get(area):
            pairs[leaf, area][week] = n
    return ((pair, weeks, active[pair[1]]) for pair, weeks in pairs.items())


def _move(pair: tuple[str, str], weeks: Mapping[date, int], before: Period, after: Period, retailers: int) -> Move:
    then, now = _counts(weeks, before, retailers), _counts(weeks, after, retailers)
    return Move(*pair, then.events, now.events, rates.ratio(then, now, rates.dispersion(then, now), ERROR))


def _counts(weeks: Mapping[date, int], period: Period, retailers: int) -> rates.Period:
    mondays = list(period.mondays())
    return rates.Period([weeks.get(first, 0) for first in mondays], [retailers * period.single(first).elapsed / 1000 for first in mondays])
