"""Who sees a ticket's page, which buttons stand on it for whom, and what it must not show."""
import re

import pytest
from sqlalchemy import event

from catalog import queries as catalog
from core.actor import SYSTEM
from core.audit import AuditEntry, Did
from tests import builders as make
from tests.pages import PageClient
from tickets import access
from tickets.lifecycle import STATES
from tickets.services import conversation, triaging

ROLES = ("hotline", "handler", "manager", "qa", "compliance", "liaison", "admin")


def person(role: str, **more):
    """Somebody of this role outside the logistics team, unless `in_team` says otherwise."""
    return make.staff(roles=(role,), **({"in_team": None, "certificates": {}} | more))


def buttons(page) -> set[str]:
    """The names of the actions and ways of writing that the page offers."""
    pressed = {form.get("action").split("/do/")[1] for form in page.forms() if "/do/" in form.get("action")}
    return pressed | set(re.findall(r"write=(\w+)#", page.html))


def address(ticket, more: str = "") -> str:
    return f"/desk/tickets/{ticket.case_no}{more}"


@pytest.mark.parametrize("state", STATES)
def test_the_page_opens_in_every_state_for_whoever_may_see_it_and_does_not_exist_for_the_others(app, database, state):
    ticket = make.ticket(state)
    for role in ROLES:
        reader = person(role, in_team="finance")
        seen = access.can_see(make.who(reader), ticket)
        PageClient(app).sign_in(reader).get(address(ticket), 200 if seen else 404, links=role == "hotline")


SAY_WHO_IS_MEANT = {"assignee", "hotline", "manager", "qa"}  # in every state
ALWAYS = {"note", "log_call", "hear", "seal"}
LATER = ALWAYS | {"severity"}
BEFORE_THE_ANSWER = {"received", "needs_info", "dispatched", "in_progress", "in_review"}  # then something else can be entered as told here
OFFERED = {
    "received": {"hotline": ALWAYS | {"urged", "ask", "merge", "withdraw", "decline_noise"},
                 "manager": ALWAYS | {"decline", "transfer", "supervise", "merge", "decline_noise"}, "qa": set(), "admin": set()},
    "needs_info": {"assignee": LATER, "colleague": {"note"}, "hotline": LATER | {"merge", "withdraw"}, "manager": LATER | {"supervise", "merge"}},
    "dispatched": {"assignee": LATER | {"sign", "return"}, "colleague": {"note"}, "hotline": LATER | {"urged", "merge", "withdraw"},
                   "manager": LATER | {"reroute", "supervise", "merge"}, "qa": set()},
    "in_progress": {"assignee": LATER | {"answer", "ask", "interim", "promise", "ask_extension"}, "colleague": {"note"},
                    "hotline": LATER | {"urged", "merge", "withdraw"}, "manager": LATER | {"promise", "hand_over", "supervise", "merge", "transfer"},
                    "qa": set(), "admin": set()},
    "in_review": {"assignee": LATER | {"promise"}, "colleague": {"note"}, "hotline": LATER | {"urged", "withdraw"},
                  "manager": LATER | {"approve", "send_back", "promise", "supervise"}, "qa": set()},
    "answered": {"assignee": LATER | {"promise"}, "hotline": LATER | {"withdraw", "not_reached"},
                 "manager": LATER | {"close", "redo", "promise", "supervise", "not_reached"},
                 "qa": {"redo", "check_quality"}, "admin": set()},
    "closed": {"assignee": {"note"}, "hotline": {"note"}, "manager": {"note", "redo"}, "qa": {"redo", "check_quality"}, "admin": set()},
    "merged": {"hotline": {"note", "unmerge"}, "qa": set()},
    "declined": {"hotline": {"note"}, "manager": {"note"}},
}


@pytest.mark.parametrize(("state", "who"), [(state, who) for state, by_person in OFFERED.items() for who in by_person])
def test_each_reader_is_offered_what_the_lifecycle_allows_him(app, database, state, who):
    handler = make.staff()
    ticket = make.ticket(state, handler=handler)
    people = {"assignee": lambda: handler, "colleague": make.staff, "hotline": lambda: person("hotline"), "qa": lambda: person("qa"),
              "admin": lambda: person("admin"), "manager": lambda: person("manager", in_team="logistics", leads=True)}
    page = PageClient(app).sign_in(people[who]()).get(address(ticket))
    also = {"add_second"} if state in BEFORE_THE_ANSWER and who in ("assignee", "hotline", "manager") else set()
    assert buttons(page) == OFFERED[state][who] | also | ({"name_staff"} if who in SAY_WHO_IS_MEANT else set())


def test_a_ticket_in_the_queue_is_offered_to_certified_colleagues_only(app, database):
    ticket = make.ticket("dispatched", handler=False)
    assert "claim" in buttons(PageClient(app).sign_in(make.staff()).get(address(ticket)))
    assert "claim" not in buttons(PageClient(app).sign_in(make.staff(certificates={"SUP": 3})).get(address(ticket)))


def test_the_spot_answer_stands_only_where_the_category_allows_it(app, database):
    client = PageClient(app).sign_in(person("hotline"))
    for leaf, severity, offered in (("DLV.LATE", "S3", True), ("DLV.COUNT", "S3", False), ("REG.LAW", "S4", True), ("DLV.LATE", "S2", False)):
        ticket = make.opened()
        make.classify(ticket, leaf, severity)
        assert ("spot" in buttons(client.get(address(ticket)))) is offered, (leaf, severity)


