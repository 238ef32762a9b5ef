"""Turns at a gateway: a rate for all workers, and what goes to many takes only what single answers leave."""
from datetime import UTC, datetime, timedelta

import pytest
from rq import SimpleWorker

from core import clock, jobs, settings
from core.actor import SYSTEM
from core.db import db
from core.queue import QUEUES, RqQueue
from notifications import outbox, pace
from notifications.models import GatewayPace, OutboundMessage
from tests import builders
from tickets.services import conversation

NOON = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)


@pytest.fixture
def ticket(queue, gateways):
    made = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    return made


def message(ticket, number, purpose="interim"):
    """A message of its own number, as it stands before its job runs."""
    made = conversation.say(ticket, SYSTEM, f"Words {number}", purpose)
    row = db.session.get(OutboundMessage, outbox.prepare(made.id))
    row.address = f"+86138001{number:05}"
    db.session.commit()
    return row


def test_each_message_gets_the_next_turn(ticket, queue):
    settings.put("sms_rates", "recording=4")
    rows = [message(ticket, number) for number in range(4)]
    with clock.frozen(NOON):
        assert [pace.take(row.id) for row in rows] == [0, 0.25, 0.5, 0.75]
    with clock.frozen(NOON + timedelta(seconds=10)):
        assert pace.take(rows[0].id) == 0, "turns are not saved up"


def test_what_goes_to_many_takes_no_turn_in_advance(ticket, queue):
    settings.put("sms_rates", "recording=4")
    rows = [message(ticket, number) for number in range(3)]
    with clock.frozen(NOON):
        assert pace.take_spare(rows[0].id) == 0
        assert pace.take_spare(rows[1].id) is None
        assert pace.take(rows[2].id) == 0.25, "a single answer only waits for what is on its way"
    with clock.frozen(NOON + timedelta(seconds=0.4)):
        assert pace.take_spare(rows[1].id) is None, "its turn went to the single answer"
    with clock.frozen(NOON + timedelta(seconds=0.5)):
        assert pace.take_spare(rows[1].id) == 0


def test_without_a_rate_nobody_waits(ticket, queue):
    row = message(ticket, 1)
    assert {pace.take(row.id) for _ in range(50)} == {0}
    assert pace.take_spare(row.id) == 0
    assert db.session.scalars(db.select(GatewayPace)).all() == []


@pytest.mark.parametrize(("text", "found"), [("twilio=10, paper=2.5", {"twilio": 10, "paper": 2.5}), ("", {}), (" a = 1 ,", {"a": 1})])
def test_rates(text, found):
    assert pace.rates(text) == found


@pytest.mark.parametrize("text", ["twilio", "twilio=", "twilio=fast", "twilio=0", "twilio=-1", "twilio=nan", "twilio=inf"])
def test_what_is_no_rate(text):
    with pytest.raises(pace.BadRates):
        pace.rates(text)


def test_one_of_many_that_finds_no_turn_is_left_to_the_sweep(ticket, queue, gateways):
    settings.put("sms_rates", "recording=1")
    row = message(ticket, 1, "notice")
    with clock.frozen(NOON):
        pace.take(message(ticket, 2).id)
        queue.enqueue("transmit_mass", row.id)
        queue.run()
    assert (row.state, row.attempts) == ("queued", 0)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        queue.enqueue("sweep_messages")
        queue.run()
    assert row.state == "sent"


@pytest.mark.parametrize("purpose", ["notice", "survey"])
def test_notices_and_surveys_travel_among_the_many(ticket, queue, gateways, purpose):
    made = conversation.say(ticket, SYSTEM, "We know.", purpose)
    db.session.commit()
    queue.waiting.remove(("deliver", made.id))
    jobs.run("deliver", made.id)
    row = db.session.scalars(db.select(OutboundMessage)).one()
    assert (row.lane, row.state, queue.waiting) == ("mass", "queued", [("transmit_mass", row.id)])
    queue.run()
    assert made.delivery == "sent"


def test_a_single_answer_passes_three_hundred_of_many(app, ticket, queue, gateways, redis, monkeypatch):
    settings.put("sms_rates", "recording=200")
    rq = RqQueue(redis)
    monkeypatch.setitem(app.extensions, "queue", rq)
    monkeypatch.setattr(jobs, "_app", app)
    many = [message(ticket, number, "survey") for number in range(300)]
    db.session.commit()
    redis.flushall()
    for row in many:
        rq.enqueue("transmit_mass", row.id)
    worker = SimpleWorker([rq.named(name) for name in QUEUES], connection=redis, serializer="json")
    worker.work(burst=True, max_jobs=5)
    answer = conversation.say(ticket, SYSTEM, "The answer", "interim")
    db.session.commit()
    worker.work(burst=True, max_jobs=5)
    sent = [outgoing.body for outgoing in gateways["sms"].sent]
    assert sent.index("The answer") <= 5 + 2
    assert answer.delivery == "sent" and len(sent) == 10
