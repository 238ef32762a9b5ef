"""The lists: who sees which, what stands on them, in what order, and what they say when they are empty."""
from datetime import timedelta

import pytest
from sqlalchemy import event

from accounts.permissions import PERMISSIONS
from core import clock, i18n, pagination
from core.db import db
from desk.lists.queues import LISTS
from tests.builders import retailer, staff, ticket, who
from tests.pages import PageClient
from tickets.services import conversation

ROLES = ("hotline", "handler", "manager", "qa", "compliance", "liaison", "admin")


@pytest.fixture
def handler(database):
    """Somebody of logistics who may handle deliveries."""
    return staff()


def english(text) -> str:
    """A lazy text as the staff of these tests read it."""
    with i18n.spoken("en"):
        return str(text)


def page(app, user, path, **options):
    return PageClient(app).sign_in(user).get(path, **options)


@pytest.mark.parametrize("ticket_list", LISTS, ids=lambda found: found.key)
@pytest.mark.parametrize("role", ROLES)
def test_a_list_opens_for_the_roles_of_the_table_and_for_nobody_else(app, database, role, ticket_list):
    expected = 200 if role in PERMISSIONS[ticket_list.permission] else 403
    opened = page(app, staff(roles=(role,), certificates={}), f"/desk/{ticket_list.key}", status=expected)
    if expected == 200:
        assert opened.heading == english(ticket_list.title)


@pytest.mark.parametrize(("role", "path"), [("handler", "/desk/mine"), ("manager", "/desk/closing"), ("qa", "/desk/quality"),
                                            ("compliance", "/desk/review")])
def test_home_leads_to_the_list_of_the_role(app, database, role, path):
    assert page(app, staff(roles=(role,), certificates={}), "/desk/").path == path


def test_the_handlers_list_says_what_is_next_and_hides_the_middle_of_the_number(app, handler):
    ticket("dispatched", handler=handler, text="The van did not come on Tuesday", shop=retailer(shop_name="Harbour Corner Shop"))
    shown = page(app, handler, "/desk/mine", links=True)
    assert "The van did not come on Tuesday" in shown.text
    assert "Harbour Corner Shop" in shown.text
    assert "Sign for it by" in shown.text


def test_what_is_due_first_stands_first_under_its_heading(app, handler):
    now = clock.now()
    for text, hours in (("Third", 90), ("First", -2), ("Second", 1)):
        made = ticket("in_progress", handler=handler, text=text)
        made.due_at, made.due_kind = now + timedelta(hours=hours), "resolve"
    text = page(app, handler, "/desk/mine").text
    assert text.index("Late") < text.index("First") < text.index("Second") < text.index("Third")


def test_tabs_count_and_narrow(app, handler):
    ticket("dispatched", handler=handler, text="Not signed yet")
    ticket("in_progress", handler=handler, text="Being looked into")
    shown = page(app, handler, "/desk/mine?tab=sign")
    assert "All 2" in shown.text
    assert "To sign for 1" in shown.text
    assert "Not signed yet" in shown.text
    assert "Being looked into" not in shown.text


def test_the_retailer_who_wrote_again_is_found_until_he_is_answered(app, handler):
    made = ticket("in_progress", handler=handler, text="Where are my goods")
    conversation.log_call(made, who(handler), "on the way")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        conversation.continue_with(made, "Still nothing", "web")
        db.session.commit()
    assert "Where are my goods" in page(app, handler, "/desk/mine?tab=wrote").text
    with clock.frozen(clock.now() + timedelta(minutes=10)):
        conversation.log_call(made, who(handler), "tomorrow")
        db.session.commit()
    assert "Where are my goods" not in page(app, handler, "/desk/mine?tab=wrote").text


@pytest.mark.parametrize(("query", "found"), [
    ("severity=S2", "urgent"), ("group=ORD", "order"), ("channel=visit", "visited"), ("area=east", "eastern"), ("time=late", "late"),
    ("severity=S2&area=east", None), ("severity=S9", "urgent")])
def test_filters_narrow_and_nonsense_is_ignored(app, handler, query, found):
    ticket("dispatched", handler=handler, text="Plain")
    ticket("dispatched", handler=handler, text="Matter urgent", severity="S2")
    ticket("dispatched", handler=handler, text="Matter order", leaf="ORD.ERROR")
    ticket("dispatched", handler=handler, text="Matter visited", channel="visit")
    ticket("dispatched", handler=handler, text="Matter eastern", shop=retailer(area="east"))
    ticket("dispatched", handler=handler, text="Matter late").due_at = clock.now() - timedelta(minutes=1)
    text = page(app, handler, f"/desk/mine?{query}").text
    if found is None:
        assert "No ticket fits these conditions" in text
    else:
        assert f"Matter {found}" in text
        assert ("Plain" in text) == (query == "severity=S9")


def test_the_area_does_not_betray_a_confidential_retailer(app, handler):
    ticket("dispatched", handler=handler, text="Please keep my name", shop=retailer(area="east", shop_name="Secret Shop"), confidential=True)
    assert "Please keep my name" in page(app, handler, "/desk/mine").text
    assert "Secret Shop" not in page(app, handler, "/desk/mine").text
    assert "Please keep my name" not in page(app, handler, "/desk/mine?area=east").text


