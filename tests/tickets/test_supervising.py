"""A manager's demand: its deadline, who may make and answer it, and its end with the ticket; the retailer's urging."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock, settings
from core.actor import RETAILER
from core.db import db
from core.errors import DomainError, NotAllowed
from core.jobs import run
from notifications.models import Notice
from tests import builders
from tickets import haste
from tickets.demands import Demand, Escalation, Urging
from tickets.services import clocks, closing, conversation, handling, supervising, triaging, urging

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


@pytest.fixture
def people(queue, gateways):
    made = {"handler": builders.staff(certificates={"DLV": 4}), "boss": builders.staff(roles=("manager",), leads=True, certificates={}),
            "stranger": builders.staff(roles=("manager",), in_team="finance", leads=True, certificates={}),
            "hotline": builders.staff(roles=("hotline",), in_team="hotline", certificates={})}
    db.session.commit()
    return made


@pytest.fixture
def ticket(people, queue):
    with clock.frozen(THURSDAY):
        made = builders.ticket("in_progress", handler=people["handler"])
        db.session.commit()
        queue.run()
        yield made


def who(people, name):
    return builders.who(people[name])


def told(kind):
    return set(db.session.scalars(db.select(Notice.user_id).filter_by(kind=kind)))


def test_a_demand_is_due_in_working_time_and_told_to_the_handler_once(ticket, people, queue):
    row = supervising.demand(ticket, who(people, "boss"), "Call the depot.", 240)
    assert row.due_at == THURSDAY + timedelta(hours=5)  # over the lunch break
    assert (ticket.supervised, clocks.running(ticket, "demand")[0].due_at) == (True, row.due_at)
    db.session.commit()
    queue.run()
    run("tell_supervised", row.id)
    assert told("supervised") == {people["handler"].id}
    assert db.session.query(Notice).filter_by(kind="supervised").count() == 1


@pytest.mark.parametrize("name", ["handler", "hotline", "stranger"])
def test_only_a_manager_of_the_ticket_demands(ticket, people, name):
    with pytest.raises(DomainError, match="not_allowed"):
        supervising.demand(ticket, who(people, name), "Call the depot.")
    assert db.session.query(Demand).count() == 0


def test_one_demand_at_a_time(ticket, people):
    supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    with pytest.raises(DomainError, match="demand_open"):
        supervising.demand(ticket, who(people, "boss"), "And the shop.")


def test_its_answer_ends_it_and_the_manager_hears_of_it(ticket, people, queue):
    row = supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    with pytest.raises(DomainError, match="not_allowed"):
        supervising.answer(ticket, who(people, "boss"), "Done.")
    supervising.answer(ticket, who(people, "handler"), "Called.")
    assert (ticket.supervised, clocks.running(ticket, "demand"), row.answer) == (False, [], "Called.")
    with pytest.raises(DomainError, match="demand_gone"):
        supervising.answer(ticket, who(people, "handler"), "Once more.")
    db.session.commit()
    queue.run()
    assert told("demand_answered") == {people["boss"].id}
    supervising.demand(ticket, who(people, "boss"), "And the shop.")
    assert [one.text for one in supervising.demands(ticket)] == ["And the shop.", "Call the depot."]


@pytest.mark.parametrize(("state", "handler", "answerer"), [("received", None, "hotline"), ("dispatched", False, "boss")])
def test_without_a_handler_who_has_it_answers(people, state, handler, answerer):
    made = builders.ticket(state, handler=handler)
    supervising.demand(made, who(people, "boss"), "Call the depot.")
    others = {"hotline", "boss"} - {answerer}
    assert [supervising.answers(made, who(people, name)) for name in (answerer, *others)] == [True, False]


def test_the_hotline_does_not_answer_for_the_handler(ticket, people):
    supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    with pytest.raises(NotAllowed):
        supervising.answer(ticket, who(people, "hotline"), "Done.")


def test_what_was_answered_may_be_demanded_again(ticket, people):
    with pytest.raises(DomainError, match="demand_none"):
        supervising.again(ticket, who(people, "boss"))
    first = supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    supervising.answer(ticket, who(people, "handler"), "Soon.")
    second = supervising.again(ticket, who(people, "boss"))
    assert (second.text, second.id != first.id, ticket.supervised) == ("Call the depot.", True, True)
    supervising.answer(ticket, who(people, "handler"), "On Friday.")
    with pytest.raises(NotAllowed):
        supervising.again(ticket, who(people, "handler"))


def test_a_late_demand_raises_the_ticket(ticket, people, queue):
    row = supervising.demand(ticket, who(people, "boss"), "Call the depot.", 60)
    db.session.commit()
    with clock.frozen(row.due_at):
        run("watch_clocks")
        run("watch_escalations")
    assert db.session.scalars(db.select(Escalation.level).filter_by(why="demand")).all() == [1]
    assert ticket.escalation == 1


def test_a_question_to_the_retailer_pauses_the_answer_and_not_the_demand(ticket, people):
    supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    handling.ask(ticket, who(people, "handler"), "Which day?", builders.standard(ticket, "ask"))
    paused = {one.kind: one.paused_at is not None for one in clocks.running(ticket)}
    assert (paused["resolve"], paused["demand"], paused["info"]) == (True, False, False)


def test_another_severity_leaves_the_demands_time_as_it_was_set(ticket, people):
    row = supervising.demand(ticket, who(people, "boss"), "Call the depot.", 60)
    triaging.lower_or_raise(ticket, who(people, "boss"), "S1", "the shop stands still")
    assert clocks.running(ticket, "demand")[0].due_at == row.due_at


def test_a_ticket_that_ends_is_supervised_no_longer(ticket, people):
    row = supervising.demand(ticket, who(people, "boss"), "Call the depot.")
    closing.withdraw(ticket, RETAILER, confirmed=True)
    db.session.refresh(row)
    assert (row.lifted_at is not None, ticket.supervised, clocks.running(ticket)) == (True, False, [])


def test_urging_is_counted_once_in_a_while_told_and_raised(ticket, people, queue):
    gap, counted = timedelta(minutes=settings.get("urging_gap_minutes")), []
    for turn in range(3):
        with clock.frozen(THURSDAY + turn * gap):
            counted.append(urging.urge(ticket, RETAILER, "web"))
            counted.append(urging.urge(ticket, RETAILER, "web"))
            db.session.commit()
            queue.run()
    assert counted == [True, False] * 3
    assert (ticket.urgings, ticket.escalation) == (3, 1)
    assert told("urged") == {people["handler"].id}
    assert db.session.query(Notice).filter_by(kind="urged").count() == 3
    assert told("raised_1") == {people["boss"].id}


def test_words_that_press_are_counted_and_others_are_not(ticket):
    conversation.continue_with(ticket, "The order number is 12345678.", "web")
    assert ticket.urgings == 0
    conversation.continue_with(ticket, "怎么还没处理？我等了好久了", "sms")
    assert db.session.scalars(db.select(Urging.channel)).all() == ["sms"]


@pytest.mark.parametrize("state", ["needs_info", "answered", "closed"])
def test_nothing_can_be_hastened_while_we_wait_for_him(database, state):
    made = builders.ticket(state)
    assert not urging.urge(made, RETAILER, "web")
    assert made.urgings == 0


@pytest.mark.parametrize("text", [
    "催一下", "麻烦快点处理", "你们到现在还没人管", "什么时候能答复我", "都等了好久了", "请尽快给我解决", "还没有消息吗", "Please hurry up", "I am still waiting",
    "No answer yet.", "How much longer will it take?", "When will I get an answer?"])
def test_words_that_ask_for_haste(text):
    assert haste.asks_for_haste(text)


@pytest.mark.parametrize("text", [
    "货少了两件", "订单号是 12345678", "送货员昨天没来", "谢谢，知道了", "价格不对", "是周二那天", "The order number is 123", "It was on Tuesday.", "Thank you", "The van did not come.",
    "我快到店了", "还没收到货"])
def test_words_that_tell_something_else(text):
    assert not haste.asks_for_haste(text)
