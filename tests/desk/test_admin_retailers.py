"""The shops' pages: search with masked numbers, the card, opt-out, and which tickets a reader finds there."""
import pytest

from core.audit import AuditEntry
from core.db import db
from retailers import services
from retailers.queries import opted_out
from tests import builders
from tests.pages import PageClient


@pytest.fixture
def shop(database):
    return builders.retailer(shop_name="Harbour Corner", owner_name="Chen Guilan", area="north", phone="+8613800012345", email="shop@example.test")


@pytest.fixture
def agent(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("hotline",), in_team="hotline"))


def as_role(app, role, **more):
    return PageClient(app).sign_in(builders.staff(roles=(role,), **more))


@pytest.mark.parametrize("text", ["harbour", "Guilan", "00012345", "138 0001 2345"])
def test_search_finds_and_masks(agent, shop, text):
    builders.retailer(shop_name="Another One")
    page = agent.get(f"/desk/retailers?q={text}")
    assert "Harbour Corner" in page.text
    assert "Another One" not in page.text
    assert "138××××2345" in page.text
    assert "0001 2345" not in page.text.replace(text, "")


def test_search_that_finds_nothing_says_one_way_on(agent, shop):
    page = agent.get("/desk/retailers?q=%25&area=south")
    assert "No shop fits" in page.text
    assert "/desk/retailers" in page.links


def test_filters_of_area_and_class(agent, shop):
    assert "Harbour Corner" in agent.get("/desk/retailers?area=north&class=ordinary").text
    assert "Harbour Corner" not in agent.get("/desk/retailers?class=key").text


def test_the_card_shows_who_serves_the_shop(agent, shop):
    shop.account_manager_id = builders.staff(name="Zhou Min").id
    page = agent.get(f"/desk/retailers/{shop.licence_no}", links=True)
    assert page.heading == "Harbour Corner"
    assert "138××××2345" in page.text
    assert "Account manager Zhou Min" in page.text


def looks(shop) -> list[str]:
    """Who looked at the shop's number."""
    return list(db.session.scalars(db.select(AuditEntry.actor_name).filter_by(action="identity.seen", target=shop.licence_no)))


def test_the_whole_number_is_shown_on_demand_and_looking_is_recorded(agent, shop):
    page = agent.get(f"/desk/retailers/{shop.licence_no}")
    assert "0001 2345" not in page.html
    assert looks(shop) == []
    page = agent.submit(page, action="/number")
    assert "138 0001 2345" in page.text
    assert len(looks(shop)) == 1
    assert "0001 2345" not in agent.get(f"/desk/retailers/{shop.licence_no}").html


def test_opening_the_form_with_the_number_is_recorded_once(agent, shop):
    agent.submit(agent.get(f"/desk/retailers/{shop.licence_no}/edit"), shop_name=" ")
    assert len(looks(shop)) == 1


def test_a_shop_without_a_number_has_nothing_to_look_at(agent):
    shop = builders.retailer(phone=None)
    assert "/number" not in agent.get(f"/desk/retailers/{shop.licence_no}").html
    agent.get(f"/desk/retailers/{shop.licence_no}/edit")
    assert looks(shop) == []


@pytest.mark.parametrize(("told", "shown"), [("key", "Value class Key customer"), ("A+", "Value class A+")])
def test_the_value_class_is_said_in_words(agent, told, shown):
    assert shown in agent.get(f"/desk/retailers/{builders.retailer(value_class=told).licence_no}").text


def test_the_card_is_changed_and_leaves_a_trace_without_values(agent, database, shop):
    page = agent.get(f"/desk/retailers/{shop.licence_no}/edit")
    assert "138 0001 2345" in page.html
    agent.submit(page, shop_name="Harbour House", phone="139 0002 3456", service_class="key", support_needs="y")
    database.session.refresh(shop)
    assert (shop.shop_name, shop.phone, shop.service_class, shop.support_needs) == ("Harbour House", "+8613900023456", "key", True)
    entry = database.session.scalars(database.select(AuditEntry).filter_by(action="retailer.changed", target=shop.licence_no)).one()
    assert set(entry.detail["changed"]) == {"shop_name", "phone", "service_class", "support_needs"}
    assert entry.actor_kind == "staff"


