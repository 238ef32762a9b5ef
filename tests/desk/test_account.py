"""Sign-in, the first administrator, passwords and sessions, through the pages."""
import re
from datetime import timedelta

import pytest

from accounts import password_links, queries, sessions
from accounts.models import StaffSession
from app import create_app
from core import clock, settings
from core.audit import AuditEntry, Did
from core.db import db
from core.limits import limiter
from tests.builders import PASSWORD, staff
from tests.pages import PageClient

pytestmark = pytest.mark.usefixtures("database")
SIGN_IN = "/desk/sign-in"
ME = "/desk/me"


@pytest.fixture
def browser(app, database):
    """A browser that reads English and in which nobody is signed in."""
    client = PageClient(app)
    with client.browser.session_transaction() as cookie:
        cookie["lang"] = "en"
    return client


@pytest.fixture
def limited(app, database):
    """A browser of an application with rate limits in force, counted from nothing in the real Valkey."""
    strict = create_app(dict(app.config) | {"RATELIMIT_ENABLED": True})
    db._app_engines[strict] = db._app_engines[app]
    limiter.reset()
    yield PageClient(strict)
    limiter.reset()
    limiter.enabled = False


def sign_in(browser, login: str, password: str = PASSWORD, status: int = 200, where: str = SIGN_IN):
    """Use the form as a person does."""
    return browser.submit(browser.get(where), status=status, login=login, password=password)


def is_signed_in(browser):
    """Whether this browser is signed in."""
    return browser.get(ME, status=200).path == ME


def test_signing_in_and_out(browser):
    staff("wang", roles=("admin",))
    page = sign_in(browser, " WANG ", status=302)
    assert page.headers["Location"] == "/desk/"
    assert is_signed_in(browser)
    browser.submit(browser.get(ME), action="/sign-out")
    assert not is_signed_in(browser)
    row, = db.session.scalars(db.select(StaffSession))
    assert row.revoked_at is not None


def test_signing_in_makes_a_new_cookie_and_keeps_the_language(browser):
    staff("wang", language="zh")
    browser.get(SIGN_IN + "?lang=en")
    with browser.browser.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    sign_in(browser, "wang", status=302)
    with browser.browser.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie["lang"] == "en"
        assert sessions.find(cookie["staff"]).user.login == "wang"


def test_a_stolen_cookie_is_worthless_after_signing_out(browser):
    staff("wang")
    sign_in(browser, "wang", status=302)
    with browser.browser.session_transaction() as cookie:
        stolen = dict(cookie)
    browser.submit(browser.get(ME), action="/sign-out")
    with browser.browser.session_transaction() as cookie:
        cookie.update(stolen)
    assert not is_signed_in(browser)


def test_a_wrong_name_and_a_wrong_password_look_alike(browser):
    staff("wang")
    pages = [sign_in(browser, login, "not this one at all", status=422) for login in ("wang", "nobody")]
    for page in pages:
        assert "Sign-in name or password is wrong." in page.text
        assert 'value="not this one' not in page.html
    assert pages[0].text == pages[1].text
    found = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert found.count(Did.USER_SIGN_IN_FAILED.value) == 2


@pytest.mark.parametrize(("wanted", "reached"), [
    ("/desk/me", "/desk/me"), ("/desk/me?lang=en", "/desk/me?lang=en"), ("//evil.example/", "/desk/"), ("https://evil.example/desk/", "/desk/"),
    ("/\\evil.example", "/desk/"), ("/desk/\\evil", "/desk/"), ("/desk/\r\nSet-Cookie: a=b", "/desk/"), ("/t/abc", "/desk/"), ("", "/desk/"),
])
def test_after_signing_in_only_our_own_pages_are_opened(browser, wanted, reached):
    staff("wang")
    page = browser.submit(browser.get(SIGN_IN), status=302, login="wang", password=PASSWORD, next=wanted)
    assert page.headers["Location"] == reached


def test_a_closed_page_leads_to_sign_in_and_then_on_to_itself(browser):
    staff("wang")
    page = browser.get(ME)
    assert page.path == SIGN_IN
    assert browser.submit(page, login="wang", password=PASSWORD).path == ME


def test_the_demo_says_where_its_sign_in_names_are(browser):
    staff("wang")
    assert "Demo data" not in browser.get(SIGN_IN).text
    settings.put("demo", True)
    assert "printed when Redress was started" in browser.get(SIGN_IN).text


