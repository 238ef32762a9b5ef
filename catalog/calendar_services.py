"""Changing the working-time calendar: the hours of the week and the days that differ from it."""
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, extract, select

from catalog import calendar_loader
from core import settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from core.organisation import CalendarDay, WorkHours

Spans = Sequence[tuple[str, str]]
MIDNIGHT = "00:00"
_SPAN = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)\s*(?:-|–|—|~|～|至|to)\s*([01]?\d|2[0-4])[:：]([0-5]\d)")


def read_spans(text: str) -> list[tuple[str, str]]:
    """"9:00-12:00, 13:00-18:00" as [("09:00", "12:00"), ("13:00", "18:00")]; an empty text is a day without work.

    Midnight at the end of the day is written 24:00 (or 00:00). Raises DomainError `bad_hours`.
    """
    found = [(f"{int(a):02}:{b}", f"{int(c):02}:{d}".replace("24:00", MIDNIGHT)) for a, b, c, d in _SPAN.findall(text)]
    rest = _SPAN.sub("", text).strip(" ,，;；、/\t")
    ends = [moment for span in found for moment in (span[0], "24:00" if span[1] == MIDNIGHT else span[1])]
    if rest or ends != sorted(set(ends)) or any(moment > "24:00" for moment in ends):
        raise DomainError("bad_hours", _l("Write hours as 09:00-12:00, 13:00-18:00, in order and without overlap."))
    return found


def write_spans(spans: Spans) -> str:
    """Spans as `read_spans` reads them."""
    return ", ".join(f"{starts}-{'24:00' if ends == MIDNIGHT else ends}" for starts, ends in spans)


def hours() -> dict[int, list[tuple[str, str]]]:
    """The ordinary hours of the week by weekday (0 is Monday)."""
    return week_of(db.session.scalars(select(WorkHours).where(WorkHours.season_id.is_(None)).order_by(WorkHours.weekday, WorkHours.starts)))


def week_of(spans: Iterable[WorkHours]) -> dict[int, list[tuple[str, str]]]:
    """Spans by weekday; a weekday without any is there too."""
    found: dict[int, list] = {weekday: [] for weekday in range(7)}
    for row in spans:
        found[row.weekday].append((row.starts, row.ends))
    return found


def set_hours(actor: Actor, wanted: Mapping[int, Spans]) -> bool:
    """Replace the hours of the week. Raises DomainError `never_open` if no day has any: clocks could never end."""
    before = hours()
    after = {weekday: list(wanted.get(weekday, ())) for weekday in range(7)}
    if not any(after.values()):
        raise DomainError("never_open", _l("At least one day of the week needs working hours."))
    if after == before:
        return False
    db.session.execute(delete(WorkHours).where(WorkHours.season_id.is_(None)))
    db.session.add_all(WorkHours(weekday=weekday, starts=starts, ends=ends) for weekday, spans in after.items() for starts, ends in spans)
    recorded(actor, "calendar:hours", said(before), said(after))
    return True


def put_day(actor: Actor, day: date, working: bool, name_zh: str = "", name_en: str = "") -> None:
    """Say that a day differs from its weekday; what was said of it before is replaced."""
    row = db.session.get(CalendarDay, day)
    before = None if row is None else _day(row)
    row = db.session.merge(CalendarDay(day=day, working=working, name_zh=name_zh, name_en=name_en))
    recorded(actor, f"calendar:{day}", before, _day(row))


def remove_day(actor: Actor, day: date) -> None:
    """Make a day an ordinary one of its weekday again."""
    row = db.session.get(CalendarDay, day)
    if row is not None:
        db.session.delete(row)
        recorded(actor, f"calendar:{day}", _day(row), None)


def fill(actor: Actor) -> int:
    """Add the public holidays of the country, last year to next year; days set by hand stay. Returns how many were added.

    Raises DomainError `no_holidays` for a country that the holidays library does not know in our languages.
    """
    try:
        counts = Counter(calendar_loader.load_holidays())
    except NotImplementedError:
        raise DomainError("no_holidays", _l("The public holidays of %(country)s are not known. Add the days by hand.",
                                            country=settings.get("country"))) from None
    if counts["added"]:
        recorded(actor, "calendar:holidays", None, {"country": settings.get("country"), "added": counts["added"]})
    return counts["added"]


def days(years: Sequence[int]) -> list[CalendarDay]:
    """The days of these years that differ from their weekday, in order."""
    return list(db.session.scalars(select(CalendarDay).where(extract("year", CalendarDay.day).in_(years)).order_by(CalendarDay.day)))


def _day(row: CalendarDay) -> dict:
    return {"working": row.working, "name_zh": row.name_zh or "", "name_en": row.name_en or ""}


def said(wanted: Mapping[int, Spans]) -> dict[str, str]:
    """A week as the audit trail keeps it."""
    return {calendar_loader.WEEKDAYS[weekday]: write_spans(spans) for weekday, spans in wanted.items()}


def recorded(actor: Actor, target: str, before, after) -> None:
    """Leave a trace of a change of the calendar, and forget what this session has read of it."""
    record(actor, Did.CATALOG_CHANGED, target=target, before=before, after=after)
    db.session.flush()
    db.session.info.pop("calendar", None)  # what this session read before is out of date