@pytest.mark.parametrize(("fields", "said"), [
    ({"phone": "139 0002"}, "Digits are missing"), ({"phone": "call me"}, "not a telephone number"),
    ({"email": "nobody"}, "not an e-mail address"), ({"shop_name": "  "}, "The shop needs a name")])
def test_faults_keep_what_was_typed(agent, database, shop, fields, said):
    page = agent.submit(agent.get(f"/desk/retailers/{shop.licence_no}/edit"), **{"address": "Typed Road 1"} | fields)
    assert said in page.text
    assert "Typed Road 1" in page.html
    database.session.refresh(shop)
    assert (shop.address, shop.shop_name, shop.phone) == ("", "Harbour Corner", "+8613800012345")


def test_saving_the_card_unchanged_changes_nothing(agent, database, shop):
    assert "Nothing was changed" in agent.submit(agent.get(f"/desk/retailers/{shop.licence_no}/edit")).text


def test_opting_out_and_in(agent, database, shop):
    page = agent.submit(agent.get(f"/desk/retailers/{shop.licence_no}"), action="/messages", button="wanted=no")
    assert opted_out("+8613800012345")
    assert not opted_out("shop@example.test")
    assert "Wants no messages" in page.text
    agent.submit(page, action="/messages", button="wanted=yes")
    assert not opted_out("+8613800012345")


def test_the_card_says_since_when_and_from_whom(app, agent, database, shop):
    clerk = builders.staff(roles=("hotline",), in_team="hotline", name="Zhou Min")
    client = PageClient(app).sign_in(clerk)
    page = client.submit(client.get(f"/desk/retailers/{shop.licence_no}"), action="/messages", button="wanted=no")
    assert "entered here · Zhou Min" in page.text
    assert "The carrier" not in page.text


@pytest.mark.parametrize(("source", "said", "blocked"), [("sms", "asked for by text message", False), ("sms_word", "a word that stops messages", True),
                                                        ("provider", "told by the carrier", True)])
def test_the_card_says_how_we_know_and_who_else_stops_messages(agent, shop, source, said, blocked):
    services.opt_out(shop.phone, source)
    page = agent.get(f"/desk/retailers/{shop.licence_no}")
    assert said in page.text
    assert ("Only a text with START" in page.text) is blocked


def test_opting_out_of_what_the_shop_does_not_have(agent, database):
    shop = builders.retailer(email=None)
    agent.post(f"/desk/retailers/{shop.licence_no}/messages", what="email", wanted="no", status=404)


def test_the_card_lists_only_tickets_that_the_reader_may_know(app, agent, database, shop):
    builders.ticket("dispatched", shop=shop, text="An open matter", leaf="DLV.LATE")
    builders.opened("A confidential matter", shop=shop, confidential=True)
    builders.opened("A sealed report", shop=shop, kind="report")
    texts = {role: as_role(app, role, **more).get(f"/desk/retailers/{shop.licence_no}").text
             for role, more in (("qa", {}), ("handler", {}), ("manager", {"leads": True}))}
    texts["hotline"] = agent.get(f"/desk/retailers/{shop.licence_no}").text
    assert {role for role, text in texts.items() if "An open matter" in text} == {"qa", "handler", "manager", "hotline"}
    assert {role for role, text in texts.items() if "A confidential matter" in text} == {"hotline"}
    assert {role for role, text in texts.items() if "A sealed report" in text} == set()


def test_what_does_not_exist(agent):
    agent.get("/desk/retailers/000", status=404)


@pytest.mark.parametrize("role", ["compliance", "liaison", "admin"])
def test_who_may_not_see(app, database, shop, role):
    client = as_role(app, role)
    client.get("/desk/retailers", status=403)
    client.get(f"/desk/retailers/{shop.licence_no}", status=403)
    client.post(f"/desk/retailers/{shop.licence_no}/number", status=403)
    assert looks(shop) == []


@pytest.mark.parametrize("role", ["handler", "qa"])
def test_who_may_see_but_not_act(app, database, shop, role):
    client = as_role(app, role)
    page = client.get(f"/desk/retailers/{shop.licence_no}")
    assert "/edit" not in page.html
    assert 'name="wanted"' not in page.html
    client.get(f"/desk/retailers/{shop.licence_no}/edit", status=403)
    client.post(f"/desk/retailers/{shop.licence_no}/messages", what="phone", wanted="no", status=403)
