"""The roster: who may see and change it, a week by days, the hours that nobody has, who is on call now."""
from datetime import timedelta

import pytest

from catalog import roster
from catalog.models import DutyShift
from core import clock
from core.actor import SYSTEM
from core.db import db
from tests.builders import staff, team
from tests.office_hours import MONDAY_MORNING, MONDAY_NIGHT
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("database")
WEEK = "/desk/roster?week=2026-11-16"


@pytest.fixture
def manager(app, database):
    return PageClient(app).sign_in(staff(roles=("manager",), leads=True))


def shift(user, starts=MONDAY_NIGHT, hours=8, for_team=None, weeks=1):
    return roster.enter(SYSTEM, user, for_team, starts, starts + timedelta(hours=hours), weeks)


def fill(browser, user, starts="2026-11-16T18:00", ends="2026-11-17T09:00", status=200, **more):
    return browser.submit(browser.get(WEEK), action="/roster", status=status, user=user.id, starts=starts, ends=ends, **more)


def test_nobody_is_on_call_because_he_stands_first_in_the_list(manager):
    page = manager.submit(manager.get(WEEK), action="/roster", status=422, starts="2026-11-16T18:00", ends="2026-11-17T09:00")
    assert "Choose who is on call." in page.text
    assert db.session.scalar(db.select(DutyShift.id)) is None


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "compliance", "liaison", "manager", "admin"])
def test_everybody_looks_and_only_managers_and_administrators_change(app, role):
    number = shift(staff(name="Night Owl"))[0].id
    browser, edits = PageClient(app).sign_in(staff(roles=(role,))), role in ("manager", "admin")
    with clock.frozen(MONDAY_MORNING):
        page = browser.get(WEEK)
        assert "Night Owl" in page.text
        assert ("Put somebody on call" in page.text) is edits
        browser.post("/desk/roster", status=422 if edits else 403)
        browser.post(f"/desk/roster/{number}/remove", status=302 if edits else 403)
    assert (db.session.get(DutyShift, number) is None) is edits


def test_a_night_shows_on_both_of_its_days_and_leaves_the_other_hours_bare(manager):
    with clock.frozen(MONDAY_MORNING):
        shift(staff(name="Night Owl"), MONDAY_MORNING.replace(hour=18), 15)
        page = manager.get(WEEK)
    days = [day.text for day in page.tree.all("li") if day.inside("ol") is not None]
    assert "18:00–24:00 Night Owl" in days[0]
    assert "Nobody" not in days[0]
    assert "00:00–09:00 Night Owl" in days[1]
    assert "Nobody: 18:00–24:00" in days[1]
    assert "Nobody: 00:00–24:00" in days[5]


def test_a_shift_is_entered_for_some_weeks_and_taken_off(manager):
    owl = staff(name="Night Owl")
    page = fill(manager, owl, weeks=3)
    assert "The shift is entered." in page.text
    assert [row.starts_at.date().isoformat() for row in db.session.scalars(db.select(DutyShift).order_by(DutyShift.starts_at))] == [
        "2026-11-16", "2026-11-23", "2026-11-30"]
    first = db.session.scalars(db.select(DutyShift.id).order_by(DutyShift.starts_at)).first()
    with clock.frozen(MONDAY_MORNING):
        page = manager.submit(manager.get(WEEK), action=f"/roster/{first}/remove?week=2026-11-16")
    assert "taken off" in page.text
    assert db.session.scalar(db.select(db.func.count()).select_from(DutyShift)) == 2


def test_a_shift_that_is_over_stays_and_has_no_button(manager):
    number = shift(staff(name="Night Owl"))[0].id
    with clock.frozen(MONDAY_NIGHT + timedelta(hours=8)):
        page = manager.get(WEEK)
        assert "Night Owl" in page.text
        assert "Take off" not in page.text
        assert "A shift that is over stays on the roster." in manager.post(f"/desk/roster/{number}/remove").text
    assert db.session.get(DutyShift, number) is not None


@pytest.mark.parametrize(("fields", "words"), [
    ({"ends": "2026-11-16T17:00"}, "must end after it begins"), ({"ends": "2026-12-16T17:00"}, "a week at most"), ({"weeks": "0"}, "1 to 26 weeks"),
    ({"weeks": "many"}, "Write a whole number."), ({"starts": ""}, "Choose the day and the hour from which it is."), ({"ends": "soon"}, "Choose the day and the hour until which it is."), ({"starts": "0026-01-01T10:00"}, "Choose a day between"),
])
def test_what_cannot_be_is_said_and_stays_typed(manager, fields, words):
    page = fill(manager, staff(), status=422, **fields)
    assert words in page.text
    assert db.session.scalar(db.select(DutyShift.id)) is None


def test_nobody_is_on_call_twice_at_once_for_the_same(manager):
    owl = staff(name="Night Owl")
    fill(manager, owl)
    assert "Night Owl is on call in some of these hours already." in fill(manager, owl, "2026-11-17T08:00", "2026-11-17T10:00", status=422).text
    assert "The shift is entered." in fill(manager, owl, "2026-11-17T09:00", "2026-11-17T10:00").text


def test_the_shifts_of_one_team_with_those_of_all(manager):
    shift(staff(name="Everywhere Owl"))
    shift(staff(name="Money Owl"), for_team=team("finance"))
    assert "24:00 Money Owl" not in manager.get(f"{WEEK}&team=logistics").text
    assert all(f"24:00 {name}" in manager.get(f"{WEEK}&team=finance").text for name in ("Money Owl", "Everywhere Owl"))


@pytest.mark.parametrize("week", ["nonsense", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_week_that_is_none_is_this_week(manager, week):
    assert "This week" in manager.get(f"/desk/roster?week={week}").text


def test_who_is_on_call_now_and_that_nobody_is(manager):
    with clock.frozen(MONDAY_NIGHT):
        assert "A critical ticket goes to the managers" in manager.get("/desk/roster").text
        shift(staff(name="Night Owl", phone="+8613800138000"))
        page = manager.get("/desk/roster")
        assert "Night Owl · All teams · until" in page.text
        assert "is told on the page only" in page.text
    with clock.frozen(MONDAY_MORNING):
        assert "the office is open" in manager.get("/desk/roster").text


def test_whoever_has_left_is_on_call_no_more(manager):
    owl = staff(name="Night Owl")
    shift(owl)
    owl.active = False
    db.session.commit()
    assert "24:00 Night Owl" not in manager.get(WEEK).text
