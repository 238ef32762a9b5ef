"""What the page of the roster shows: who is on call now, and a week of shifts with the hours that nobody has."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _

from catalog import coverage, roster
from catalog.models import DutyShift
from core import clock, organisation
from core.i18n import pick

DAY = timedelta(days=1)
DAYS = 7


@dataclass(frozen=True)
class Line:
    """One shift on one day: the hours of it on that day, who, for whom, and whether they are past."""

    id: int
    hours: str
    name: str
    team: str
    over: bool


@dataclass(frozen=True)
class Day:
    """One day: its shifts, and the hours to come in which nobody would hear of anything."""

    day: date
    today: bool
    lines: list[Line]
    gaps: list[str]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def week(first: date, team_id: int | None) -> list[Day]:
    """Seven days from `first` on; with a team, the shifts that count for it."""
    begin, end = _midnight(first), _midnight(first + DAYS * DAY)
    shifts = [shift for shift in roster.between(begin, end) if team_id is None or shift.team_id in (None, team_id)]
    return [_day(first + number * DAY, shifts) for number in range(DAYS)]


def _day(day: date, shifts: Sequence[DutyShift]) -> Day:
    begin, end, now = _midnight(day), _midnight(day + DAY), clock.now()
    here = [shift for shift in shifts if shift.starts_at < end and shift.ends_at > begin]
    covered = [*filter(None, [roster.office_day(day)]), *((shift.starts_at, shift.ends_at) for shift in here)]
    bare = coverage.gaps(max(begin, now), end, covered) if end > now else []
    return Day(day, begin <= now < end, [_line(shift, begin, end) for shift in here], [_hours(*gap) for gap in bare])


def _line(shift: DutyShift, begin: datetime, end: datetime) -> Line:
    closes = min(shift.ends_at, end)
    return Line(shift.id, _hours(max(shift.starts_at, begin), closes), shift.user.name, team_name(shift), closes <= clock.now())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), organisation.zone())


def _hours(begin: datetime, end: datetime) -> str:
    zone = organisation.zone()
    closes = end.astimezone(zone)
    until = "24:00" if closes.time() == time() else f"{closes:%H:%M}"
    return f"{begin.astimezone(zone):%H:%M}–{until}"


def team_name(shift: DutyShift) -> str:
    """For whom somebody is on call."""
    return pick(shift.team.name_zh, shift.team.name_en) if shift.team else _("All teams")


def now() -> list[DutyShift]:
    """Whose shift it is at this moment."""
    at = clock.now()
    return list(roster.between(at, at + timedelta(microseconds=1)))
