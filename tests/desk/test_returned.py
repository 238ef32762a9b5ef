"""Returns on the pages: the form with its proposals, what triage reads and can do with it, what became of a proposed person on the decision's page."""
from datetime import timedelta

import pytest

from accounts.models import User
from catalog import people
from catalog import queries as catalog
from core import clock
from core.actor import SYSTEM
from core.db import db
from core.jobs import run
from routing import queries as routing
from routing import services
from tests.builders import staff, ticket, who
from tests.pages import PageClient
from tickets.services import returning, triaging
from tickets.services.returning import Grounds


def address(one) -> str:
    return f"/desk/tickets/{one.case_no}"


@pytest.fixture
def given_back(queue, gateways):
    """A ticket that its handler gave back for a colleague and for another category."""
    made, colleague = ticket("dispatched"), staff(name="Meant By Him", certificates={"DLV": 3})
    returning.give_back(made, who(made.assignee), Grounds("wrong_leaf", "Two boxes are missing.", "DLV.COUNT", colleague.id))
    db.session.commit()
    return made, colleague


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


def again(made, queue):
    triaging.dispatch(made, SYSTEM)
    db.session.commit()
    run("route", made.id)
    db.session.expire_all()


def test_the_form_asks_for_reason_and_evidence_and_lets_propose(app, database):
    made, colleague = ticket("dispatched"), staff(name="Meant By Him")
    client = PageClient(app).sign_in(made.assignee)
    page = client.get(address(made))
    assert f'<option value="{colleague.id}">' in page.html
    refused = client.submit(page, "/do/return", 422, **{"return-reason": "conflict", "return-owner": colleague.id})
    assert "Write what you found" in refused.text
    assert f'<option selected value="{colleague.id}">' in refused.html
    client.submit(refused, "/do/return", **{"return-text": "My cousin's shop."})
    row = returning.returns(made)[0]
    assert (row.reason, row.evidence, row.owner_id, row.leaf_code) == ("conflict", "My cousin's shop.", colleague.id, None)


def test_a_wrong_category_asks_for_the_right_one_at_its_field(app, database):
    made = ticket("dispatched")
    client = PageClient(app).sign_in(made.assignee)
    refused = client.submit(client.get(address(made)), "/do/return", 422, **{"return-reason": "wrong_leaf", "return-text": "Boxes are missing."})
    assert "Say which category it belongs to" in refused.text
    assert "Boxes are missing." in refused.html
    client.submit(refused, "/do/return", **{"return-leaf": "DLV.COUNT"})
    assert returning.returns(made)[0].leaf_code == "DLV.COUNT"


def test_returning_stands_beside_signing_while_there_is_time(app, database):
    made = ticket("dispatched")
    client = PageClient(app).sign_in(made.assignee)
    way = f"{address(made)}?open=return"
    assert f'href="{way}#do-return"' in client.get(address(made)).html
    unfolded = [fold for fold in client.get(way).tree.all("details") if fold.get("id") == "do-return"]
    assert ["open" in fold.attrs for fold in unfolded] == [True]
    for running in made.clocks:
        running.due_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    assert "#do-return" not in client.get(address(made)).html


def test_triage_reads_why_and_dispatches_as_proposed_by_one_button(hotline, given_back):
    made, _colleague = given_back
    page = hotline.get(f"/desk/triage?case={made.case_no}", links=True)
    for word in ("Given back", "Wrong category", "Two boxes are missing.", "Meant By Him"):
        assert word in page.text
    hotline.submit(page, f"/triage/{made.case_no}", button="step=pick:DLV.COUNT")
    assert (made.state, made.leaf_code) == ("dispatched", "DLV.COUNT")


def test_the_lists_and_the_page_say_that_it_came_back(hotline, given_back):
    made, _colleague = given_back
    assert "Given back: 1" in hotline.get("/desk/search").text
    assert "Two boxes are missing." in hotline.get(address(made)).text


def test_a_proposal_does_not_open_a_filter(hotline, given_back, queue):
    """Whoever is proposed is asked like everybody else; the decision's page says what became of it."""
    made, colleague = given_back
    colleague.roles = ["hotline"]
    again(made, queue)
    assert made.assignee_id != colleague.id
    assert "gave it back and proposed Meant By Him: who was passed over: does not handle tickets." in hotline.get(f"{address(made)}/routing").text


def test_who_was_proposed_and_fits_may_get_it(hotline, given_back, queue):
    made, colleague = given_back
    again(made, queue)
    assert made.assignee_id == colleague.id == routing.decisions(made)[0].chosen_id
    assert "proposed Meant By Him: who has it now." in hotline.get(f"{address(made)}/routing").text


@pytest.fixture
def twice(given_back, queue):
    """The same, given back a second time for another colleague by whoever got it; it waits at triage."""
    made, _colleague = given_back
    again(made, queue)
    other = staff(name="Another One", certificates={"DLV": 3})
    returning.give_back(made, who(made.assignee), Grounds("wrong_team", "Not ours.", None, other.id))
    db.session.commit()
    return made, other


@pytest.fixture
def boss(app, database):
    return PageClient(app).sign_in(staff(roles=("manager",), leads=True, certificates={}))


