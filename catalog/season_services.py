"""Seasons of the working-time calendar: summer hours, entered, changed, taken over for the next year, removed."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from catalog.calendar_services import Spans, recorded, said, week_of, write_spans
from core.actor import Actor
from core.db import db
from core.errors import DomainError
from core.organisation import WorkHours, WorkSeason

REFUSALS = {
    "season_order": _l("The last day of the season must not be before the first."),
    "season_overlaps": _l("Another season holds on some of these days. Only one can."),
    "never_open": _l("At least one day of the week needs working hours."),
    "season_there": _l("Next year has this season already."),
}
FEBRUARY_28 = 28


@dataclass(frozen=True)
class Wanted:
    """A season as it is to be: first and last day, names, hours by weekday."""

    starts: date
    ends: date
    name_zh: str
    name_en: str
    hours: Mapping[int, Spans]


def seasons(year: int) -> list[WorkSeason]:
    """The seasons that have days in this year or later, in order."""
    return list(db.session.scalars(select(WorkSeason).where(WorkSeason.ends >= date(year, 1, 1)).order_by(WorkSeason.starts)))


def hours_of(season: WorkSeason) -> dict[int, list[tuple[str, str]]]:
    """The hours of a season by weekday."""
    return week_of(season.hours)


def told(season: WorkSeason) -> list[tuple[int, str]]:
    """The weekdays that are worked in a season, with their hours as people write them."""
    return [(weekday, write_spans(spans)) for weekday, spans in hours_of(season).items() if spans]


def put(actor: Actor, row: WorkSeason | None, wanted: Wanted) -> WorkSeason:
    """Enter a season, or change one. Raises DomainError with a code of REFUSALS."""
    _check(row, wanted)
    before = None if row is None else _told(row)
    if row is None:
        row = WorkSeason()
        db.session.add(row)
    row.starts, row.ends, row.name_zh, row.name_en = wanted.starts, wanted.ends, wanted.name_zh, wanted.name_en
    row.hours = [WorkHours(weekday=day, starts=a, ends=b) for day, spans in wanted.hours.items() for a, b in spans]
    db.session.flush()
    recorded(actor, f"calendar:season:{row.starts}", before, _told(row))
    return row


def remove(actor: Actor, row: WorkSeason) -> None:
    """The ordinary hours hold on these days again."""
    before = _told(row)
    db.session.delete(row)
    recorded(actor, f"calendar:season:{row.starts}", before, None)


def again(actor: Actor, row: WorkSeason) -> WorkSeason:
    """The same season a year later. Raises DomainError `season_there` if something holds on these days already."""
    wanted = Wanted(_next_year(row.starts), _next_year(row.ends), row.name_zh, row.name_en, hours_of(row))
    if _overlapping(None, wanted):
        raise DomainError("season_there", REFUSALS["season_there"])
    return put(actor, None, wanted)


def _check(row: WorkSeason | None, wanted: Wanted) -> None:
    faults = {"season_order": wanted.ends < wanted.starts, "never_open": not any(wanted.hours.values()),
              "season_overlaps": _overlapping(row, wanted)}
    for code, broken in faults.items():
        if broken:
            raise DomainError(code, REFUSALS[code])


def _overlapping(row: WorkSeason | None, wanted: Wanted) -> bool:
    other = WorkSeason.id != row.id if row is not None and row.id else WorkSeason.id.is_not(None)
    return db.session.scalar(select(WorkSeason.id).where(WorkSeason.starts <= wanted.ends, WorkSeason.ends >= wanted.starts, other).limit(1)) is not None


def _next_year(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=FEBRUARY_28 if leap else day.day)


def _told(row: WorkSeason) -> dict:
    names = {"name_zh": row.name_zh or "", "name_en": row.name_en or ""}
    return {"starts": row.starts.isoformat(), "ends": row.ends.isoformat()} | names | said(hours_of(row))
