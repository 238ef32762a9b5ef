"""The people pages: who sees and changes what, invitations, certificates, leave, and leavers whose tickets move."""
from datetime import date, datetime, time, timedelta

import pytest

from accounts import password_links, queries, sessions
from accounts.models import User
from catalog import people, roster
from catalog.queries import today
from core import clock, organisation
from core.actor import SYSTEM
from core.audit import AuditEntry, Did
from core.db import db
from core.i18n import day, spoken
from gateways.base import PermanentFailure
from routing.models import RoutingDecision
from tests.builders import PASSWORD, retailer, staff, team, ticket
from tests.pages import PageClient
from tickets.services.replying import open_reply

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def admin(app, database):
    """The browser of an administrator who reads English."""
    return PageClient(app).sign_in(staff("admin", name="Adam Admin", roles=("admin",), in_team=None))


def as_manager(app, in_team="logistics"):
    """The browser of a team's manager."""
    return PageClient(app).sign_in(staff(roles=("manager",), in_team=in_team, leads=True))


def page_of(browser, user, **options):
    """One person's page."""
    return browser.get(f"/desk/people/{user.id}", **options)


def told(action: Did, target: str) -> list[dict]:
    """What the audit trail says of one person."""
    return list(db.session.scalars(db.select(AuditEntry.detail).filter_by(action=action.value, target=target).order_by(AuditEntry.id)))


# Who may see, who may act, what does not exist.
PATHS = ("/desk/people", "/desk/people/{id}")
ACTS = {"": {"name": "X"}, "/certificates": {"scope": "DLV", "level": "1"}, "/certificates/1/remove": {}, "/link": {}, "/sessions/end": {},
        "/leaver/confirmed": {}, "/return/confirmed": {}}


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "compliance", "liaison"])
@pytest.mark.parametrize("path", [*PATHS, "/desk/people/invite", "/desk/people/{id}/leaver", "/desk/people/{id}/return"])
def test_others_do_not_see_the_people_pages(app, role, path):
    somebody = staff()
    PageClient(app).sign_in(staff(roles=(role,))).get(path.format(id=somebody.id), status=403)


@pytest.mark.parametrize("act", ACTS)
def test_a_manager_sees_and_does_not_change(app, act):
    somebody = staff("wang", name="Wang")
    browser = as_manager(app)
    page = page_of(browser, somebody)
    assert [f.get("action") for f in page.forms() if "/people/" in f.get("action")] == [f"/desk/people/{somebody.id}/leave"]
    browser.post(f"/desk/people/{somebody.id}{act}", status=403, **ACTS[act])
    db.session.refresh(somebody)
    assert (somebody.name, somebody.active) == ("Wang", True)


@pytest.mark.parametrize("path", ["/desk/people/999999", "/desk/people/999999/leaver"])
def test_who_does_not_exist_is_not_found(admin, path):
    admin.get(path, status=404)


def test_the_list_shows_team_certificates_leave_and_open_work(app):
    browser = as_manager(app)
    wang, away = staff("wang", name="Wang Min", phone="+8613800131234", cap=12, certificates={"DLV": 3}), staff("away", name="Zhao Li")
    ticket("in_progress", handler=wang, severity="S2")
    people.enter_leave(SYSTEM, away, today(), today() + timedelta(days=3))
    page = browser.get("/desk/people", links=True)
    row, = [tr.text for tr in page.tree.all("tr") if "Wang Min" in tr.text]
    for words in ("Logistics", "Handler", "DLV 3", "1 ticket weight 2 of 12", "138××××1234"):
        assert words in row
    assert "13800131234" not in page.html
    assert "1 ticket, weight 2 of 12" in browser.get(f"/desk/people/{wang.id}").text
    assert [a.text for a in browser.get("/desk/people?status=away").tree.all("a") if "/people/" in a.get("href") and a.text] == ["Zhao Li"]


def test_open_work_does_not_tell_of_sealed_tickets(app):
    liaison = staff("liaison", name="Liu", roles=("handler", "liaison"), in_team="enforcement", certificates={"RPT": 4})
    ticket("in_progress", leaf="RPT.DIVERT", severity="S2", handler=liaison)
    page = as_manager(app).get("/desk/people?q=liaison")
    row, = [tr for tr in page.tree.all("tr") if "Liu" in tr.text]
    assert list(row.all("td"))[-1].text == ""


