"""The bell: one's own notices, opened and marked; and the frame around the pages."""
import pytest

from catalog import queries as catalog
from core import clock
from core.db import db
from notifications.models import Notice
from reporting.hot import queries
from reporting.hot.models import HotIssue
from tests.builders import numbers, staff, ticket
from tests.pages import PageClient


def told(user, made, kind="assigned"):
    notice = Notice(user_id=user.id, kind=kind, ticket_id=made.id, dedupe_key=f"test:{next(numbers)}", at=clock.now())
    db.session.add(notice)
    db.session.flush()
    return notice


@pytest.fixture
def handler(database):
    return staff()


def test_opening_a_notice_marks_it_as_read_and_the_bell_counts_the_others(app, handler):
    made = ticket("dispatched", handler=handler, text="Look at me")
    one, _other = told(handler, made), told(handler, made, "continued")
    client = PageClient(app).sign_in(handler)
    page = client.get("/desk/notices")
    assert "Look at me" in page.text
    assert "Notices 2" in page.text
    client.submit(page, action=f"/notices/{one.id}")
    db.session.refresh(one)
    assert one.read_at is not None
    assert "Notices 1" in client.get("/desk/notices").text


def test_all_at_once(app, handler):
    for _number in range(3):
        told(handler, ticket("dispatched", handler=handler))
    client = PageClient(app).sign_in(handler)
    client.submit(client.get("/desk/notices"), action="/notices/read")
    assert not db.session.scalars(db.select(Notice).filter_by(user_id=handler.id, read_at=None)).all()


def test_notices_of_others_do_not_exist(app, handler):
    notice = told(handler, ticket("dispatched", handler=handler, text="Not yours"))
    client = PageClient(app).sign_in(staff())
    assert "Not yours" not in client.get("/desk/notices").text
    client.post(f"/desk/notices/{notice.id}", status=404)
    client.post("/desk/notices/read")
    db.session.refresh(notice)
    assert notice.read_at is None


def test_a_ticket_that_one_may_no_longer_see_is_not_named(app, handler):
    made = ticket("dispatched", handler=handler, leaf="DLV.LATE", text="Secret now")
    told(handler, made)
    made.sealed, made.assignee_id = True, None
    told(handler, made, "stood_aside")
    text = PageClient(app).sign_in(handler).get("/desk/notices").text
    assert "Secret now" not in text
    assert text.count("It is no longer with you.") == 1


def test_a_rise_is_named_to_those_who_may_look_at_it(app, handler):
    leaf, now = catalog.leaf("DLV.LATE"), clock.now()
    issue = HotIssue(leaf_code=leaf.code, area="north", started_at=now, opened_at=now, last_at=now,
                     hours=1, observed=9, retailers=9, expected=0.1, p=1e-9)
    db.session.add(issue)
    db.session.flush()
    for user, named in ((handler, False), (staff(roles=("hotline",), certificates={}), True)):
        db.session.add(Notice(user_id=user.id, kind="hot", path=queries.path(issue.id), dedupe_key=f"test:{next(numbers)}", at=now))
        assert (f"{leaf.name_en} · north" in PageClient(app).sign_in(user).get("/desk/notices").text) is named


def test_an_empty_bell_says_when_it_rings(app, handler):
    assert "No notices" in PageClient(app).sign_in(handler).get("/desk/notices").text


@pytest.mark.parametrize(("role", "offered", "hidden"), [
    ("hotline", {"/desk/tasks"}, {"/desk/closing", "/desk/mine"}), ("handler", {"/desk/mine", "/desk/team"}, {"/desk/closing", "/desk/quality"}),
    ("manager", {"/desk/closing", "/desk/due"}, {"/desk/quality", "/desk/settings"}), ("qa", {"/desk/quality"}, {"/desk/closing", "/desk/review"}),
    ("admin", set(), {"/desk/mine", "/desk/closing", "/desk/tasks"})])
def test_the_navigation_holds_what_the_role_may_open_and_nothing_else(app, database, role, offered, hidden):
    client = PageClient(app).sign_in(staff(roles=(role,), certificates={}))
    links = set(client.get("/desk/notices").links)
    assert offered <= links
    assert not hidden & links
    for href in links:
        client.get(href)


def test_a_visitor_gets_pages_without_navigation(app, database):
    staff()
    page = PageClient(app).get("/desk/mine")
    assert page.path == "/desk/sign-in"
    assert "/desk/team" not in page.links
