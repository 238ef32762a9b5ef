"""On which days somebody must be here to sign in time (pure)."""
from collections.abc import Collection
from datetime import date, datetime, timedelta

from core.business_time import Calendar, day_openings

DAY = timedelta(days=1)


def days(calendar: Calendar, now: datetime, due: datetime) -> frozenset[date]:
    """The local days from now to the end of the sign clock on which the office opens; today where it does not open in between."""
    first, last = now.astimezone(calendar.tz).date(), max(now, due).astimezone(calendar.tz).date()
    between = (first + number * DAY for number in range((last - first).days + 1))
    open_on = (day for day in between if any(opens < due and closes > now for opens, closes in day_openings(calendar, day)))
    return frozenset(open_on) or frozenset({first})


def away(window: Collection[date], absences: Collection[tuple[date, date]]) -> bool:
    """Is somebody with these absences (first and last day) here on no day of the window?"""
    return all(any(starts <= day <= ends for starts, ends in absences) for day in window)
