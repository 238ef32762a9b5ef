"""One outbound message for words in the thread, and what becomes of it."""
from datetime import timedelta

import pytest

from core import clock
from core.actor import SYSTEM
from core.db import db
from core.jobs import NETWORK
from gateways.base import PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications import delivery, outbox
from notifications.models import OutboundMessage
from retailers.models import OptOut
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation


@pytest.fixture
def ticket(queue, gateways):
    made = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    return made


def write(ticket, purpose="interim"):
    message = conversation.say(ticket, SYSTEM, "We are working on it.", purpose)
    db.session.commit()
    return message


def rows():
    return db.session.scalars(db.select(OutboundMessage).order_by(OutboundMessage.id)).all()


def tasks():
    return db.session.scalars(db.select(CallTask).order_by(CallTask.id)).all()


def test_words_go_out_once_however_often_the_job_runs(ticket, queue, gateways):
    message = write(ticket)
    for _ in range(3):
        queue.enqueue("deliver", message.id)
    queue.run()
    (row,) = rows()
    assert (row.state, row.attempts, row.gateway, message.delivery) == ("sent", 1, "recording", "sent")
    assert row.gateway_id == f"recording-1-{row.reference}-1"
    assert [sent.body for sent in gateways["sms"].sent] == ["We are working on it."]


def test_a_message_that_is_being_sent_is_left_alone(ticket, queue, gateways):
    message = write(ticket)
    outbound = outbox.prepare(message.id)
    assert delivery.claim(outbound) is not None
    assert delivery.claim(outbound) is None
    assert message.delivery == "sending"
    queue.run()
    assert gateways["sms"].sent == []


def test_a_temporary_failure_is_tried_again_later_and_in_the_end_given_up(ticket, queue, gateways):
    message = write(ticket)
    gateways["sms"].failures = [TemporaryFailure("busy") for _ in range(len(NETWORK) + 1)]
    queue.run()
    (row,) = rows()
    now, waits = clock.now(), []
    while row.state == "queued":
        waits.append(round((row.not_before - now).total_seconds()))
        assert message.delivery == "queued"
        queue.enqueue("transmit", row.id)
        queue.run()
        assert row.attempts == len(waits), "before its time nothing happens"
        now = row.not_before
        with clock.frozen(now):
            queue.enqueue("sweep_messages")
            queue.run()
    assert waits[1:] == list(NETWORK[1:])
    assert sum(NETWORK) > 3600, "an hour of trying at least"
    assert (row.state, row.attempts, message.delivery) == ("failed", len(NETWORK) + 1, "failed")
    assert [task.dedupe_key for task in tasks()] == [f"undelivered:{row.id}"]


def test_a_second_try_can_succeed(ticket, queue, gateways):
    message = write(ticket)
    gateways["sms"].failures = [TemporaryFailure("busy")]
    queue.run()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        queue.enqueue("sweep_messages")
        queue.run()
    assert message.delivery == "sent"
    assert len(gateways["sms"].sent) == 1
    assert tasks() == []


@pytest.mark.parametrize(("failure", "state"), [(PermanentFailure(21610, "opted out"), "failed"), (UnknownOutcome("connection"), "unknown")])
def test_what_cannot_be_delivered_becomes_one_call(ticket, queue, gateways, failure, state):
    message = write(ticket)
    gateways["sms"].failures = [failure]
    queue.run()
    with clock.frozen(clock.now() + timedelta(hours=2)):
        queue.enqueue("deliver", message.id)
        queue.enqueue("sweep_messages")
        queue.run()
    (task,) = tasks()
    assert (task.reason, task.ticket_id) == ("undelivered", ticket.id)
    assert message.delivery == rows()[0].state == state
    assert gateways["sms"].sent == []


@pytest.mark.parametrize(("purpose", "state", "calls"), [("answer", "failed", 1), ("ack", "none", 0), ("survey", "none", 0)])
def test_who_wants_no_messages_gets_none(ticket, queue, gateways, purpose, state, calls):
    db.session.add(OptOut(address=ticket.contact_phone, since=clock.now()))
    message = write(ticket, purpose)
    queue.enqueue("deliver", message.id)
    queue.run()
    assert message.delivery == state
    assert len(tasks()) == calls
    assert rows() == gateways["sms"].sent == []


def test_words_for_the_page_stay_on_the_page(ticket, queue, gateways):
    ticket.contact_phone = ticket.contact_email = None
    message = write(ticket)
    queue.run()
    assert message.delivery == "page"
    assert rows() == []


def test_the_numbers_of_the_demo_are_never_written_to(ticket, queue, gateways):
    ticket.is_demo = True
    message = write(ticket)
    queue.run()
    assert (message.delivery, rows()[0].gateway) == ("sent", "demo")
    assert gateways["sms"].sent == []


def test_a_simulated_handset_may_read_the_words_of_the_demo(ticket, queue, gateways, monkeypatch):
    monkeypatch.setattr(gateways["sms"], "stands_in", True, raising=False)
    ticket.is_demo = True
    write(ticket)
    queue.run()
    assert len(gateways["sms"].sent) == 1


def test_the_sweep_finds_words_and_messages_whose_job_was_lost(ticket, queue, gateways):
    lost, prepared = write(ticket), write(ticket)
    outbox.prepare(prepared.id)
    db.session.commit()
    queue.clear()
    queue.enqueue("sweep_messages")
    queue.run()
    assert gateways["sms"].sent == [], "younger than half a minute: their own jobs are still on their way"
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        queue.enqueue("sweep_messages")
        queue.run()
    assert {lost.delivery, prepared.delivery} == {"sent"}
    assert len(gateways["sms"].sent) == 2


def test_a_message_of_a_killed_worker_is_never_sent_again(ticket, queue, gateways):
    message = write(ticket)
    delivery.claim(outbox.prepare(message.id))
    db.session.commit()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        queue.enqueue("sweep_messages")
        queue.run()
        assert message.delivery == "sending"
    with clock.frozen(clock.now() + timedelta(minutes=4)):
        queue.enqueue("sweep_messages")
        queue.run()
        queue.enqueue("sweep_messages")
        queue.run()
    assert message.delivery == rows()[0].state == "unknown"
    assert len(tasks()) == 1
    assert gateways["sms"].sent == []


def test_a_late_word_from_the_gateway_is_still_heard(ticket, queue, gateways):
    message = write(ticket)
    outbound = outbox.prepare(message.id)
    delivery.claim(outbound)
    with clock.frozen(clock.now() + timedelta(minutes=4)):
        delivery.give_up(outbound)
    delivery.settle(outbound, delivery.Outcome("sent", "recording", "x"))
    assert message.delivery == "sent"
    delivery.settle(outbound, delivery.Outcome("failed", "recording"))
    assert message.delivery == "sent"
