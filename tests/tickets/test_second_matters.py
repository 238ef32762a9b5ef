"""Matters beside the main one: who decides, what becomes of them, what the answer must speak of."""
import pytest

from catalog import queries as catalog
from core import clock
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError, NotAllowed
from tests.builders import classify, opened, staff, ticket, who, write_answer
from tickets import case_number
from tickets.models import MergeRefusal
from tickets.services import numbering, replying, second_matters, triaging

WORDS = "and the driver shouted at me"


@pytest.fixture
def hotline(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def second(made, leaf: str = "SVC.MANNER", words: str = WORDS):
    (matter,) = second_matters.propose(made, [(leaf, words, 0.9)])
    return matter


def test_what_the_machine_finds_anew_takes_the_place_of_what_nobody_decided(hotline):
    made = opened(f"It came late {WORDS}")
    second_matters.refuse(second(made), hotline)
    assert second_matters.propose(made, [("SVC.MANNER", WORDS, 0.9)]) == []
    assert [m.leaf_code for m in second_matters.propose(made, [("DLV.COUNT", "one is missing", 0.8)])] == ["DLV.COUNT"]
    assert second_matters.propose(made, []) == []
    assert [m.standing for m in second_matters.of(made)] == ["refused"]


def test_a_ticket_with_an_undecided_matter_is_not_dispatched(hotline):
    made = opened()
    matter = second(made)
    classify(made)
    with pytest.raises(DomainError, match="matters_decided"):
        triaging.dispatch(made, hotline)
    second_matters.refuse(matter, hotline)
    triaging.dispatch(made, hotline)
    assert made.state == "dispatched"


def test_a_ticket_of_its_own_has_the_same_contact_and_its_own_words_number_and_clocks(hotline):
    made = opened(f"It came late {WORDS}", phone="+8613800138000", name="Lin")
    linked = second_matters.split_off(second(made), hotline)
    assert (linked.retailer_id, linked.contact_phone, linked.contact_name, linked.channel, linked.received_at) == (
        made.retailer_id, made.contact_phone, made.contact_name, made.channel, made.received_at)
    assert [m.body for m in linked.messages] == [WORDS]
    assert case_number.is_valid(linked.case_no)
    assert linked.case_no != made.case_no
    assert linked.token != made.token
    assert {c.kind for c in linked.clocks} == {"triage", "ack"}
    assert second_matters.told_with(linked).ticket is made
    assert second_matters.told_with(made) is None
    refusal = db.session.scalars(db.select(MergeRefusal)).one()  # never proposed to be merged again
    assert {refusal.first_id, refusal.second_id} == {made.id, linked.id}
    with pytest.raises(DomainError, match="second_decided"):
        second_matters.refuse(second_matters.told_with(linked), hotline)


@pytest.mark.parametrize(("words", "subject"), [
    ("and the driver shouted at me, ", "and the driver shouted at me"), ("司机态度很差，", "司机态度很差"), ("why, oh why?", "why, oh why?"), (",", ",")])
def test_the_title_of_a_clause_has_no_comma_left_over(hotline, words, subject):
    made = opened(f"It came late {words}")
    assert second_matters.split_off(second(made, words=words), hotline).subject == subject


def test_whoever_is_named_is_kept_from_both(hotline):
    made = opened(f"It came late {WORDS}")
    made.named_ids = [staff().id]
    assert second_matters.split_off(second(made), hotline).named_ids == made.named_ids


def test_what_leaves_a_sealed_ticket_takes_nothing_with_it(hotline):
    compliance = who(staff(roles=("compliance",), in_team="compliance", certificates={}))
    made = opened("It came late, and he wants a bribe")
    made.named_ids = [staff().id]
    assert made.sealed
    linked = second_matters.split_off(second(made, "DLV.LATE", "It came late"), compliance)
    assert (linked.sealed, linked.named_ids, [m.author_name for m in linked.messages]) == (False, [], [made.contact_name])
    traces = db.session.execute(db.text("SELECT actor_kind FROM audit_entry WHERE ticket_id = :id"), {"id": linked.id}).scalars().all()
    assert set(traces) <= {"system", "retailer"}


def test_only_whoever_works_on_it_decides(database):
    made = opened()
    with pytest.raises(NotAllowed):
        second_matters.refuse(second(made), who(staff()))


@pytest.mark.parametrize(("leaf", "words", "code"), [("DLV.LATE", "late", "second_known"), ("SVC.MANNER", "rude", "second_known"), ("DLV.COUNT", "  ", "second_words")])
def test_what_a_person_adds(hotline, leaf, words, code):
    made = opened()
    classify(made)
    second_matters.add(made, hotline, catalog.leaf("SVC.MANNER"), "rude")
    with pytest.raises(DomainError, match=code):
        second_matters.add(made, hotline, catalog.leaf(leaf), words)


def test_what_is_sealed_is_never_answered_along(hotline):
    made = opened()
    with pytest.raises(DomainError, match="second_sealed"):
        second_matters.answer_along(second(made, "SVC.CONDUCT"), hotline)


def test_an_answer_that_leaves_a_matter_out_goes_nowhere(database):
    handler = staff(certificates={"DLV.LATE": 4})
    made = ticket("in_progress", handler=handler)
    matter = second(made, "DLV.COUNT", "one is missing")
    second_matters.answer_along(matter, who(handler))
    write_answer(made, handler)
    for send in (replying.submit, replying.send_reply):
        with pytest.raises(DomainError, match="matters_spoken_of"):
            send(made, who(handler))
    second_matters.spoken_of(made, who(handler), {matter.id})
    replying.submit(made, who(handler))
    assert (made.state, matter.spoken_round, matter.spoken_by_id) == ("in_review", 1, handler.id)


def test_a_matter_added_under_review_holds_the_answer_back(database):
    handler, boss = staff(certificates={"DLV.LATE": 4}), staff(roles=("manager",), leads=True, certificates={})
    made = ticket("in_review", handler=handler)
    second_matters.answer_along(second(made, "DLV.COUNT", "one is missing"), who(boss))
    with pytest.raises(DomainError, match="matters_spoken_of"):
        replying.approve(made, who(boss))


def test_a_later_round_speaks_of_it_anew(database):
    handler = staff(certificates={"DLV.LATE": 4})
    made = ticket("in_progress", handler=handler)
    matter = second(made, "DLV.COUNT", "one is missing")
    second_matters.answer_along(matter, SYSTEM)
    second_matters.spoken_of(made, who(handler), {matter.id})
    assert second_matters.unspoken(made) == []
    made.redos = 1
    assert second_matters.unspoken(made) == [matter]


def test_a_handler_who_is_not_its_own_says_nothing_of_it(database):
    made = ticket("in_progress")
    with pytest.raises(NotAllowed):
        second_matters.spoken_of(made, who(staff()), set())


def test_numbers_are_drawn_until_one_is_free(database, monkeypatch):
    made = opened()
    drawn = iter([made.case_no, made.case_no, "6112248317"])
    monkeypatch.setattr(case_number, "make", lambda *_args, **_more: next(drawn))
    assert numbering.case_no(clock.now()) == "6112248317"