def test_tries_at_one_name_are_limited_for_the_address_they_come_from(limited):
    staff("wang")
    form = limited.get(SIGN_IN + "?lang=en")
    for number in range(10):
        limited.submit(form, status=422, login="Wang" if number % 2 else "wang", password="wrong")
    told = limited.submit(form, status=429, login="wang", password=PASSWORD)
    assert re.search(r"Please wait (10|[1-9]) minutes?, then sign in again", told.text)
    assert 'value="wang"' in told.html
    assert limited.submit(told, status=422, login="other", password="wrong").path == SIGN_IN
    limited.browser.environ_base["REMOTE_ADDR"] = "10.0.0.2"
    limited.submit(told, status=302, login="wang", password=PASSWORD)


def test_tries_at_one_name_are_limited_from_many_addresses_too(limited):
    staff("wang")
    form = limited.get(SIGN_IN)
    for number in range(50):
        limited.browser.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        limited.submit(form, status=422, login="wang", password="")
    limited.browser.environ_base["REMOTE_ADDR"] = "10.0.1.1"
    limited.submit(form, status=429, login="wang", password=PASSWORD)
    limited.submit(form, status=422, login="other", password="")


def test_pressing_on_while_one_has_to_wait_is_not_counted(limited):
    staff("wang")
    form = limited.get(SIGN_IN)
    for _try in range(10):
        limited.submit(form, status=422, login="wang", password="")
    for _try in range(25):
        limited.submit(form, status=429, login="wang", password="")
    limited.submit(form, status=422, login="other", password="")


def test_tries_are_limited_for_one_address_with_many_names(limited):
    staff("wang")
    form = limited.get(SIGN_IN)
    for number in range(30):
        limited.submit(form, status=422, login=f"guess{number}", password="")
    limited.submit(form, status=429, login="wang", password=PASSWORD)


def test_signing_in_rightly_is_not_counted(limited):
    staff("wang")
    for _time in range(12):
        sign_in(limited, "wang", status=302)
        limited.submit(limited.get(ME), action="/sign-out")


def test_an_idle_browser_is_signed_out_and_a_used_one_stays(browser):
    browser.sign_in(staff("wang", language="en"))
    start = clock.now()
    for hours in (11, 22):
        with clock.frozen(start + timedelta(hours=hours)):
            assert is_signed_in(browser)
    with clock.frozen(start + timedelta(hours=35)):
        assert not is_signed_in(browser)


def test_the_first_visit_makes_the_first_administrator_and_then_never_again(browser):
    page = browser.get("/desk/me")
    assert page.path == "/desk/first-administrator"
    again = browser.submit(page, status=422, name="Chen", login="chen", password="password123", again="password123")
    assert "Too many people use this password." in again.text
    assert 'value="Chen"' in again.html
    made = browser.submit(again, status=302, password=PASSWORD, again=PASSWORD)
    assert made.headers["Location"] == "/desk/"
    assert is_signed_in(browser)
    assert queries.by_login("chen").roles == ["admin"]
    browser.get("/desk/first-administrator", status=404)
    browser.post("/desk/first-administrator", status=404, name="Eve", login="eve", password=PASSWORD, again=PASSWORD)
    assert queries.by_login("eve") is None


@pytest.mark.parametrize(("fields", "words"), [
    ({"again": "something else"}, "The two passwords are not the same."),
    ({"password": "short", "again": "short"}, "10 characters or more"),
    ({"login": ""}, "Please choose a sign-in name."),
    ({"name": "  "}, "Please enter your name."),
])
def test_what_is_wrong_with_the_first_account_is_said(browser, fields, words):
    filled = {"name": "Chen", "login": "chen", "password": PASSWORD, "again": PASSWORD} | fields
    assert words in browser.submit(browser.get("/desk/first-administrator"), status=422, **filled).text
    assert not queries.exists()


def test_a_forgotten_password_is_set_by_letter(browser, queue, gateways):
    staff("wang", email="wang@example.test")
    sent = browser.submit(browser.get("/desk/forgot"), who="WANG@example.test")
    assert sent.heading == "Look into your mail"
    queue.run()
    letter, = gateways["email"].sent
    path = letter.body.split("http://redress.test")[1].split()[0]
    page = browser.submit(browser.get(path), password="a new harbour", again="a new harbour")
    assert page.path == SIGN_IN
    assert "Your password is set." in page.text
    assert sign_in(browser, "wang", "a new harbour", status=302)
    assert browser.get(path, status=410).heading == "This link no longer works"


