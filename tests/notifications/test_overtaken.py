"""Words that wait for the morning: what is no longer so by then is not sent, and nobody is told that it was."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from core.actor import RETAILER
from core.db import db
from notifications.models import OutboundMessage
from tests import builders
from tickets.models import CallTask
from tickets.services import closing, conversation, handling, replying

NIGHT, MORNING = datetime(2026, 11, 19, 23, tzinfo=ZoneInfo("Asia/Shanghai")), datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(queue, gateways):
    settings.put("quiet_from", "21:00")
    settings.put("quiet_until", "08:00")
    with clock.frozen(NIGHT - 8 * HOUR):
        made = builders.ticket("in_progress", shop=builders.retailer())
        db.session.commit()
    queue.clear()
    return made


def at(moment, queue, act, *args):
    with clock.frozen(moment):
        act(*args)
        db.session.commit()
        queue.run()


def answer(ticket):
    builders.write_answer(ticket, ticket.assignee)
    replying.submit(ticket, builders.who(ticket.assignee))
    boss = builders.staff(roles=("manager",), in_team=ticket.team.code, leads=True, certificates={})
    replying.approve(ticket, builders.who(boss))


def sweep(queue):
    queue.enqueue("sweep_messages")


def of(ticket, purpose):
    return [(row.state, row.reason) for row in db.session.scalars(
        db.select(OutboundMessage).filter_by(ticket_id=ticket.id, purpose=purpose).order_by(OutboundMessage.id))]


def test_an_answer_that_was_rejected_in_the_night_is_not_texted(ticket, queue, gateways):
    at(NIGHT, queue, answer, ticket)
    assert of(ticket, "answer") == [("queued", "quiet")]
    at(NIGHT + HOUR, queue, closing.redo, ticket, RETAILER, "not solved")
    at(MORNING, queue, sweep, queue)
    assert of(ticket, "answer") == [("cancelled", "overtaken")]
    said = next(m for m in ticket.messages if m.purpose == "answer")
    assert (said.delivery, said.delivery_note) == ("none", "overtaken")
    assert db.session.scalars(db.select(CallTask)).all() == []


def test_of_two_answers_of_a_night_the_later_one_is_texted(ticket, queue, gateways):
    at(NIGHT, queue, answer, ticket)
    at(NIGHT + HOUR, queue, closing.redo, ticket, RETAILER, "not solved")
    at(NIGHT + 2 * HOUR, queue, answer, ticket)
    at(MORNING, queue, sweep, queue)
    assert of(ticket, "answer") == [("cancelled", "overtaken"), ("sent", "")]


def test_an_answer_that_stands_is_texted_in_the_morning(ticket, queue, gateways):
    at(NIGHT, queue, answer, ticket)
    at(MORNING, queue, sweep, queue)
    assert of(ticket, "answer") == [("sent", "")]


def test_a_question_that_was_answered_in_the_night_is_not_asked_any_more(ticket, queue, gateways):
    actor = builders.who(ticket.assignee)
    at(NIGHT, queue, handling.ask, ticket, actor, "Which day was it?", builders.standard(ticket, "ask"))
    assert of(ticket, "ask") == [("queued", "quiet")]
    at(NIGHT + HOUR, queue, conversation.continue_with, ticket, "It was on Tuesday.", "web")
    at(MORNING, queue, sweep, queue)
    assert of(ticket, "ask") == [("cancelled", "overtaken")]


def test_what_waits_has_not_gone_out(ticket, queue, gateways):
    at(NIGHT, queue, answer, ticket)
    said = next(m for m in ticket.messages if m.purpose == "answer")
    assert not conversation.has_gone_out(said)
    at(MORNING, queue, sweep, queue)
    assert conversation.has_gone_out(said)