@pytest.mark.parametrize(("condition", "found"), [
    ("q=wang", ["Wang Min"]), ("q=1234", ["Wang Min"]), ("role=qa", ["Qiu"]), ("team=finance", ["Qiu"]), ("team=finance&role=handler", []),
    ("q=%25", []), ("status=left", ["Gone"]), ("role=nonsense&team=hotline", []),
])
def test_people_are_found(admin, condition, found):
    staff("wangmin", name="Wang Min", phone="+8613800131234")
    staff("q1", name="Qiu", roles=("qa",), in_team="finance")
    staff("gone", name="Gone").active = False
    page = admin.get("/desk/people?" + condition)
    names = [a.text for a in page.tree.all("a") if "rd-row__main" in a.get("class")]
    assert [name for name in names if name != "Adam Admin"] == found


def test_a_search_keeps_the_other_conditions(admin):
    staff("q1", name="Qiu", roles=("qa",), in_team="finance")
    page = admin.get("/desk/people?team=finance&role=qa")
    search, = [form for form in page.forms("get") if any(i.get("id") == "q" for i in form.all("input"))]
    assert {(i.get("name"), i.get("value")) for i in search.all("input")} == {("team", "finance"), ("role", "qa"), ("q", "")}


def test_a_page_of_the_list_costs_a_fixed_number_of_queries(app):
    browser = as_manager(app)
    before = _queries(browser)
    for _person in range(12):
        staff(certificates={"DLV": 2, "ORD": 1})
    assert _queries(browser) == before


def _queries(browser) -> int:
    """How many statements the list costs."""
    counted, connection = [], db.session.connection()

    def count(_connection, _cursor, statement, *_more):
        counted.append(statement)
    db.event.listen(connection, "before_cursor_execute", count)
    browser.get("/desk/people")
    db.event.remove(connection, "before_cursor_execute", count)
    return sum(not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for statement in counted)


def test_an_administrator_changes_a_person(admin):
    user = staff("wang", notify_by="email", email="old@example.test")
    page = page_of(admin, user)
    done = admin.submit(page, name="Wang Min", email="", phone="138 0013 0000", language="zh", roles=["handler", "qa"], team=team("finance").id,
                        cap="8", leads="y", joined_on="2021-04-05")
    assert "Saved." in done.text
    db.session.expire_all()
    assert (user.name, user.email, user.phone, user.language, user.roles) == ("Wang Min", None, "+8613800130000", "zh", ["handler", "qa"])
    assert (user.notify_by, user.joined_on) == ("page", date(2021, 4, 5))
    place = people.membership(user)
    assert (place.team.code, place.cap, place.leads) == ("finance", 8, True)
    assert told(Did.USER_CHANGED, "wang")[-1]["team"] == "finance"


@pytest.mark.parametrize(("fields", "words"), [
    ({"name": " "}, "Please enter the name."), ({"email": "not one"}, "This is not an e-mail address."),
    ({"phone": "12"}, "This is not a phone number that can be called."), ({"roles": None}, "Choose at least one role."),
    ({"cap": "many"}, "1 thing to fix"), ({"joined_on": "1021-04-05"}, "Choose a day between"),
    ({"cap": "-1"}, "Between 0 and 100."),
])
def test_what_does_not_fit_is_said_and_nothing_is_changed(admin, fields, words):
    user = staff("wang", name="Wang")
    page = admin.submit(page_of(admin, user), status=422, **fields)
    assert words in page.text
    assert told(Did.USER_CHANGED, "wang") == [{"team": "logistics", "leads": False, "cap": 100}]


def test_roles_that_do_not_exist_are_refused(admin):
    user = staff("wang")
    admin.submit(page_of(admin, user), status=422, roles=["handler", "root"])
    db.session.refresh(user)
    assert user.roles == ["handler"]


def test_the_last_administrator_keeps_the_role_and_stays(admin):
    me = queries.by_login("admin")
    page = admin.submit(page_of(admin, me), status=422, roles=["manager"])
    assert "This is the only administrator." in page.text
    done = admin.submit(admin.get(f"/desk/people/{me.id}/leaver"), action="/leaver/confirmed")
    assert "This is the only administrator." in done.text
    db.session.refresh(me)
    assert (me.roles, me.active) == (["admin"], True)


def test_an_invitation_works_by_the_link_that_is_shown(app, admin, queue, gateways):
    page = admin.submit(admin.get("/desk/people/invite"), login="new.one", name="New One", email="new@example.test", roles=["handler"],
                        team=team().id, language="en")
    assert page.heading == "New One is invited"
    link, = [i.get("value") for i in page.tree.all("input") if i.get("id") == "link"]
    queue.run()
    letter, = gateways["email"].sent
    assert letter.to == "new@example.test"
    assert link not in letter.body
    assert [b.get("data-copy") for b in page.tree.all("button") if b.get("data-copy")] == [link]
    fresh = PageClient(app)
    fresh.submit(fresh.get(link.removeprefix("http://redress.test")), password=PASSWORD, again=PASSWORD)
    assert fresh.submit(fresh.get("/desk/sign-in"), status=302, login="new.one", password=PASSWORD)
    assert link.split("/")[-1] not in page_of(admin, queries.by_login("new.one")).html


