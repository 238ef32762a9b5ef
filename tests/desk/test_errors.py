"""Error pages: the staff stay on the staff's side, the retailers on theirs, and no database is needed to say that it is away."""
import pytest
from sqlalchemy.exc import OperationalError

from accounts import sessions
from app import create_app
from core import settings
from core.db import db
from desk.frame import numbers
from tests.builders import staff
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("database")
HOTLINE = "12313"


@pytest.fixture
def browser(app, database):
    """The browser of a handler who reads English, where a hotline is known."""
    settings.put("hotline_number", HOTLINE)
    return PageClient(app).sign_in(staff("wang", language="en"))


def is_of_the_staff(page) -> bool:
    """Whether an error page leads back to the desk and not to the retailer's start page."""
    assert ("/" in page.links) != ("/desk/" in page.links)
    return "/desk/" in page.links and HOTLINE not in page.text


@pytest.mark.parametrize(("path", "status"), [("/desk/people", 403), ("/desk/no-such-page", 404), ("/desk/tickets/999999", 404)])
def test_staff_stay_on_the_desk(browser, path, status):
    page = browser.get(path, status=status)
    assert is_of_the_staff(page)
    assert "hotline" not in page.text


def test_an_expired_form_stays_on_the_desk(browser):
    answer = browser.browser.post("/desk/me", data={"csrf_token": "old"})
    assert answer.status_code == 400
    assert 'href="/desk/"' in answer.get_data(as_text=True)


def test_retailers_stay_on_their_side(browser):
    assert not is_of_the_staff(browser.get("/no-such-page", status=404))


def _away(*_args, **_more):
    raise OperationalError("SELECT", {}, Exception("the database is away"))


@pytest.fixture
def frail(app, browser):
    """The same browser before an application that shows its faults as it does in earnest."""
    real = create_app(dict(app.config) | {"TESTING": False, "PROPAGATE_EXCEPTIONS": False})
    db._app_engines[real] = db._app_engines[app]
    client = PageClient(real)
    with browser.browser.session_transaction() as old, client.browser.session_transaction() as new:
        new.update(old)
    return client


def test_a_fault_needs_nothing_that_may_be_its_cause(frail, monkeypatch):
    monkeypatch.setattr(numbers, "read", lambda _actor: 1 / 0)
    page = frail.get("/desk/me", status=500)
    assert page.heading == "Something went wrong on our side"
    assert is_of_the_staff(page)


def test_without_a_database_the_staff_are_told_too(frail, monkeypatch):
    monkeypatch.setattr(sessions, "find", _away)
    monkeypatch.setattr(settings, "get", _away)
    assert is_of_the_staff(frail.get("/desk/me?lang=en", status=500))