def test_one_solid_button_a_page(app, database):
    handler = make.staff()
    for state in ("received", "dispatched", "in_progress", "answered"):
        page = PageClient(app).sign_in(handler if state != "received" else person("hotline")).get(address(make.ticket(state, handler=handler)))
        assert page.html.count("btn-primary") == (0 if state == "answered" else 1), state


@pytest.mark.parametrize(("leaf", "may"), [
    (None, {"compliance", "liaison"}), ("RPT.ILLICIT", {"compliance", "liaison"}), ("SVC.CONDUCT", {"compliance"})])
def test_sealed_does_not_exist_for_the_others(app, database, leaf, may):
    ticket = make.opened(anonymous=True)
    if leaf:
        triaging.classify(ticket, SYSTEM, catalog.leaf(leaf), "S2", desired_outcome="stop")
    for role in ROLES:
        client = PageClient(app).sign_in(person(role, in_team="logistics", leads=role == "manager"))
        status = 200 if role in may else 404
        for path in ("", "/routing"):
            client.get(address(ticket, path), status)
        client.get(address(ticket, "/raw"), status)
        if status == 404:
            client.post(address(ticket, "/do/note"), 404, **{"note-text": "I was here"})
            client.post(address(ticket, "/identity"), 404)


def test_confidential_hides_who_it_is_from_the_handler_but_not_from_the_hotline(app, database):
    handler, shop = make.staff(), make.retailer(shop_name="Lotus Store", owner_name="Chen Guilan")
    make.ticket("answered", shop=shop, text="An earlier matter of the same shop")
    ticket = make.ticket("in_progress", handler=handler, shop=shop, confidential=True)
    hidden = PageClient(app).sign_in(handler).get(address(ticket))
    for secret in ("Lotus Store", "Chen Guilan", shop.phone[-4:], shop.licence_no[-4:], "An earlier matter"):
        assert secret not in hidden.html
    PageClient(app).sign_in(handler).post(address(ticket, "/identity"), 403)
    PageClient(app).sign_in(handler).get(address(ticket, "/raw"), 403)
    shown = PageClient(app).sign_in(person("hotline")).get(address(ticket))
    assert "Lotus Store" in shown.text
    assert "Chen Guilan" in shown.text


def test_the_number_is_masked_until_somebody_asks_for_it_and_is_recorded(app, database):
    shop = make.retailer(phone="+8613800139876")
    ticket = make.ticket("in_progress", shop=shop)
    hotline = person("hotline")
    client = PageClient(app).sign_in(hotline)
    page = client.get(address(ticket))
    assert "138××××9876" in page.text
    assert "138 0013 9876" not in page.text
    assert "138 0013 9876" in client.submit(page, "/identity").text
    seen = database.session.scalars(database.select(AuditEntry).filter_by(action=Did.IDENTITY_SEEN, ticket_id=ticket.id).order_by(AuditEntry.id)).all()
    assert [entry.actor_id for entry in seen] == [hotline.id]
    assert "138 0013 9876" not in client.get(address(ticket)).text


def test_the_thread_tells_contacts_and_what_happened(app, database):
    handler = make.staff(name="Zhou Min")
    ticket = make.ticket("answered", handler=handler, text="My goods never came.")
    conversation.note(ticket, make.who(handler), "Route 3 broke down.")
    text = PageClient(app).sign_in(handler).get(address(ticket) + "?lang=en").text
    for words in ("My goods never came.", "Zhou Min signed for it", "submitted the answer for review", "approved the answer", "A-DLV-001 version 1",
                  "Route 3 broke down.", "Given to Zhou Min"):
        assert words in text


def test_an_answer_names_who_wrote_and_who_approved_it(app, database):
    writer = make.staff(name="Writer Wu", certificates={"DLV": 4})
    boss = make.staff(name="Boss Bai", roles=("manager",), leads=True, certificates={})
    page = PageClient(app).sign_in(boss).get(address(make.ticket("answered", handler=writer, reviewer=boss)))
    assert "Writer Wu, approved by Boss Bai" in [b.text for b in page.tree.all("b")]


def test_the_tab_of_a_review_is_not_called_like_its_button(app, database):
    ticket = make.ticket("in_review")
    page = PageClient(app).sign_in(make.staff(roles=("manager",), in_team=ticket.team.code, leads=True, certificates={})).get(address(ticket))
    assert "Approve and send" in " ".join(b.text for b in page.tree.all("button"))
    assert "Approve and send" not in " ".join(a.text for a in page.tree.all("a"))


def test_the_number_of_queries_does_not_grow_with_the_thread(app, database):
    handler = make.staff()
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)

    def queries() -> int:
        database.session.commit()
        run = []
        connection = database.engine
        listen = lambda *args: run.append(args[2])  # noqa: E731
        event.listen(connection, "before_cursor_execute", listen)
        client.get(address(ticket))
        event.remove(connection, "before_cursor_execute", listen)
        return len([statement for statement in run if statement.startswith("SELECT")])
    few = queries()
    for number in range(15):
        conversation.note(ticket, make.who(handler), f"note {number}")
        conversation.say(ticket, make.who(handler), f"words {number}", "interim")
    assert queries() == few
    assert few <= 41


def test_a_language_is_complete_in_structure(app, database):
    handler = make.staff()
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    assert buttons(client.get(address(ticket) + "?lang=zh")) == buttons(client.get(address(ticket) + "?lang=en"))