def test_a_sign_in_name_is_given_once(admin):
    staff("wang")
    page = admin.submit(admin.get("/desk/people/invite"), status=422, login="WANG", name="Another", roles=["qa"])
    assert "Somebody already has this sign-in name." in page.text
    assert db.session.scalar(db.select(db.func.count(User.id))) == 2


def test_a_new_link_is_shown_or_sent(admin, queue, gateways):
    user = staff("wang", email="wang@example.test")
    page = admin.submit(page_of(admin, user), action="/link", button="shown")
    assert "Link to set a password" in page.text
    assert queue.waiting == []
    admin.submit(page_of(admin, user), action="/link", button="email")
    queue.run()
    assert [letter.to for letter in gateways["email"].sent] == ["wang@example.test"]
    assert len(told(Did.USER_PASSWORD_RESET_ASKED, "wang")) == 2


def test_a_letter_that_did_not_go_out_is_shown_and_sent_again(admin, queue, gateways):
    user = staff("wang", email="wang@example.test")
    gateways["email"].failures.append(PermanentFailure("550 no such box"))
    admin.submit(page_of(admin, user), action="/link", button="email")
    queue.run()
    assert "Letter not sent" in admin.get("/desk/people").text
    page = page_of(admin, user)
    assert "550 no such box" in page.text
    assert "Send the letter again" in page.text
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        admin.submit(page, action="/link", button="email")
        queue.run()
        assert len(gateways["email"].sent) == 1
        assert "Letter not sent" not in admin.get("/desk/people").text
        assert "550 no such box" not in page_of(admin, user).text


def test_certificates_are_entered_changed_and_taken_back(admin):
    user = staff("wang", certificates={})
    admin.submit(page_of(admin, user), action="/certificates", scope="DLV.LATE", level=2)
    expires = today() - timedelta(days=1)
    page = admin.submit(page_of(admin, user), action="/certificates", scope="DLV.LATE", level=3, expires=expires.isoformat())
    row, = people.certificates(user)
    assert (row.scope, row.level, row.expires) == ("DLV.LATE", 3, expires)
    assert "over" in page.text
    admin.submit(page_of(admin, user), action="/certificates", status=422, scope="NO.SUCH", level=1)
    admin.post(f"/desk/people/{staff().id}/certificates/{row.id}/remove", status=404)
    admin.submit(page, action=f"/certificates/{row.id}/remove")
    assert people.certificates(user) == []
    assert [d["level"] for d in told(Did.CERTIFICATE_CHANGED, "wang")] == [2, 3, 0]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_refused_beside_its_field(admin, day):
    user = staff()
    for verb, fields in (("/certificates", {"scope": "DLV.LATE", "level": 3, "expires": day}), ("/leave", {"starts": day, "ends": day})):
        assert "Choose a day between" in admin.submit(page_of(admin, user), action=verb, status=422, **fields).text


def test_leave_is_entered_by_the_manager_of_the_team_only(app):
    user, other = staff("wang"), staff("other", in_team="finance")
    browser = as_manager(app)
    ahead = today() + timedelta(days=10)
    days = {"starts": ahead.isoformat(), "ends": (ahead + timedelta(days=2)).isoformat(), "note": "holiday"}
    assert "The leave is entered." in browser.submit(page_of(browser, user), action="/leave", **days).text
    browser.post(f"/desk/people/{other.id}/leave", status=403, **days)
    row, = people.leave_from(user, today())
    browser.post(f"/desk/people/{other.id}/leave/{row.id}/cancel", status=403)
    assert people.leave_from(other, today()) == []
    browser.submit(page_of(browser, user), action=f"/leave/{row.id}/cancel")
    assert people.leave_from(user, today()) == []


@pytest.mark.parametrize(("starts", "ends", "words"), [
    (5, 3, "must not be before the first"), (11, 20, "There is leave on some of these days already."), (None, 3, "Which is the first day?"),
])
def test_leave_that_cannot_be_is_refused(admin, starts, ends, words):
    user = staff()
    people.enter_leave(SYSTEM, user, today() + timedelta(days=10), today() + timedelta(days=12))
    days = {name: (today() + timedelta(days=number)).isoformat() if number else "" for name, number in (("starts", starts), ("ends", ends))}
    assert words in admin.submit(page_of(admin, user), action="/leave", status=422, **days).text


