"""Working minutes between many pairs of moments at once (pure): the openings are laid out once, each pair is two look-ups."""
from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from core.business_time import DAY, Calendar, day_openings


class Ruler:
    """The working time of a calendar from one moment to another, as a ruler to measure spans inside it."""

    def __init__(self, calendar: Calendar, since: datetime, until: datetime):
        day, last = since.astimezone(calendar.tz).date(), until.astimezone(calendar.tz).date()
        self._opens: list[float] = []
        self._long: list[float] = []
        self._before = [0.0]
        while day <= last:
            for opens, closes in day_openings(calendar, day):
                self._add(opens, closes - opens)
            day += DAY

    def _add(self, opens: datetime, long: timedelta) -> None:
        self._opens.append(opens.timestamp())
        self._long.append(long.total_seconds())
        self._before.append(self._before[-1] + self._long[-1])

    def minutes(self, a: datetime, b: datetime) -> float:
        """Working minutes from `a` to `b`; what lies outside the ruler is not counted."""
        return (self._at(b.timestamp()) - self._at(a.timestamp())) / 60

    def _at(self, moment: float) -> float:
        opening = bisect_right(self._opens, moment) - 1
        return self._before[opening] + min(moment - self._opens[opening], self._long[opening]) if opening >= 0 else 0.0


def spans(calendar: Calendar, pairs: Iterable[tuple[datetime, datetime]]) -> list[float]:
    """The working minutes of each pair."""
    pairs = list(pairs)
    if not pairs:
        return []
    ruler = Ruler(calendar, min(a for a, _b in pairs), max(b for _a, b in pairs))
    return [ruler.minutes(a, b) for a, b in pairs]
