"""The organisation whose complaints these are: name, hotline, zone, calendar of working time."""
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Mapped, mapped_column

from core import settings
from core.business_time import Calendar
from core.db import Numbered, db
from core.settings import Setting

settings.define(
    Setting("org_name_zh", "text", "客户服务", "organisation", "Name of the organisation (Chinese)"),
    Setting("org_name_en", "text", "Customer Service", "organisation", "Name of the organisation (English)"),
    Setting("hotline_number", "text", "400-000-0000", "organisation", "Hotline number", variable="HOTLINE_NUMBER"),
    Setting("hotline_hours_zh", "text", "周一至周五 9:00–18:00；其他时间可留言", "organisation", "Hotline hours (Chinese)"),
    Setting("hotline_hours_en", "text", "Monday to Friday 9:00–18:00; at other times leave a message", "organisation", "Hotline hours (English)"),
    Setting("timezone", "text", "Asia/Shanghai", "organisation", "Time zone"),
    Setting("country", "text", "CN", "organisation", "Country of the public holidays"),
    Setting("demo", "bool", False, "organisation", "Demo data is loaded"),
)


class WorkHours(Numbered, db.Model):
    """One span of ordinary working time; weekday 0 is Monday; times are local, HH:MM."""

    weekday: Mapped[int]
    starts: Mapped[str]
    ends: Mapped[str]


class CalendarDay(db.Model):
    """A day that differs from its weekday: a holiday, or a make-up working day."""

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name_zh: Mapped[str] = mapped_column(server_default="")
    name_en: Mapped[str] = mapped_column(server_default="")


def zone() -> ZoneInfo:
    """The organisation's time zone."""
    return ZoneInfo(settings.get("timezone"))


def calendar() -> Calendar:
    """The working-time calendar as stored, read once a session."""
    info = db.session.info
    if "calendar" not in info:
        info["calendar"] = _read_calendar()
    return info["calendar"]


def _read_calendar() -> Calendar:
    hours: dict[int, list] = {}
    for span in db.session.scalars(db.select(WorkHours).order_by(WorkHours.weekday, WorkHours.starts)):
        hours.setdefault(span.weekday, []).append((time.fromisoformat(span.starts), time.fromisoformat(span.ends)))
    days = db.session.scalars(db.select(CalendarDay)).all()
    return Calendar(hours={weekday: tuple(spans) for weekday, spans in hours.items()}, tz=zone(),
                    off=frozenset(d.day for d in days if not d.working),
                    extra=frozenset(d.day for d in days if d.working))
