"""Delivery reports: they find their message by our reference or the gateway's id, and what they tell reaches the thread and the desk."""
from datetime import timedelta
from itertools import permutations

import pytest

from core import clock
from core.actor import SYSTEM
from core.db import db
from notifications import delivery, outbox, receipts
from notifications.models import OutboundMessage
from retailers.queries import opt_out_of, opted_out
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation


@pytest.fixture
def ticket(queue, gateways):
    made = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    return made


@pytest.fixture
def sent(ticket, queue):
    """A message that its gateway took."""
    conversation.say(ticket, SYSTEM, "We are working on it.", "interim")
    db.session.commit()
    queue.run()
    return db.session.scalars(db.select(OutboundMessage)).one()


@pytest.fixture
def half_sent(ticket, queue):
    """A message whose worker went away before it could note the gateway's id."""
    message = conversation.say(ticket, SYSTEM, "We are working on it.", "interim")
    row = db.session.get(OutboundMessage, outbox.prepare(message.id))
    delivery.claim(row.id)
    db.session.commit()
    return row


def told(row, status, code="", attempt=None, sid=None, provider="recording", **more):
    fields = {"MessageSid": row.gateway_id or "SM1" if sid is None else sid, "MessageStatus": status, "ErrorCode": code} | more
    receipts.note(f"{row.reference}-{attempt or row.attempts}", provider, fields, clock.now())
    db.session.commit()


def thread(row):
    message = db.session.get(conversation.Message, row.message_id)
    return message.delivery, message.delivery_note


def open_tasks():
    return db.session.scalars(db.select(CallTask).filter_by(done_at=None).order_by(CallTask.id)).all()


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered", "delivered"])))
def test_reports_in_any_order(sent, order):
    for status in order:
        told(sent, status)
    assert (sent.state, thread(sent)[0]) == ("delivered", "delivered")
    assert sent.delivered_at is not None


def test_a_final_refusal_is_a_call_whose_reason_stands_in_the_thread(sent):
    for _ in range(2):
        told(sent, "undelivered", "30006")
    assert (sent.state, sent.reason, sent.error) == ("failed", "landline", "undelivered 30006")
    assert thread(sent) == ("failed", "landline")
    (task,) = open_tasks()
    assert (task.reason, task.text) == ("undelivered", "landline")


def test_it_arrived_after_all_and_nobody_need_call(sent):
    told(sent, "undelivered", "30006")
    told(sent, "delivered")
    assert (sent.state, thread(sent), open_tasks()) == ("delivered", ("delivered", ""), [])
    task = db.session.scalars(db.select(CallTask)).one()
    assert (task.result, task.note) == ("not_needed", "arrived")


def test_a_handset_out_of_reach_is_tried_again_and_in_the_end_called(sent, queue, gateways):
    now = clock.now()
    for number, wait in enumerate(receipts.UNREACHED, 1):
        with clock.frozen(now):
            told(sent, "undelivered", "30003")
            told(sent, "undelivered", "30003")
            assert (sent.state, sent.attempts, thread(sent)) == ("queued", number, ("queued", "out_of_reach"))
        now = sent.not_before
        assert open_tasks() == []
        with clock.frozen(now):
            queue.enqueue("sweep_messages")
            queue.run()
        assert (sent.state, len(gateways["sms"].sent)) == ("sent", number + 1)
    told(sent, "undelivered", "30003")
    assert sent.state == "failed"
    assert len(open_tasks()) == 1


def test_a_late_report_of_an_earlier_try_does_not_fail_the_present_one(sent, queue):
    told(sent, "undelivered", "30003")
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        queue.enqueue("sweep_messages")
        queue.run()
    assert sent.attempts == 2
    told(sent, "failed", "30007", attempt=1, sid="SM-of-the-first-try")
    assert sent.state == "sent"
    told(sent, "delivered", attempt=1, sid="SM-of-the-first-try")
    assert sent.state == "delivered"


def test_opted_out_at_the_provider(sent, ticket):
    told(sent, "failed", "21610")
    assert opted_out(ticket.contact_phone)
    assert (sent.reason, len(open_tasks())) == ("opted_out", 1)


def test_an_opt_out_that_the_carrier_knows_makes_calls_of_his_other_tickets_too(sent, ticket):
    other = builders.ticket("in_progress", phone=ticket.contact_phone)
    for _ in range(2):
        told(sent, "failed", "21610")
    assert opt_out_of(ticket.contact_phone).source == "provider"
    assert sorted((task.ticket_id, task.reason) for task in open_tasks()) == [(ticket.id, "undelivered"), (other.id, "opted_out")]


@pytest.mark.parametrize(("status", "state"), [("sent", "sent"), ("delivered", "delivered")])
def test_what_a_dead_worker_could_not_note_is_learned_from_the_report(half_sent, status, state):
    told(half_sent, status)
    assert (half_sent.state, half_sent.gateway_id) == (state, "SM1")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        delivery.give_up(half_sent.id)
    assert half_sent.state == state


def test_a_call_about_a_doubtful_message_is_taken_back(half_sent):
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        delivery.give_up(half_sent.id)
        db.session.commit()
    assert (half_sent.state, thread(half_sent), len(open_tasks())) == ("unknown", ("unknown", "interrupted"), 1)
    told(half_sent, "delivered")
    assert (half_sent.state, open_tasks()) == ("delivered", [])


def test_a_report_that_is_faster_than_the_answer(half_sent):
    told(half_sent, "delivered")
    delivery.settle(half_sent.id, delivery.Outcome("sent", "recording", "SM1"))
    assert half_sent.state == "delivered"
    delivery.settle(half_sent.id, delivery.Outcome("queued", "recording", error="500"))
    assert half_sent.state == "delivered"


def test_what_answered_with_an_error_and_was_sent_all_the_same_goes_out_once(half_sent, queue, gateways):
    delivery.settle(half_sent.id, delivery.Outcome("queued", "recording", error="500", reason="gateway_down"))
    told(half_sent, "sent")
    with clock.frozen(clock.now() + timedelta(hours=1)):
        queue.enqueue("sweep_messages")
        queue.run()
    assert (half_sent.state, gateways["sms"].sent) == ("sent", [])


def test_without_our_reference_the_gateways_id_finds_it(sent):
    receipts.note("", "recording", {"MessageSid": sent.gateway_id, "MessageStatus": "delivered"}, clock.now())
    assert sent.state == "delivered"


@pytest.mark.parametrize("reference", ["", "x", "0" * 32 + "-1", "0" * 32, "message:1", "../..", "\0"])
def test_reports_about_nothing_change_nothing(sent, reference):
    receipts.note(reference, "recording", {"MessageStatus": "failed", "MessageSid": ""}, clock.now())
    receipts.note(f"{sent.reference}-99", "recording", {"MessageStatus": "failed"}, clock.now())
    receipts.note(f"{sent.reference}-1", "another", {"MessageStatus": "failed"}, clock.now())
    receipts.note(f"{sent.reference}-1", "recording", {}, clock.now())
    assert sent.state == "sent"


def test_a_carriers_own_codes_bring_their_meaning(sent):
    told(sent, "undelivered", "E1", Final="false", Reason="busy")
    assert (sent.state, sent.reason) == ("queued", "busy")
    told(sent, "delivered")
    assert sent.state == "delivered"