def test_the_manager_finds_the_last_proposal_chosen(boss, twice, queue):
    made, other = twice
    again(made, queue)
    assert f'<option selected value="{other.id}">' in boss.get(address(made)).html


def test_triage_reads_that_the_manager_decides_after_it(hotline, twice):
    made, _other = twice
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "the manager says finally who has it" in page.text
    assert "then the manager says finally who has it, as it was returned twice" in hotline.get(address(made)).text
    assert "/do/assign_" not in hotline.get(address(made)).html


def test_once_given_back_it_is_not_yet_the_managers_turn(hotline, boss, given_back):
    made, _colleague = given_back
    assert "the manager says finally" not in hotline.get(f"/desk/triage?case={made.case_no}").text
    assert "/do/assign_" not in boss.get(address(made)).html


def test_the_manager_assigns_at_once_and_nobody_dispatches_it_once_more(boss, twice, queue):
    made, other = twice
    page = boss.get(address(made))
    assert "Say finally who has it" in page.text
    refused = boss.submit(page, "/do/assign_returned", 422, **{"assign_returned-to": "", "assign_returned-reason": "Nobody else."})
    assert "Choose who has it now." in refused.text
    boss.submit(refused, "/do/assign_returned", **{"assign_returned-to": other.id})
    run("route", made.id)
    db.session.expire_all()
    assert (made.state, made.assignee_id, made.awaits_routing) == ("dispatched", other.id, False)


def test_the_page_tells_the_managers_decision_with_his_reason_before_the_earlier_ones(boss, hotline, twice, queue):
    made, other = twice
    again(made, queue)
    boss.submit(boss.get(address(made)), "/do/assign_finally", **{"assign_finally-to": other.id, "assign_finally-reason": "He knows the depot."})
    for reader in (boss, hotline):
        heads = [head.text for head in reader.get(f"{address(made)}/routing", links=True).tree.all("h2")]
        newest = next(head for head in heads if "Another One" in head)
        assert newest.startswith("Assigned finally to Another One by Person")
        assert heads.index(newest) < heads.index(next(head for head in heads if "The manager says finally who has it" in head))
        for path in ("", "/routing"):
            text = reader.get(address(made) + path).text
            assert text.index("Assigned finally to Another One by") < text.index("The reason: He knows the depot.")
    assert services.same_again(routing.decisions(made)[0]) is None, "nothing to weigh"


@pytest.mark.parametrize(("state", "verb"), [("dispatched", "reroute"), ("in_progress", "hand_over")])
def test_who_was_named_by_the_manager_has_it_by_his_word(boss, database, state, verb):
    made, other = ticket(state), staff(name="Another One")
    boss.submit(boss.get(address(made)), f"/do/{verb}", **{f"{verb}-to": other.id, f"{verb}-reason": "He knows the depot."})
    text = boss.get(f"{address(made)}/routing").text
    assert "gave it to Another One" in text
    assert "The reason: He knows the depot." in text


@pytest.mark.parametrize("reason", ["", "Not here."])
def test_without_a_name_routing_decides_and_nobody_else_did(boss, database, reason):
    made = ticket("dispatched")
    boss.submit(boss.get(address(made)), "/do/reroute", **{"reroute-to": "", "reroute-reason": reason})
    assert routing.decisions(made) == []


def test_the_manager_compares_and_reads_who_is_away_and_who_gave_it_back(boss, twice, queue):
    made, other = twice
    again(made, queue)
    people.enter_leave(SYSTEM, other, catalog.today(), catalog.today() + timedelta(days=9))
    page = boss.get(address(made))
    rows = {row.text.split("away")[0].split("gave")[0].strip(): row.text for row in page.tree.all("tr")}
    assert any("Another One" in text and "is away" in text for text in rows.values())
    assert any("Meant By Him" in text and "gave it back" in text for text in rows.values())
    assert "Another One (on leave until" in page.html
    assert f'<option selected value="{other.id}">' not in page.html, "nobody who is away is chosen without a look"
    assert 'href="#assign"' in page.html


def test_the_manager_cannot_assign_it_to_who_said_that_he_must_stand_aside(boss, given_back, queue):
    made, colleague = given_back
    again(made, queue)
    handler = made.assignee
    returning.give_back(made, who(handler), Grounds("conflict", "My cousin's shop."))
    db.session.commit()
    again(made, queue)
    page = boss.get(address(made))
    first = db.session.get(User, made.former_ids[0])
    chosen = [option.get("value") for option in page.tree.all("option") if option.inside("select").get("name") == "assign_finally-to"]
    assert (str(handler.id) in chosen, str(first.id) in chosen) == (False, True)
    refused = boss.submit(page, "/do/assign_finally", 422, **{"assign_finally-to": handler.id, "assign_finally-reason": "All the same."})
    assert made.assignee is None, refused.text


def test_the_decisions_page_leaves_it_to_the_manager_with_all_figures(boss, twice, queue):
    made, other = twice
    again(made, queue)
    page = boss.get(f"{address(made)}/routing")
    newest = next(page.tree.all("table"))
    assert "The manager says finally who has it" in page.text
    assert "nobody was chosen by them" in page.text
    assert all("0." in row.text for row in list(newest.all("tr"))[1:]), "also who gave it back has his figures"
