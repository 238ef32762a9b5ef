"""Saying on a ticket's page who is complained about: it leaves the page of whoever is near, and the desk of who had it."""
import pytest

from tests.builders import staff, ticket
from tests.pages import PageClient


@pytest.fixture
def driver(database):
    return staff(name="Grace Miller")


def path(made):
    return f"/desk/tickets/{made.case_no}"


def test_the_hotline_names_somebody_and_takes_him_out_again(app, driver, queue):
    made = ticket("in_progress", handler=staff())
    hotline = PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))
    page = hotline.submit(hotline.get(path(made)), "/do/name_staff", **{"name_staff-other": driver.id})
    assert "Grace Miller" in page.text
    assert (made.named_ids, made.state, made.assignee_id) == ([driver.id], "dispatched", None)
    hotline.submit(page, "/do/name_staff", **{"name_staff-people": []})
    assert made.named_ids == []


def test_who_names_somebody_near_him_does_not_see_it_any_more(app, driver, queue):
    handler = staff()
    made = ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.submit(client.get(path(made)), "/do/name_staff", **{"name_staff-other": driver.id})
    assert "Kept from whoever is named" in page.text
    client.get(path(made), 404)
    queue.run()
    notices = client.get("/desk/notices")
    assert "was taken from your desk" in notices.text
    assert made.case_no not in notices.html


def test_a_colleague_is_not_offered_the_button(app, driver, queue):
    made = ticket("in_progress", handler=staff())
    page = PageClient(app).sign_in(staff()).get(path(made))
    assert "Say who is complained about" not in page.text
