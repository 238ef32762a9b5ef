"""The ticket's page: what else is told in it, added later, and spoken of in the answer."""
import pytest

from tests.builders import retailer, staff, ticket, who
from tests.pages import PageClient
from tickets import case_number
from tickets.services import second_matters

WORDS = "and one carton is missing"


@pytest.fixture
def handler(app, database):
    return staff(certificates={"DLV": 4})


@pytest.fixture
def desk(app, handler):
    return PageClient(app).sign_in(handler)


def add(made, desk, **more):
    page = desk.get(f"/desk/tickets/{made.case_no}")
    return desk.submit(page, "/do/add_second", **({"add_second-text": WORDS, "add_second-leaf": "DLV.COUNT", "add_second-way": "along"} | more))


def test_a_handler_adds_what_is_answered_along(desk, handler):
    made = ticket("in_progress", handler=handler)
    page = add(made, desk)
    assert "Entered, and it has an owner." in page.text
    (matter,) = second_matters.of(made)
    assert (matter.standing, matter.leaf_code, matter.words, matter.decided_by_id) == ("along", "DLV.COUNT", WORDS, handler.id)
    assert WORDS in page.text


def test_a_handler_gives_it_to_the_hotline_as_a_ticket_of_its_own(desk, handler):
    made = ticket("in_progress", handler=handler, shop=retailer())
    add(made, desk, **{"add_second-way": "own", "add_second-leaf": "PAY.DEBIT"})
    (matter,) = second_matters.of(made)
    assert (matter.linked.state, matter.linked.subject, matter.linked.retailer_id) == ("received", WORDS, made.retailer_id)


def test_what_is_refused_comes_back_as_it_was_typed(desk, handler):
    made = ticket("in_progress", handler=handler)
    page = desk.submit(desk.get(f"/desk/tickets/{made.case_no}"), "/do/add_second", status=422,
                       **{"add_second-text": WORDS, "add_second-leaf": "DLV.LATE", "add_second-way": "along"})
    assert "a matter of this category already" in page.text
    assert WORDS in page.html


def test_no_sealed_category_is_offered(desk, handler):
    made = ticket("in_progress", handler=handler)
    assert 'value="SVC.CONDUCT"' not in desk.get(f"/desk/tickets/{made.case_no}").html


def test_the_answer_is_held_until_each_is_ticked(desk, handler):
    made = ticket("in_progress", handler=handler)
    add(made, desk)
    (matter,) = second_matters.of(made)
    page = desk.get(f"/desk/tickets/{made.case_no}")
    assert "The answer speaks of" in page.text
    filled = {"v-found": "the van broke down", "v-remedy": "it comes today", "v-promise_date": "2030-01-02", "outcome": "upheld", "root_cause": "process.no_rule", "item": ticked(page)}
    page = desk.submit(page, "/write/answer", button="do=answer", status=422, **filled)
    assert "The answer must speak of everything" in page.text
    desk.submit(page, "/write/answer", button="do=answer", **(filled | {"speaks_of": [matter.id]}))
    assert (made.state, matter.spoken_round) == ("in_review", 1)


def ticked(page) -> list[str]:
    return [box.get("value") for box in page.tree.all("input") if box.get("name") == "item"]


def test_the_reviewer_sees_what_it_must_speak_of(app, handler):
    made = ticket("in_review", handler=handler)
    boss = staff(roles=("manager",), leads=True, certificates={})
    second_matters.answer_along(second_matters.propose(made, [("DLV.COUNT", WORDS, 0.9)])[0], who(boss))
    assert "It must speak of this too" in PageClient(app).sign_in(boss).get(f"/desk/tickets/{made.case_no}").text


def test_both_pages_lead_to_each_other_where_the_reader_may_see_both(app, database):
    hotline = staff(roles=("hotline",), in_team="hotline", certificates={})
    made = ticket("received", text=f"It came late {WORDS}")
    (matter,) = second_matters.propose(made, [("DLV.COUNT", WORDS, 0.9)])
    linked = second_matters.split_off(matter, who(hotline))
    client = PageClient(app).sign_in(hotline)
    assert linked.case_no in client.get(f"/desk/tickets/{made.case_no}", links=True).html
    other = client.get(f"/desk/tickets/{linked.case_no}", links=True)
    assert made.case_no in other.html
    assert "It came late" in other.text


def test_a_handler_of_another_team_reads_the_words_and_cannot_open_the_ticket(app, handler):
    finance = staff(in_team="finance", certificates={"PAY.DEBIT": 4})
    made = ticket("in_progress", handler=handler, text="It came late, and I was charged twice")
    (matter,) = second_matters.propose(made, [("PAY.DEBIT", "and I was charged twice", 0.9)])
    linked = second_matters.split_off(matter, who(handler))
    linked.assignee_id = finance.id
    page = PageClient(app).sign_in(finance).get(f"/desk/tickets/{linked.case_no}")
    assert "It came late" in page.text
    assert case_number.show(made.case_no) in page.text
    assert f"/desk/tickets/{made.case_no}" not in page.html
    made.sealed = True
    page = PageClient(app).sign_in(finance).get(f"/desk/tickets/{linked.case_no}")
    assert "It came late" not in page.text
    assert case_number.show(made.case_no) not in page.text