@pytest.mark.parametrize("ticket_list", LISTS, ids=lambda found: found.key)
def test_an_empty_list_says_what_it_means_and_offers_one_way_on(app, database, ticket_list):
    role = min(PERMISSIONS[ticket_list.permission] & {"handler", "manager"})
    shown = page(app, staff(roles=(role,)), f"/desk/{ticket_list.key}", links=True)
    assert english(ticket_list.empty[0]) in shown.text
    assert english(ticket_list.way_on[0]) in shown.text


def test_claiming_puts_the_ticket_on_ones_own_desk(app, handler):
    made = ticket("dispatched", handler=False, text="Nobody has it yet")
    client = PageClient(app).sign_in(handler)
    client.submit(client.get("/desk/team?tab=queue"), action=f"{made.case_no}/do/claim")
    db.session.refresh(made)
    assert (made.state, made.assignee_id) == ("in_progress", handler.id)


def test_an_empty_view_of_a_list_leads_back_to_the_whole_of_it(app, handler):
    ticket("in_progress", handler=handler, text="Being looked into")
    shown = page(app, handler, "/desk/mine?tab=asked")
    assert "Nothing in this view" in shown.text
    assert "Nothing is on your desk" not in shown.text
    assert "/desk/mine?tab=all" in shown.html


def test_pages_of_a_long_list_keep_the_conditions(app, handler, monkeypatch):
    monkeypatch.setattr(pagination.paginate, "__defaults__", (2, False))
    for _number in range(5):
        ticket("dispatched", handler=handler)
    client = PageClient(app).sign_in(handler)
    shown = client.get("/desk/mine?tab=sign&severity=S3&endpoint=x&_external=1")
    assert "Page 1 of 3, 5 in all" in shown.text
    second = next(link for link in shown.links if "page=2" in link)
    assert "Page 2 of 3" in client.get(second).text
    assert "tab=sign" in second
    assert "severity=S3" in second


def test_signing_from_the_list(app, handler):
    made = ticket("dispatched", handler=handler)
    client = PageClient(app).sign_in(handler)
    client.submit(client.get("/desk/mine"), action="/do/sign")
    db.session.refresh(made)
    assert made.state == "in_progress"


def test_two_who_claim_the_same_ticket_one_gets_it(app, handler):
    made, other = ticket("dispatched", handler=False), staff()
    slow, quick = PageClient(app).sign_in(handler), PageClient(app).sign_in(other)
    seen = slow.get("/desk/team")
    quick.submit(quick.get("/desk/team"), action=f"{made.case_no}/do/claim")
    late = slow.submit(seen, action=f"{made.case_no}/do/claim", status=422)
    db.session.refresh(made)
    assert made.assignee_id == other.id
    assert "Nothing was done" in late.text


def test_who_has_no_certificate_is_not_offered_the_ticket_and_cannot_take_it(app, database):
    made, novice = ticket("dispatched", handler=False), staff(certificates={})
    client = PageClient(app).sign_in(novice)
    assert not [form for form in client.get("/desk/team").forms() if form.get("action").endswith("claim")]
    client.post(f"/desk/tickets/{made.case_no}/do/claim", status=403)
    db.session.refresh(made)
    assert made.assignee_id is None


def test_review_shows_answers_of_others_only(app, handler):
    boss = staff(roles=("manager", "handler"), leads=True, certificates={"DLV": 4})
    ticket("in_review", handler=handler, text="Written by the handler")
    ticket("in_review", handler=boss, text="Written by the manager")
    shown = page(app, boss, "/desk/review").text
    assert "Written by the handler" in shown
    assert "Written by the manager" not in shown
    assert "Written by the handler" not in page(app, staff(), "/desk/review").text


def test_a_manager_sees_what_is_late_and_the_rail_says_so(app, handler):
    made = ticket("in_progress", handler=handler, text="Forgotten")
    made.due_at = clock.now() - timedelta(hours=1)
    shown = page(app, staff(roles=("manager",), leads=True), "/desk/due")
    assert "Forgotten" in shown.text
    assert "1 late" in shown.text


@pytest.mark.parametrize(("path", "role", "state"), [
    ("/desk/mine", "handler", "in_progress"), ("/desk/team", "handler", "in_progress"), ("/desk/search", "hotline", "in_progress"),
    ("/desk/review", "manager", "in_review"), ("/desk/closing", "manager", "answered"), ("/desk/quality", "qa", "answered")])
def test_a_long_list_costs_no_more_queries_than_a_short_one(app, handler, path, role, state):
    reader = handler if role == "handler" else staff(roles=(role,), leads=role == "manager", certificates={})
    client = PageClient(app).sign_in(reader)
    ticket(state, handler=handler)
    client.get(path)
    short = queries_of(client, path)
    for _number in range(4):
        ticket(state, handler=handler)
    assert queries_of(client, path) == short
    assert short <= 30


def queries_of(client, path) -> int:
    seen = []

    def note(conn, cursor, statement, *more):
        seen.append(statement)
    db.session.commit()
    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in seen if not statement.startswith(("SAVEPOINT", "RELEASE"))])
