"""The calendar page: hours of the week, days that differ, the public holidays."""
from datetime import date

import pytest

from catalog import calendar_services, queries, season_services
from core import organisation, settings
from core.audit import AuditEntry
from core.business_time import is_working_day
from core.errors import DomainError
from core.organisation import CalendarDay
from tests import builders
from tests.pages import PageClient


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


@pytest.mark.parametrize(("text", "spans"), [
    ("09:00-12:00, 13:00-18:00", [("09:00", "12:00"), ("13:00", "18:00")]),
    ("9：00至12：00；13:00—18:00", [("09:00", "12:00"), ("13:00", "18:00")]),
    ("00:00-24:00", [("00:00", "00:00")]),
    ("  ", []),
])
def test_hours_as_people_write_them(text, spans):
    assert calendar_services.read_spans(text) == spans
    assert calendar_services.read_spans(calendar_services.write_spans(spans)) == spans


@pytest.mark.parametrize("text", ["nine to five", "18:00-09:00", "09:00-12:00, 11:00-13:00", "09:00", "09:00-25:00", "09:00-09:00", "09:00-24:30"])
def test_hours_that_cannot_be_read(text):
    with pytest.raises(DomainError, match="bad_hours"):
        calendar_services.read_spans(text)


def test_hours_are_changed(admin, database):
    admin.submit(admin.get("/desk/calendar"), action="/calendar/hours", day_5="10:00-14:00")
    assert calendar_services.hours()[5] == [("10:00", "14:00")]
    assert is_working_day(organisation.calendar(), date(2031, 3, 1))  # a Saturday
    entry = database.session.scalars(database.select(AuditEntry).filter_by(target="calendar:hours")).one()
    assert (entry.detail["before"]["saturday"], entry.detail["after"]["saturday"]) == ("", "10:00-14:00")


def test_a_fault_in_the_hours_keeps_what_was_typed(admin):
    page = admin.submit(admin.get("/desk/calendar"), action="/calendar/hours", day_0="mornings", day_5="10:00-14:00")
    assert "Write hours as" in page.text
    assert "mornings" in page.html
    assert calendar_services.hours()[5] == []


def test_a_week_without_work_is_refused(admin):
    page = admin.submit(admin.get("/desk/calendar"), action="/calendar/hours", **{f"day_{weekday}": "" for weekday in range(7)})
    assert "At least one day of the week" in page.text
    assert calendar_services.hours()[0]


def test_a_day_is_added_changed_and_removed(admin, database):
    year = queries.today().year
    admin.submit(admin.get("/desk/calendar"), action="/calendar/days", day=f"{year}-11-11", working="off", name_en="Stocktaking")
    assert not database.session.get(CalendarDay, date(year, 11, 11)).working
    page = admin.submit(admin.get("/desk/calendar"), action="/calendar/days", day=f"{year}-11-11", working="on")
    assert database.session.get(CalendarDay, date(year, 11, 11)).working
    admin.submit(page, action=f"/calendar/days/{year}-11-11/remove")
    assert database.session.get(CalendarDay, date(year, 11, 11)) is None
    assert len(database.session.scalars(database.select(AuditEntry).filter_by(target=f"calendar:{year}-11-11")).all()) == 3


def test_a_day_needs_a_date(admin):
    assert "Choose a day" in admin.submit(admin.get("/desk/calendar"), action="/calendar/days", day="", name_en="Nothing").text


def test_filling_in_leaves_what_was_set_by_hand(admin, database):
    year = queries.today().year
    admin.submit(admin.get("/desk/calendar"), action="/calendar/fill")
    new_year = database.session.get(CalendarDay, date(year, 1, 1))
    assert new_year.name_zh
    admin.submit(admin.get("/desk/calendar"), action="/calendar/days", day=f"{year}-01-01", working="on", name_en="Open this time")
    page = admin.submit(admin.get("/desk/calendar"), action="/calendar/fill")
    assert "All known public holidays are in the list" in page.text
    database.session.expire_all()
    assert database.session.get(CalendarDay, date(year, 1, 1)).working


def test_a_country_without_known_holidays(admin, database):
    settings.put("country", "XX")
    assert "public holidays of XX are not known" in admin.submit(admin.get("/desk/calendar"), action="/calendar/fill").text


