"""Periods of whole ISO weeks in the organisation's zone (pure)."""
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)
MOST = 104
NAME = re.compile(r"(2\d{3})-W(\d{2})", re.ASCII)  # earlier years than any ticket would lead behind the calendar


def monday(day: date) -> date:
    """The first day of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def name(first: date) -> str:
    """A week as 2026-W46, from any of its days."""
    year, week, _day = first.isocalendar()
    return f"{year}-W{week:02}"


def named(text: str) -> date | None:
    """The Monday of the week written as `name` writes it; None for anything else."""
    found = NAME.fullmatch(text)
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Period:
    """`weeks` weeks from the Monday `first` on; `now` tells how much of them has passed."""

    first: date
    weeks: int
    zone: ZoneInfo
    now: datetime

    @property
    def since(self) -> datetime:
        """The first moment (UTC)."""
        return self._midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first moment after the last week (UTC)."""
        return self._midnight(self.first + self.weeks * WEEK)

    @property
    def moment(self) -> datetime:
        """The moment up to which anything can have happened: the end, or now while the last week runs."""
        return min(self.until, self.now)

    @property
    def last(self) -> date:
        """The Monday of the last week."""
        return self.first + (self.weeks - 1) * WEEK

    @property
    def running(self) -> bool:
        """True while its last week is not over."""
        return self.now < self.until

    @property
    def elapsed(self) -> float:
        """How many weeks of it have passed; a running week counts by its part."""
        return max(0.0, (self.moment - self.since) / WEEK)

    def before(self) -> "Period":
        """As many weeks before it."""
        return Period(self.first - self.weeks * WEEK, self.weeks, self.zone, self.now)

    def single(self, first: date) -> "Period":
        """One week of it."""
        return Period(first, 1, self.zone, self.now)

    def mondays(self) -> Iterator[date]:
        """The first day of each week."""
        return (self.first + number * WEEK for number in range(self.weeks))

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)


def ending(last: date, weeks: int, zone: ZoneInfo, now: datetime) -> Period:
    """The period of `weeks` weeks (1 to MOST) whose last week contains the day `last`."""
    weeks = max(1, min(weeks, MOST))
    return Period(monday(last) - (weeks - 1) * WEEK, weeks, zone, now)
