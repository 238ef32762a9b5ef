"""The organisation whose complaints these are: name, hotline, zone, calendar of working time."""
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core import settings
from core.business_time import Calendar, Season, Week
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


class WorkSeason(Numbered, db.Model):
    """Days, both ends included, on which other hours hold than the ordinary ones: summer hours. Seasons do not overlap."""

    starts: Mapped[date]
    ends: Mapped[date]
    name_zh: Mapped[str] = mapped_column(server_default="")
    name_en: Mapped[str] = mapped_column(server_default="")
    hours: Mapped[list["WorkHours"]] = relationship(cascade="all, delete-orphan", passive_deletes=True, order_by="WorkHours.weekday, WorkHours.starts")
    __table_args__ = (CheckConstraint("ends >= starts", "order"),)


class WorkHours(Numbered, db.Model):
    """One span of working time, ordinary or of a season; weekday 0 is Monday; times are local, HH:MM."""

    weekday: Mapped[int]
    starts: Mapped[str]
    ends: Mapped[str]
    season_id: Mapped[int | None] = mapped_column(ForeignKey("work_season.id", ondelete="CASCADE"), index=True)


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
    spans = db.session.scalars(db.select(WorkHours).order_by(WorkHours.weekday, WorkHours.starts)).all()
    others = {span.season_id for span in spans} - {None}
    seasons = db.session.scalars(db.select(WorkSeason).where(WorkSeason.id.in_(others))).all() if others else ()
    days = db.session.scalars(db.select(CalendarDay)).all()
    return Calendar(hours=_week(spans, None), tz=zone(),
                    off=frozenset(d.day for d in days if not d.working),
                    extra=frozenset(d.day for d in days if d.working),
                    seasons=tuple(Season(s.starts, s.ends, _week(spans, s.id)) for s in seasons))


def _week(spans, season_id: int | None) -> Week:
    hours: dict[int, list] = {}
    for span in spans:
        if span.season_id == season_id:
            hours.setdefault(span.weekday, []).append((time.fromisoformat(span.starts), time.fromisoformat(span.ends)))
    return {weekday: tuple(found) for weekday, found in hours.items()}
