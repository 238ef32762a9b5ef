"""Working time as a table (pure): the arithmetic of core.business_time, made quick for a million questions.

Instants are whole seconds since 1970 (UTC). A test holds both against each other.
"""
from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate

from core.business_time import MONDAY, Calendar, is_working_day

DAY = timedelta(days=1)
MINUTE = 60


def stamp(at: datetime) -> int:
    """Seconds since 1970."""
    return int(at.timestamp())


def moment(seconds: int) -> datetime:
    """The instant (UTC) of so many seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


class Hours:
    """The openings of `calendar` between two local days, both included. An instant outside them raises IndexError."""

    def __init__(self, calendar: Calendar, first, last):
        self.calendar, self.tz = calendar, calendar.tz
        spans = [span for day in _days(first, last) for span in _openings(calendar, day)]
        self.opens = [opens for opens, _closes in spans]
        self.closes = [closes for _opens, closes in spans]
        self.before = [0, *accumulate(closes - opens for opens, closes in spans)]

    def worked(self, at: int) -> int:
        """Working seconds from the beginning of the table until `at`."""
        place = bisect_right(self.opens, at) - 1
        return 0 if place < 0 else self.before[place] + min(at, self.closes[place]) - self.opens[place]

    def add(self, at: int, minutes: float) -> int:
        """The earliest instant by which so many working minutes have passed since `at`; none give `at` back."""
        return self.add_seconds(at, int(minutes * MINUTE))

    def add_seconds(self, at: int, seconds: int) -> int:
        """The same in seconds."""
        if seconds <= 0:
            return at
        wanted = self.worked(at) + seconds
        place = bisect_left(self.before, wanted) - 1
        return self.opens[place] + wanted - self.before[place]

    def between(self, a: int, b: int) -> int:
        """Whole working minutes from `a` to `b`; negative if `b` is earlier."""
        return -self.between(b, a) if b < a else (self.worked(b) - self.worked(a)) // MINUTE

    def is_open(self, at: int) -> bool:
        """True while people work."""
        place = bisect_right(self.opens, at) - 1
        return place >= 0 and at < self.closes[place]

    def next_open(self, at: int) -> int:
        """`at` itself while people work, else the next opening."""
        return at if self.is_open(at) else self.opens[bisect_right(self.opens, at)]

    def local(self, at: int) -> datetime:
        """The local time of an instant."""
        return datetime.fromtimestamp(at, self.tz)

    def works_on(self, day) -> bool:
        """True if the office opens at all on this local day."""
        return is_working_day(self.calendar, day)


def _days(first, last):
    return (first + DAY * count for count in range((last - first).days + 1))


def _openings(calendar: Calendar, day) -> list[tuple[int, int]]:
    if not is_working_day(calendar, day):
        return []
    spans = calendar.hours.get(MONDAY if day in calendar.extra else day.weekday(), ())
    return [(stamp(datetime.combine(day, begin, calendar.tz)),
             stamp(datetime.combine(day + DAY if end == time(0) else day, end, calendar.tz))) for begin, end in spans]
