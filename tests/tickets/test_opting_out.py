"""A number that wants no messages: noted once, a call for every open ticket."""
import pytest

from core.db import db
from desk.shown.words import CALL_REASONS, HAPPENED
from retailers.queries import opt_out_of
from tests import builders
from tickets.models import CallTask, Message
from tickets.services import calls, opting_out

NUMBER = "+8613800137777"


@pytest.fixture
def shop(database):
    return builders.retailer(phone=NUMBER)


def tasks():
    return db.session.scalars(db.select(CallTask).order_by(CallTask.id)).all()


def test_every_open_ticket_of_the_number_gets_one_call(shop, queue):
    open_ones = [builders.ticket("in_progress", shop=shop, phone=NUMBER), builders.ticket("answered", shop=shop, phone=NUMBER)]
    builders.ticket("closed", shop=shop, phone=NUMBER)
    builders.ticket("in_progress", phone="+8613800137778")
    for _time in range(2):
        opting_out.stop_messages(NUMBER, "sms", "7")
    assert opt_out_of(NUMBER).source == "sms"
    assert [(task.ticket_id, task.reason) for task in tasks()] == [(ticket.id, "opted_out") for ticket in open_ones]
    assert db.session.query(Message).filter_by(kind="system", purpose="opted_out").count() == 2


def test_a_known_opt_out_asks_for_no_further_calls(shop, queue):
    builders.ticket("in_progress", shop=shop, phone=NUMBER)
    opting_out.stop_messages(NUMBER, "sms", "7")
    assert opting_out.stop_messages(NUMBER, "provider", "8") == []
    assert len(tasks()) == 1


def test_whether_the_complaint_was_meant_is_asked_even_then(shop, queue):
    ticket = builders.ticket("in_progress", shop=shop, phone=NUMBER)
    opting_out.stop_messages(NUMBER, "sms", "7")
    for _time in range(2):
        assert opting_out.stop_messages(NUMBER, "sms_word", "8", perhaps_withdrawn=True, said="CANCEL") == [ticket]
    assert [(task.reason, task.text) for task in tasks()] == [("opted_out", ""), ("perhaps_withdrawn", "CANCEL")]
    assert ticket.state == "in_progress"


def test_who_goes_back_and_forth_is_called_once(shop, queue):
    ticket = builders.ticket("in_progress", shop=shop, phone=NUMBER)
    for key in "78":
        opting_out.stop_messages(NUMBER, "sms_word", key, perhaps_withdrawn=True, said="QUIT")
    assert len(tasks()) == 1
    calls.finish_call_task(tasks()[0], builders.who(ticket.assignee), "reached", "He only meant the texts.")
    opting_out.stop_messages(NUMBER, "sms_word", "9", perhaps_withdrawn=True, said="QUIT")
    assert len(tasks()) == 2


def test_an_unknown_number_is_noted_all_the_same(database):
    assert opting_out.stop_messages("+8613800137779", "provider", "1") == []
    assert opt_out_of("+8613800137779").source == "provider"


def test_what_is_said_of_it_has_words():
    assert {"opted_out", "perhaps_withdrawn", *calls.MINUTES} <= set(CALL_REASONS)
    assert "opted_out" in HAPPENED
