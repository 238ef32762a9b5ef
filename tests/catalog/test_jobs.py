"""The calendar is ahead of the year."""
from datetime import UTC, date, datetime

from sqlalchemy import delete, func, select

from core import clock
from core.organisation import CalendarDay


def days(database, year):
    return database.session.scalar(select(func.count()).where(CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))))


def test_next_year_comes_in_once(database, queue):
    with clock.frozen(datetime(2027, 12, 1, tzinfo=UTC)):
        database.session.execute(delete(CalendarDay).where(CalendarDay.day >= date(2028, 1, 1)))  # a set-up of these days may have it
        assert days(database, 2028) == 0
        queue.enqueue("extend_calendar")
        queue.run()
        assert days(database, 2028) > 5
        database.session.execute(delete(CalendarDay).where(CalendarDay.day == date(2028, 1, 1)))
        database.session.commit()
        before = days(database, 2028)
        queue.enqueue("extend_calendar")
        queue.run()
        assert days(database, 2028) == before