@pytest.mark.parametrize("who", ["nobody", "leaver", "without", "two@example.test"])
def test_asking_tells_nobody_who_exists(browser, queue, who):
    staff("wang")
    staff("leaver").active = False
    staff("without", email=None)
    for _person in range(2):
        staff(email="two@example.test")
    page = browser.submit(browser.get("/desk/forgot"), who=who)
    assert page.heading == "Look into your mail"
    assert queue.waiting == []


def test_a_weak_password_does_not_use_up_the_link(browser):
    _link, token = password_links.make(staff("wang"), "invite")
    page = browser.submit(browser.get(f"/desk/reset/{token}"), status=422, password="password123", again="password123")
    assert "Too many people use this password." in page.text
    assert browser.submit(page, password=PASSWORD, again=PASSWORD).path == SIGN_IN


def test_a_refused_password_is_not_said_to_be_kept(browser):
    _link, token = password_links.make(staff("wang"), "invite")
    page = browser.submit(browser.get(f"/desk/reset/{token}"), status=422, password=PASSWORD, again="another one")
    assert "Passwords are not kept" in page.text
    assert "still here" not in page.text


@pytest.mark.parametrize(("chosen", "heading", "next_heading"), [(None, "Choose a password", "Sign in"), ("zh", "设一个密码", "登录")])
def test_an_invitation_speaks_the_language_of_the_account_unless_the_reader_chose(app, database, chosen, heading, next_heading):
    fresh = PageClient(app)
    if chosen:
        fresh.get(f"{SIGN_IN}?lang={chosen}")
    _link, token = password_links.make(staff("wang", language="en"), "invite")
    page = fresh.get(f"/desk/reset/{token}")
    assert page.heading == heading
    assert fresh.submit(page, password=PASSWORD, again=PASSWORD).heading == next_heading


def test_a_link_does_not_change_the_language_of_somebody_else_who_is_signed_in(app, database):
    fresh = PageClient(app).sign_in(staff("admin", language="en"))
    _link, token = password_links.make(staff("wang", language="zh"), "invite")
    fresh.get(f"/desk/reset/{token}")
    assert fresh.get(ME).heading == "My account"


def test_a_given_password_is_changed_before_anything_else(browser):
    user = staff("wang", language="en")
    user.must_change_password = True
    browser.sign_in(user)
    page = browser.get(ME)
    assert page.path == "/desk/password"
    done = browser.submit(page, present=PASSWORD, password="a new harbour", again="a new harbour")
    assert done.path == ME
    assert is_signed_in(browser)


def test_changing_the_password_signs_other_browsers_out(app, browser):
    user = staff("wang", language="en")
    browser.sign_in(user)
    other = PageClient(app).sign_in(user)
    page = browser.submit(browser.get("/desk/password"), status=422, present="wrong one", password="a new harbour", again="a new harbour")
    assert "Your present password is not this one." in page.text
    browser.submit(page, present=PASSWORD, password="a new harbour", again="a new harbour")
    assert is_signed_in(browser)
    assert not is_signed_in(other)


def test_preferences_are_kept_and_a_missing_address_is_said(browser):
    user = staff("wang", language="zh", email=None, phone="+8613800130000")
    browser.sign_in(user)
    page = browser.submit(browser.get(ME), status=422, language="en", notify_by="email")
    assert "We do not know your e-mail address." in page.text
    assert browser.submit(page, language="en", notify_by="sms").heading == "My account"
    db.session.refresh(user)
    assert (user.language, user.notify_by) == ("en", "sms")


def test_another_browser_is_signed_out_from_here(app, browser):
    user, stranger = staff("wang", language="en"), staff("other")
    browser.sign_in(user)
    others = [PageClient(app).sign_in(user) for _browser in range(2)]
    strangers = PageClient(app).sign_in(stranger)
    first = sessions.of_user(user)
    page = browser.get(ME)
    assert page.text.count("Sign out there") == 2
    second = browser.submit(page, action=f"/sessions/{next(form for form in _ends(page))}/end")
    assert second.text.count("Sign out there") == 1
    browser.submit(second, action="/sessions/end-others")
    assert len(first) == 3
    assert not any(is_signed_in(other) for other in others)
    assert is_signed_in(browser)
    assert is_signed_in(strangers)
    browser.post(f"/desk/me/sessions/{sessions.of_user(stranger)[0].id}/end", status=404)


def _ends(page):
    return [form.get("action").split("/")[-2] for form in page.forms() if form.get("action").endswith("/end")]
