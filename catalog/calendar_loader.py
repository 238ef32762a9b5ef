"""Loading the working-time calendar: the hours of a pack, the holidays and make-up days of its country."""
from collections.abc import Iterator

from sqlalchemy import delete, exists, select

from core import clock, settings
from core.db import db
from core.holidays_cn import public_holidays
from core.organisation import CalendarDay, WorkHours
from core.upsert import put

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def load(content: dict, refresh: bool = False) -> Iterator[str]:
    """Store hours, zone and country of `calendar.yaml`, and the days of last year to next year; yields added or kept."""
    if refresh or not db.session.scalar(select(exists().where(WorkHours.season_id.is_(None)))):
        _replace_hours(content["hours"])
        settings.put("timezone", content["timezone"])
        settings.put("country", content["country"])
        yield "added"
    yield from load_holidays(refresh)


def load_holidays(refresh: bool = False) -> Iterator[str]:
    """Add the public holidays and make-up days from last year to next year. Days that an administrator set stay."""
    country, this_year = settings.get("country"), clock.now().year
    years = range(this_year - 1, this_year + 2)
    off, extra, zh = public_holidays(country, years, "zh_CN")
    _, _, en = public_holidays(country, years, "en_US")
    for day in sorted(off):
        yield put(CalendarDay, {"day": day}, {"working": False, "name_zh": zh[day], "name_en": en.get(day, "")}, refresh)
    for day in sorted(extra):
        yield put(CalendarDay, {"day": day}, {"working": True}, refresh)
    db.session.info.pop("calendar", None)  # what this session read before is out of date


def _replace_hours(hours: dict[str, list]) -> None:
    db.session.execute(delete(WorkHours).where(WorkHours.season_id.is_(None)))
    for weekday, name in enumerate(WEEKDAYS):
        for starts, ends in hours.get(name, ()):
            db.session.add(WorkHours(weekday=weekday, starts=starts, ends=ends))
    db.session.flush()
