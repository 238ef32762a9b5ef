"""Is the plan of holidays and make-up days known for the year to come?"""
from datetime import date, timedelta

from sqlalchemy import extract, func, select

from core import settings
from core.db import db
from core.organisation import CalendarDay
from core.settings import Setting

settings.define(Setting("plan_warn_days", "int", 75, "clocks", "Days before the new year from which a missing plan of holidays is told to administrators"))


def lacks_make_up_days(year: int) -> bool:
    """True if the year before has make-up working days and this one has none yet: its plan is not announced or not entered."""
    def count(of: int) -> int:
        query = select(func.count()).select_from(CalendarDay)
        return db.session.scalar(query.where(CalendarDay.working, extract("year", CalendarDay.day) == of))
    return count(year - 1) > 0 and count(year) == 0


def missing(today: date) -> int | None:
    """The year whose plan is missing and is needed by now: this one, or the next when it is near; None if all is well."""
    ahead = (today + timedelta(days=settings.get("plan_warn_days"))).year
    return next((year for year in range(today.year, ahead + 1) if lacks_make_up_days(year)), None)
