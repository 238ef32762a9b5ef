"""Different half-days (pure): how often somebody was called at times that differ enough, and when it is worth calling again."""
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from core.business_time import Calendar, NeverOpen, next_working_moment

NOON = time(12)
HALF_DAY = timedelta(hours=12)


def half_day(calendar: Calendar, at: datetime) -> tuple[date, bool]:
    """The local day of an instant, and whether it is after noon."""
    local = at.astimezone(calendar.tz)
    return local.date(), local.time() >= NOON


def counted(calendar: Calendar, tries: Iterable[datetime]) -> int:
    """In how many different half-days these calls were made: who calls three times within an hour has tried once."""
    return len({half_day(calendar, at) for at in tries})


def again_from(calendar: Calendar, at: datetime) -> datetime:
    """The first working moment of a later half-day than that of `at`; where the office never opens again, half a day later."""
    day, afternoon = half_day(calendar, at)
    next_half = datetime.combine(day + timedelta(days=1) if afternoon else day, time(0) if afternoon else NOON, calendar.tz)
    try:
        return next_working_moment(calendar, next_half)
    except NeverOpen:
        return at + HALF_DAY