def test_leave_from_today_gives_unsigned_tickets_to_others_at_once(admin, queue):
    user, other = staff("wang"), staff("other")
    waiting = ticket("dispatched", handler=user)
    queue.clear()
    page = admin.submit(page_of(admin, user), action="/leave", starts=today().isoformat(), ends=today().isoformat())
    assert "The leave is entered. 1 ticket that cannot wait goes to somebody else." in page.text
    queue.run()
    db.session.expire_all()
    assert (waiting.state, waiting.assignee) == ("dispatched", other)
    reasons, = [c["reasons"] for c in db.session.scalars(db.select(RoutingDecision)).one().candidates if c["id"] == user.id]
    assert "handled_before" in reasons


def test_leave_ahead_moves_nothing_yet(admin):
    user = staff("wang")
    waiting = ticket("dispatched", handler=user)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    admin.submit(page_of(admin, user), action="/leave", starts=tomorrow, ends=tomorrow)
    db.session.expire_all()
    assert waiting.assignee == user


def test_leave_ahead_says_what_will_move_to_whom_and_when_he_is_on_call(admin):
    user, stand_in = staff("wang"), staff(name="Stand In")
    ticket("dispatched", handler=user), ticket("in_progress", handler=user)
    local = [datetime.combine(today() + timedelta(days=number), time(18), organisation.zone()) for number in (2, 9)]
    for begins in local:
        roster.enter(SYSTEM, user, None, begins, begins + timedelta(hours=4))
    roster.enter(SYSTEM, stand_in, None, local[0], local[0] + timedelta(hours=4))
    days = {"starts": (today() + timedelta(days=1)).isoformat(), "ends": (today() + timedelta(days=3)).isoformat()}
    page = admin.submit(page_of(admin, user), action="/leave", stand_in=stand_in.id, **days)
    assert "2 open tickets are on the desk now" in page.text
    assert "Stand In stands in and is asked first." in page.text
    with spoken("en"):
        on_call, after = (day(begins) for begins in local)
    assert f"But on call then: {on_call}." in page.text
    assert after not in page.text.split("But on call then:")[1].split("Give the shifts")[0]
    assert "/desk/roster?week=" in page.html


def test_leave_without_work_and_without_shifts_says_no_more_than_that(admin):
    ahead = (today() + timedelta(days=1)).isoformat()
    page = admin.submit(page_of(admin, staff("wang")), action="/leave", starts=ahead, ends=ahead)
    assert "The leave is entered." in page.text
    assert "on the desk now" not in page.text
    assert "But on call" not in page.text


@pytest.mark.parametrize("state", ["dispatched", "in_progress", "in_review", "needs_info"])
def test_the_open_tickets_of_a_leaver_move(admin, queue, state):
    user, other = staff("wang"), staff("other")
    moving = ticket(state, handler=user)
    queue.clear()
    look = admin.get(f"/desk/people/{user.id}/leaver")
    assert "1 open ticket goes to somebody else" in look.text
    assert "1 ticket goes to somebody else." in admin.submit(look, action="/leaver/confirmed").text
    queue.run()
    db.session.expire_all()
    assert (moving.state, moving.assignee) == ("dispatched", other)
    assert user.id in moving.former_ids
    assert moving.due_kind == "sign"


def test_an_answer_in_review_stays_as_a_draft_for_the_next_handler(admin, queue):
    user = staff("wang")
    moving = ticket("in_review", handler=user)
    words = open_reply(moving).body
    admin.submit(admin.get(f"/desk/people/{user.id}/leaver"), action="/leaver/confirmed")
    db.session.expire_all()
    assert (open_reply(moving).state, open_reply(moving).body) == ("draft", words)


@pytest.mark.parametrize("state", ["answered", "closed", "withdrawn"])
def test_what_is_answered_or_ended_stays_with_a_leaver(admin, state):
    user = staff("wang")
    done = ticket(state, handler=user)
    before = done.assignee
    admin.submit(admin.get(f"/desk/people/{user.id}/leaver"), action="/leaver/confirmed")
    db.session.expire_all()
    assert (done.state, done.assignee) == (state, before)


def test_a_leaver_is_signed_out_and_his_page_is_only_read(app, admin):
    user = staff("wang", language="en")
    theirs = PageClient(app).sign_in(user)
    assert theirs.get("/desk/me").path == "/desk/me"
    page = admin.submit(admin.get(f"/desk/people/{user.id}/leaver"), action="/leaver/confirmed")
    assert theirs.get("/desk/me").path == "/desk/sign-in"
    assert not [f for f in page.forms() if "/people/" in f.get("action")]
    admin.get(f"/desk/people/{user.id}/leaver", status=404)
    admin.post(f"/desk/people/{user.id}/link", status=404)
    assert "Left" in admin.get("/desk/people?status=left").text
    assert told(Did.USER_LEFT, "wang") == [{}]


