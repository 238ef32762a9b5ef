"""Seasons of the calendar: entered, changed, refused, taken over; and the plan of holidays that is missing."""
from datetime import UTC, date, datetime

import pytest

from catalog import calendar_plan, season_services
from catalog.season_services import Wanted
from core import clock, organisation
from core.actor import SYSTEM
from core.audit import AuditEntry
from core.business_time import add_working
from core.errors import DomainError
from core.organisation import CalendarDay, WorkHours
from notifications.models import Notice
from tests import builders

SUMMER_DAY = [("08:00", "11:30"), ("14:30", "18:00")]


def summer(starts=date(2031, 6, 1), ends=date(2031, 9, 30), **more) -> Wanted:
    return Wanted(**({"starts": starts, "ends": ends, "name_zh": "夏季作息", "name_en": "Summer hours", "hours": dict.fromkeys(range(5), SUMMER_DAY)} | more))


def test_a_season_holds_from_its_first_day_to_its_last(database):
    row = season_services.put(SYSTEM, None, summer())
    calendar, morning = organisation.calendar(), datetime(2031, 6, 2, 0, 0, tzinfo=UTC)  # eight in the morning there
    assert add_working(calendar, morning, 60) == datetime(2031, 6, 2, 1, 0, tzinfo=UTC)
    season_services.remove(SYSTEM, row)
    assert add_working(organisation.calendar(), morning, 60) == datetime(2031, 6, 2, 2, 0, tzinfo=UTC)
    assert database.session.scalars(database.select(WorkHours).where(WorkHours.season_id.is_not(None))).all() == []
    assert len(database.session.scalars(database.select(AuditEntry).filter_by(target="calendar:season:2031-06-01")).all()) == 2


def test_a_changed_season_has_its_new_hours_only(database):
    row = season_services.put(SYSTEM, None, summer())
    season_services.put(SYSTEM, row, summer(hours={0: [("10:00", "12:00")]}))
    assert {day: spans for day, spans in season_services.hours_of(row).items() if spans} == {0: [("10:00", "12:00")]}


@pytest.mark.parametrize(("wanted", "code"), [
    (summer(ends=date(2031, 5, 1)), "season_order"), (summer(hours={0: []}), "never_open"),
    (summer(date(2031, 9, 30), date(2031, 10, 3)), "season_overlaps"), (summer(date(2031, 5, 1), date(2031, 12, 1)), "season_overlaps")])
def test_what_cannot_be_a_season(database, wanted, code):
    season_services.put(SYSTEM, None, summer())
    with pytest.raises(DomainError, match=code):
        season_services.put(SYSTEM, None, wanted)


def test_the_same_again_next_year_once(database):
    row = season_services.put(SYSTEM, None, summer())
    made = season_services.again(SYSTEM, row)
    assert (made.starts, made.ends) == (date(2032, 6, 1), date(2032, 9, 30))
    assert season_services.hours_of(made) == season_services.hours_of(row)
    with pytest.raises(DomainError, match="season_there"):
        season_services.again(SYSTEM, row)


@pytest.fixture
def planned(database):
    """A plan for 2030 and none for 2031."""
    database.session.execute(database.delete(CalendarDay))
    database.session.add(CalendarDay(day=date(2030, 2, 1), working=True))
    database.session.flush()


@pytest.mark.parametrize(("today", "year"), [
    (date(2030, 9, 1), None), (date(2030, 11, 1), 2031), (date(2030, 12, 31), 2031), (date(2031, 1, 5), 2031)])
def test_the_missing_plan_is_told_when_it_is_needed(planned, today, year):
    assert calendar_plan.missing(today) == year


def test_administrators_hear_once_of_a_missing_plan(planned, database, queue):
    admin, handler = builders.staff(roles=("admin",), in_team=None), builders.staff()
    database.session.add(CalendarDay(day=date(2031, 1, 1), working=False))  # the holidays are known, their make-up days are not
    for day in (20, 21):
        with clock.frozen(datetime(2030, 12, day, tzinfo=UTC)):
            queue.enqueue("extend_calendar")
            queue.run()
    told = database.session.scalars(database.select(Notice).filter_by(kind="plan_missing")).all()
    assert [notice.user_id for notice in told] == [admin.id]
    assert handler.id != admin.id
