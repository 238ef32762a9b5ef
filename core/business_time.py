"""Working-time arithmetic (pure): when is the office open, and how many of its minutes lie between two moments."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY = 0
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
# Longer than any real closure: a calendar without a single opening must fail loudly, not loop for ever.
LONGEST_CLOSURE = timedelta(days=400)

Span = tuple[time, time]
Opening = tuple[datetime, datetime]


class NeverOpen(ValueError):
    """The calendar has no working time within 400 days of the moment asked about."""


Week = Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Season:
    """A stretch of days, both ends included, with a week of its own: summer hours."""

    first: date
    last: date
    hours: Week


@dataclass(frozen=True)
class Calendar:
    """Opening hours as data.

    `hours` maps a weekday (0 = Monday) to its spans in local time, in order and without overlap; an end of 00:00 means
    midnight at the end of that day. In a season its own week holds instead. `off` are days without work, `extra` are
    make-up days, worked with Monday's hours of their season. A day in both sets is worked.
    """

    hours: Week
    tz: ZoneInfo
    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()
    seasons: tuple[Season, ...] = ()


def is_working_day(cal: Calendar, day: date) -> bool:
    """True if the office opens at all on this local day."""
    return bool(_spans(cal, day))


def next_working_moment(cal: Calendar, at: datetime) -> datetime:
    """`at` itself if the office is open then, else the next opening (UTC). Raises NeverOpen."""
    start, _ = next(_openings(cal, at))
    return start


def working_days_before(cal: Calendar, at: datetime, days: int) -> datetime:
    """The latest moment (UTC) since which `days` whole working days have passed by `at`.

    On a working day it is the same local time so many working days earlier; on another day nothing counts after the last
    working day's end. Raises ValueError for a negative number and NeverOpen.
    """
    if days < 0:
        raise ValueError("working days to go back must not be negative")
    local = at.astimezone(cal.tz)
    day, hour = local.date(), local.time()
    if not is_working_day(cal, day):
        day, hour = _next_worked(cal, day, DAY), time(0)
    for _ in range(days):
        day = _next_worked(cal, day, -DAY)
    return datetime.combine(day, hour, cal.tz).astimezone(UTC)


def _next_worked(cal: Calendar, day: date, step: timedelta) -> date:
    """The next day after (or before, by the sign of `step`) this one on which the office opens."""
    found = next((day + n * step for n in range(1, LONGEST_CLOSURE.days) if is_working_day(cal, day + n * step)), None)
    if found is None:
        raise NeverOpen(f"no working day in the {LONGEST_CLOSURE.days} days around {day}")
    return found


def add_working(cal: Calendar, start: datetime, minutes: int) -> datetime:
    """The earliest moment (UTC) by which `minutes` working minutes have passed since `start`.

    Zero minutes give `start` back. Raises ValueError for a negative number and NeverOpen.
    """
    return add_worked(cal, start, minutes * MINUTE)


def add_worked(cal: Calendar, start: datetime, left: timedelta) -> datetime:
    """The earliest moment (UTC) by which so much working time has passed since `start`, to the second.

    No time gives `start` back. Raises ValueError for a negative time and NeverOpen.
    """
    if left < timedelta():
        raise ValueError("working time to add must not be negative")
    if not left:
        return _utc(start)
    for opens, closes in _openings(cal, start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError("openings never end")


def working_minutes(cal: Calendar, a: datetime, b: datetime) -> int:
    """Whole working minutes from `a` to `b`, negative if `b` is earlier."""
    return worked(cal, a, b) // MINUTE - worked(cal, b, a) // MINUTE  # one of them is none


def worked(cal: Calendar, a: datetime, b: datetime) -> timedelta:
    """Working time from `a` to `b`, to the second; none if `b` is earlier."""
    a, b = _utc(a), _utc(b)
    found = timedelta()
    day, last = a.astimezone(cal.tz).date(), b.astimezone(cal.tz).date()
    while day <= last:
        for opens, closes in day_openings(cal, day):
            found += max(timedelta(), min(closes, b) - max(opens, a))
        day += DAY
    return found


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC)


def week_of(cal: Calendar, day: date) -> Week:
    """The hours of the week in which this local day lies: those of its season, else the ordinary ones."""
    return next((season.hours for season in cal.seasons if season.first <= day <= season.last), cal.hours)


def _spans(cal: Calendar, day: date) -> tuple[Span, ...]:
    if day in cal.off and day not in cal.extra:
        return ()
    return tuple(week_of(cal, day).get(MONDAY if day in cal.extra else day.weekday(), ()))


def day_openings(cal: Calendar, day: date) -> Iterator[Opening]:
    """The day's spans as UTC moments. Differences are taken in UTC, so a change to summer time is counted right."""
    for begin, end in _spans(cal, day):
        end_day = day + DAY if end == time(0) else day
        yield (
            datetime.combine(day, begin, cal.tz).astimezone(UTC),
            datetime.combine(end_day, end, cal.tz).astimezone(UTC),
        )


def _openings(cal: Calendar, at: datetime) -> Iterator[Opening]:
    """Openings from `at` on, the first one cut to begin at `at` if it is running."""
    at = _utc(at)
    day = at.astimezone(cal.tz).date()
    seen = day
    while day - seen < LONGEST_CLOSURE:
        for opens, closes in day_openings(cal, day):
            if closes > at:
                seen = day
                yield max(opens, at), closes
        day += DAY
    raise NeverOpen(f"no working time in the {LONGEST_CLOSURE.days} days after {seen}")
