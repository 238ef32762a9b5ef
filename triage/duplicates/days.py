"""Days, weeks and months as people name them (pure), and whether two contacts can mean the same ones."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

LATELY = -99  # weeks back of "last Friday": the one that was, or the one of the week before


@dataclass(frozen=True)
class Day:
    """A day as it was said. `kind`: ago (`number` days), weekday (`number` from 0, `back` weeks), date (`month`, 0 if unsaid, and `number`),
    week (`back` weeks), month (`number`), month_ago (`back` months)."""

    kind: str
    number: int = 0
    back: int | None = None
    month: int = 0


def agreement(first: Sequence[Day], second: Sequence[Day], minutes: float, spoken: tuple[date, date] | None = None) -> float | None:
    """How sure it is that the two name a day in common: 0 other days, 1 the same, between them where it depends on the day of speaking.

    `spoken` are the dates of the contacts; where they are not known, every weekday is tried with `minutes` between the two.
    None where they cannot be compared.
    """
    tries = [_common(first, second, *days, exact=spoken is not None) for days in ([spoken] if spoken else _guesses(minutes))]
    told = [common for common in tries if common is not None]
    return sum(told) / len(told) if told else None


def _guesses(minutes: float) -> Iterator[tuple[date, date]]:
    monday = date(2024, 7, 8)  # any week in the middle of a month
    for gap in sorted({floor(minutes / 1440), ceil(minutes / 1440)}):
        for weekday in range(7):
            yield monday + timedelta(weekday), monday + timedelta(weekday + gap)


def _common(first: Sequence[Day], second: Sequence[Day], one: date, other: date, exact: bool) -> bool | None:
    """True for a day in common, False for only different ones, None where nothing can be compared."""
    ours = [meant for day in first for meant in _meant(day, one, exact)]
    theirs = [meant for day in second for meant in _meant(day, other, exact)]
    pairs = [(a, b) for a in ours for b in theirs if a[0] == b[0]]
    return any(_same(a, b) for a, b in pairs) if pairs else None


def _same(one: tuple, other: tuple) -> bool:
    if one[0] == "date":
        return one[2] == other[2] and (one[1] == other[1] or 0 in (one[1], other[1]))
    return one[1] == other[1]


def _meant(day: Day, spoken: date, exact: bool) -> Iterator[tuple]:
    """The days that may be meant, as (grain, ...): `day`, `week` and `month` can be compared among themselves, as can bare dates."""
    monday = spoken - timedelta(spoken.weekday())
    if day.kind == "ago":
        yield from _told(spoken - timedelta(day.number), exact)
    elif day.kind == "weekday":
        for back in _weeks_back(day, spoken):
            yield from _told(monday + timedelta(day.number - 7 * back), exact)
    elif day.kind == "date":
        yield "date", day.month, day.number
    elif day.kind == "week":
        yield "week", monday - timedelta(7 * day.back)
    elif day.kind == "month":
        yield "month", day.number
    elif exact:
        yield "month", (spoken.month - day.back - 1) % 12 + 1


def _told(day: date, exact: bool) -> Iterator[tuple]:
    yield "day", day
    if exact:  # then a Wednesday and a date can be compared
        yield "date", day.month, day.day


def _weeks_back(day: Day, spoken: date) -> tuple[int, ...]:
    """A bare weekday is the last one that was; "last Friday" may be that one or the one of the week before."""
    latest = 0 if day.number <= spoken.weekday() else 1
    if day.back is None:
        return (latest,)
    return tuple({latest, 1}) if day.back == LATELY else (day.back,)
