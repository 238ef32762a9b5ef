"""One's own page of shifts, leave and ties: stand-ins, declaring, what is refused and what is somebody else's."""
from datetime import timedelta

import pytest

from catalog import people, roster
from catalog.models import Leave
from catalog.queries import today
from core import clock
from core.actor import SYSTEM
from core.db import db
from retailers import relations
from retailers.models import Relation
from tests.builders import retailer, staff
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("database")
PAGE = "/desk/me/away"


@pytest.fixture
def me(database):
    return staff(name="Me Myself")


@pytest.fixture
def browser(app, me):
    return PageClient(app).sign_in(me)


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "qa", "compliance", "liaison", "admin"])
def test_everybody_has_this_page(app, role):
    page = PageClient(app).sign_in(staff(roles=(role,), certificates={})).get(PAGE, links=True)
    assert all(words in page.text for words in ("None to come.", "None entered.", "Nothing declared."))


def test_the_stand_in_of_ones_own_leave(browser, me):
    other = staff(name="Stand In")
    row = people.enter_leave(SYSTEM, me, today(), today() + timedelta(days=3))
    page = browser.submit(browser.get(PAGE), action=f"/{row.id}/stand-in", stand_in=other.id)
    assert "Noted." in page.text
    assert db.session.get(Leave, row.id).stand_in_id == other.id
    browser.submit(page, action=f"/{row.id}/stand-in", stand_in=0)
    assert db.session.get(Leave, row.id).stand_in_id is None
    assert "Choose somebody from the list." in browser.submit(page, action=f"/{row.id}/stand-in", status=422, stand_in=me.id).text


def test_the_leave_of_others_and_what_is_over_is_not_ones_own(browser, me):
    for user, start in ((staff(), today()), (me, today() - timedelta(days=9))):
        row = people.enter_leave(SYSTEM, user, start, start + timedelta(days=1))
        browser.post(f"{PAGE}/{row.id}/stand-in", status=404, stand_in=0)


def test_a_tie_is_declared_and_ended(browser, me):
    shop, colleague = retailer(shop_name="My Sister's Shop"), staff(name="My Husband")
    page = browser.submit(browser.get(PAGE), action="/me/ties", shop=f" {shop.licence_no[:4]} {shop.licence_no[4:]}")
    assert "My Sister's Shop" in page.text
    page = browser.submit(page, action="/me/ties", colleague=colleague.id)
    first, second = relations.of(me)
    assert (first.retailer_id, second.colleague_id) == (shop.id, colleague.id)
    page = browser.submit(page, action=f"/me/ties/{first.id}/end")
    assert "My Sister's Shop" not in page.text
    assert db.session.get(Relation, first.id).ended_at is not None
    browser.post(f"/desk/me/ties/{first.id}/end", status=404)


@pytest.mark.parametrize(("fields", "words"), [
    ({}, "Name a shop or a colleague."), ({"shop": "999"}, "There is no shop with this licence number."), ({"shop": "both"}, "Name either a shop or a colleague"),
])
def test_what_cannot_be_declared_is_said_and_stays_typed(browser, me, fields, words):
    more = {"shop": retailer().licence_no, "colleague": staff().id} if fields.get("shop") == "both" else fields
    page = browser.submit(browser.get(PAGE), action="/me/ties", status=422, **more)
    assert words in page.text
    assert not fields or more["shop"] in page.html
    assert relations.of(me) == []


def test_a_tie_of_somebody_else_cannot_be_ended(browser):
    other = staff()
    row = relations.declare(SYSTEM, other, shop=retailer())
    browser.post(f"/desk/me/ties/{row.id}/end", status=404)


def test_ones_own_shifts_to_come_and_that_nothing_rings(browser, me):
    roster.enter(SYSTEM, me, None, clock.now() + timedelta(days=1), clock.now() + timedelta(days=1, hours=8))
    roster.enter(SYSTEM, me, None, clock.now() - timedelta(days=2), clock.now() - timedelta(days=1))
    page = browser.get(PAGE)
    assert "Nothing rings at night then." in page.text
    assert len([item for item in page.tree.all("li") if " – " in item.text]) == 1