def test_days_off_and_the_weekends_worked_for_them_are_named_as_the_page_writes_dates(admin, database):
    database.session.execute(database.delete(CalendarDay))
    year = queries.today().year
    off, worked, alone = date(year, 6, 1), *(date(year, 7, day) for day in range(1, 15) if date(year, 7, day).weekday() == 5)
    for row in (CalendarDay(day=off, working=False, name_en=f"Day off (substituted from {worked:%m/%d/%Y})", name_zh=f"休息日（由 {worked} 调休）"),
                CalendarDay(day=worked, working=True), CalendarDay(day=alone, working=True),
                CalendarDay(day=date(year, 8, 1), working=False, name_en="Room 99/99/2026")):
        database.session.add(row)
    page = admin.get("/desk/calendar")
    assert f"Day off (substituted from {worked:%a} {worked.day} Jul)" in page.text
    assert f"Worked for the day off on {off:%a} 1 Jun" in page.text
    assert "Make-up working day Working day" in page.text
    assert "Room 99/99/2026" in page.text
    assert f"休息日（由 7月{worked.day}日 周六 调休）" in admin.get("/desk/calendar?lang=zh").text


@pytest.mark.parametrize(("code", "name"), [("CN", "China"), ("XX", "XX")])
def test_the_country_has_its_name(admin, code, name):
    settings.put("country", code)
    assert f"Fill in the public holidays of {name}" in admin.get("/desk/calendar").text


def test_missing_make_up_days_are_told(admin, database):
    year = queries.today().year
    database.session.execute(database.delete(CalendarDay))
    assert "make-up working days yet" not in admin.get("/desk/calendar").text
    database.session.add(CalendarDay(day=date(year, 2, 1), working=True))
    assert f"{year + 1} has no make-up working days yet" in admin.get("/desk/calendar").text
    database.session.add(CalendarDay(day=date(year + 1, 2, 1), working=True))
    assert "make-up working days yet" not in admin.get("/desk/calendar").text


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "qa", "compliance", "liaison"])
def test_the_calendar_is_for_administrators(app, database, role):
    client = PageClient(app).sign_in(builders.staff(roles=(role,)))
    client.get("/desk/calendar", status=403)
    for path in ("/desk/calendar/hours", "/desk/calendar/days", "/desk/calendar/days/2026-01-01/remove", "/desk/calendar/fill",
                 "/desk/calendar/seasons/new", "/desk/calendar/seasons/1", "/desk/calendar/seasons/1/again", "/desk/calendar/seasons/1/remove"):
        client.post(path, status=403)


WEEK = {f"day_{weekday}": "08:00-11:30, 14:30-18:00" for weekday in range(5)}


def test_a_season_is_entered_changed_taken_over_and_removed(admin):
    page = admin.submit(admin.get("/desk/calendar/seasons/new"), starts="2031-06-01", ends="2031-09-30", name_en="Summer hours", **WEEK)
    assert "Summer hours" in page.text
    (row,) = season_services.seasons(2031)
    page = admin.get(f"/desk/calendar/seasons/{row.id}")
    assert "14:30-18:00" in page.html
    admin.submit(page, ends="2031-08-31")
    assert row.ends == date(2031, 8, 31)
    page = admin.submit(admin.get("/desk/calendar"), action=f"/seasons/{row.id}/again")
    assert "Entered for 2032 as well" in page.text
    page = admin.submit(page, action=f"/seasons/{row.id}/again")
    assert "Next year has this season already" in page.text
    admin.submit(page, action=f"/seasons/{row.id}/remove")
    assert [season.starts.year for season in season_services.seasons(2031)] == [2032]


@pytest.mark.parametrize(("fields", "words"), [
    ({"ends": "2031-05-01"}, "must not be before the first"), ({"starts": "2031-08-01", "ends": "2031-12-01"}, "Another season holds"),
    ({"starts": ""}, "Choose a day"), ({"starts": "2032-01-01", "ends": "2032-01-31", "day_0": "mornings"}, "Write hours as")])
def test_a_season_that_cannot_be_is_refused_with_what_was_typed(admin, fields, words):
    filled = {"starts": "2031-06-01", "ends": "2031-09-30", "name_en": "Summer hours"} | WEEK
    admin.submit(admin.get("/desk/calendar/seasons/new"), **filled)
    page = admin.submit(admin.get("/desk/calendar/seasons/new"), **(filled | {"name_en": "Other hours"} | fields))
    assert words in page.text
    assert "Other hours" in page.html
    assert len(season_services.seasons(2031)) == 1


@pytest.mark.parametrize("path", ["/desk/people", "/desk/operations", "/desk/catalog/sla", "/desk/settings"])
def test_the_missing_plan_is_told_on_the_pages_that_matter(admin, database, path):
    database.session.execute(database.delete(CalendarDay))
    year = queries.today().year
    assert "make-up working days yet" not in admin.get(path).text
    database.session.add(CalendarDay(day=date(year - 1, 2, 1), working=True))
    assert f"{year} has no make-up working days yet" in admin.get(path).text


def test_a_manager_is_not_told_of_it(app, database):
    database.session.execute(database.delete(CalendarDay))
    database.session.add(CalendarDay(day=date(queries.today().year - 1, 2, 1), working=True))
    manager = PageClient(app).sign_in(builders.staff(roles=("manager",), leads=True))
    assert "make-up working days yet" not in manager.get("/desk/people").text
