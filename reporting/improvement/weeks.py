"""Weeks (pure): from Monday to Sunday in the organisation's zone; a week is named by its Monday."""
from datetime import date, timedelta

WEEK = timedelta(weeks=1)
SUNDAY = timedelta(days=6)
GRACE = timedelta(days=1)  # what came on Sunday gets its category on Monday; counted earlier, it would be missing


def monday(day: date) -> date:
    """The week that a day lies in."""
    return day - timedelta(days=day.weekday())


def newest(today: date) -> date:
    """The last week that is over, and whose tickets have their categories."""
    return monday(today - GRACE) - WEEK


def span(first: date, last: date) -> tuple[date, ...]:
    """The weeks from `first` to `last`, both included; none if `last` is earlier."""
    return tuple(first + WEEK * number for number in range((last - first) // WEEK + 1))


def index(first: date, week: date) -> int:
    """The number of a week, counted from `first` as 0."""
    return (week - first) // WEEK


def within(first: date, until: date) -> tuple[date, ...]:
    """The weeks from `first` that are over on the day `until`."""
    return span(first, monday(until - SUNDAY))


def label(week: date) -> str:
    """The short name of a week: W06."""
    return f"W{week.isocalendar().week:02}"