def test_an_administrator_signs_somebody_out_everywhere(app, admin):
    user = staff("wang", language="en")
    browsers = [PageClient(app).sign_in(user) for _browser in range(2)]
    page = page_of(admin, user)
    assert "Signed in on 2 browsers." in page.text
    admin.submit(page, action="/sessions/end")
    assert sessions.of_user(user) == []
    assert {b.get("/desk/me").path for b in browsers} == {"/desk/sign-in"}


@pytest.fixture
def gone(app, admin):
    """Somebody who has left, with a link that was made before."""
    user = staff("wang", name="Wang", roles=("handler", "manager"), in_team="logistics", certificates={"DLV": 3})
    user.email, (_row, user.old_token) = "wang@example.test", password_links.make(user, "invite")
    admin.submit(admin.get(f"/desk/people/{user.id}/leaver"), action="/leaver/confirmed")
    return user


def test_somebody_who_had_left_is_taken_back_as_he_was(app, admin, gone):
    look = admin.get(f"/desk/people/{gone.id}/return")
    for known in ("Handler", "Manager", "level 3"):
        assert known in look.text
    page = admin.submit(look, action="/return/confirmed")
    assert "Wang is back." in page.text
    db.session.refresh(gone)
    assert (gone.active, gone.left_at, gone.password_hash, set(gone.roles)) == (True, None, None, {"handler", "manager"})
    assert set(told(Did.USER_TAKEN_BACK, "wang")[0]["roles"]) == {"handler", "manager"}
    link = next(field.get("value") for field in page.tree.all("input") if field.get("id") == "link")
    assert password_links.find(link.split("/")[-1]).user_id == gone.id


def test_a_link_from_before_leaving_does_not_work_after_coming_back(app, admin, gone):
    admin.submit(admin.get(f"/desk/people/{gone.id}/return"), action="/return/confirmed")
    assert password_links.find(gone.old_token) is None


def test_nobody_is_taken_back_twice_or_without_having_left(admin, gone):
    look = admin.get(f"/desk/people/{gone.id}/return")
    admin.submit(look, action="/return/confirmed")
    assert "This person has not left." in admin.submit(look, action="/return/confirmed").text
    admin.get(f"/desk/people/{gone.id}/return", status=404)
    assert len(told(Did.USER_TAKEN_BACK, "wang")) == 1


def test_only_the_page_of_a_leaver_offers_to_take_back(app, admin, gone):
    assert f"/desk/people/{gone.id}/return" in admin.get(f"/desk/people/{gone.id}").links
    here = staff("li")
    assert f"/desk/people/{here.id}/return" not in admin.get(f"/desk/people/{here.id}").links
    assert f"/desk/people/{gone.id}/return" not in as_manager(app).get(f"/desk/people/{gone.id}").links


def test_areas_and_a_superior_are_kept_and_shown(admin, app):
    retailer(area="north"), retailer(area="south"), retailer(area="gone", active=False)
    user, above = staff("wang"), staff(name="Above All", in_team=None)
    page = page_of(admin, user)
    assert "gone" not in page.text
    page = admin.submit(page, areas=["south", "north"], superior_id=above.id)
    assert (people.membership(user).areas, db.session.get(User, user.id).superior_id) == (["north", "south"], above.id)
    read = page_of(as_manager(app), user).text
    assert "Above All" in read
    assert "north, south" in read
    admin.submit(page, superior_id=0, areas=None)
    assert (people.membership(user).areas, db.session.get(User, user.id).superior_id) == ([], None)


def test_nobody_is_his_own_superior(admin):
    user = staff("wang")
    assert str(user.id) not in [option.get("value") for option in page_of(admin, user).tree.all("option") if option.inside("select").get("name") == "superior_id"]
    assert "Nobody reports to himself." in admin.submit(page_of(admin, user), status=422, superior_id=user.id).text


def test_a_stand_in_stands_beside_the_leave(admin):
    user, other = staff("wang"), staff(name="Stand In")
    ahead = (today() + timedelta(days=10)).isoformat()
    assert "Stand In" in admin.submit(page_of(admin, user), action="/leave", starts=ahead, ends=ahead, stand_in=other.id).text
    row, = people.leave_from(user, today())
    assert row.stand_in == other
