"""Keeping the calendar ahead of the year."""
from sqlalchemy import exists, extract, select

from catalog import calendar_loader, calendar_plan, queries
from catalog.events import CalendarPlanMissing
from core import clock, events
from core.db import db
from core.jobs import job
from core.organisation import CalendarDay


@job("extend_calendar", queue="slow")
def extend_calendar() -> None:
    """Bring in next year's public holidays once, and say so when its plan is still missing.

    Days that an administrator set or removed since stay as they are.
    """
    next_year = exists().where(extract("year", CalendarDay.day) == clock.now().year + 1)
    if not db.session.scalar(select(next_year)):
        list(calendar_loader.load_holidays())
    year = calendar_plan.missing(queries.today())
    if year is not None:
        events.emit(CalendarPlanMissing(year))
    db.session.commit()
