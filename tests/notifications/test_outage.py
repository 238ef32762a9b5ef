"""The provider answers 500 for twenty minutes: everything goes out afterwards, once, in the order of its age."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.actor import SYSTEM
from core.db import db
from gateways.base import GatewayDown, TemporaryFailure
from notifications.models import OutboundMessage
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation

NOON = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
SWEEP = timedelta(seconds=20)


class Outage:
    """A gateway that is down for whoever asks before `until`."""

    def __init__(self, gateway, until):
        self.gateway, self.until, self.name, self.knocks = gateway, until, gateway.name, 0

    @property
    def sent(self):
        return self.gateway.sent

    def send(self, outgoing):
        if clock.now() < self.until:
            self.knocks += 1
            raise GatewayDown(500, "as asked for")
        return self.gateway.send(outgoing)


@pytest.fixture
def tickets(queue, gateways):
    with clock.frozen(NOON - timedelta(hours=2)):
        made = [builders.ticket("in_progress") for _ in range(12)]
        db.session.commit()
    queue.clear()
    return made


def written(tickets, queue, minute):
    """One message to each shop, as people write them through the outage."""
    with clock.frozen(NOON + timedelta(minutes=minute)):
        for number, ticket in enumerate(tickets):
            conversation.say(ticket, SYSTEM, f"{minute:02} {number:02}", "interim")
        db.session.commit()
        queue.run()


def sweep(queue, since, until):
    at = since
    while at < until:
        with clock.frozen(at):
            queue.enqueue("sweep_messages")
            queue.run()
        at += SWEEP


def minutes(number):
    return NOON + timedelta(minutes=number)


def test_twenty_minutes(app, tickets, queue, gateways, monkeypatch):
    outage = Outage(gateways["sms"], minutes(20))
    monkeypatch.setitem(app.extensions["gateways"], "sms", outage)
    for minute in (0, 7, 13, 19):
        written(tickets[:3], queue, minute)
        sweep(queue, minutes(minute), minutes(minute + 6))
    sweep(queue, minutes(25), minutes(40))
    bodies = [sent.body for sent in gateways["sms"].sent]
    assert bodies == sorted(bodies), "in the order of age"
    assert len(bodies) == len(set(bodies)) == 12, "each once"
    rows = db.session.scalars(db.select(OutboundMessage).order_by(OutboundMessage.id)).all()
    assert {row.state for row in rows} == {"sent"}
    assert db.session.scalars(db.select(CallTask)).all() == []
    assert max(row.sent_at for row in rows) < minutes(35)
    assert outage.knocks < 12, "the others wait behind the one that knocks"


def test_what_waits_says_why(app, tickets, queue, gateways, monkeypatch):
    monkeypatch.setitem(app.extensions["gateways"], "sms", Outage(gateways["sms"], minutes(20)))
    written(tickets[:2], queue, 0)
    assert {message.delivery_note for ticket in tickets[:2] for message in ticket.messages if message.kind == "out"} == {"gateway_down"}


def test_a_message_that_breaks_the_gateway_does_not_hold_the_others_for_ever(app, tickets, queue, gateways, monkeypatch):
    class Poisoned(Outage):
        def send(self, outgoing):
            if outgoing.body == "00 00":
                raise GatewayDown(500, "cannot take this one")
            return self.gateway.send(outgoing)
    monkeypatch.setitem(app.extensions["gateways"], "sms", Poisoned(gateways["sms"], NOON))
    written(tickets, queue, 0)
    sweep(queue, minutes(0), minutes(70))
    assert sorted(sent.body for sent in gateways["sms"].sent) == [f"00 {number:02}" for number in range(1, 12)]
    poisoned = db.session.scalars(db.select(OutboundMessage).filter_by(body="00 00")).one()
    assert (poisoned.state, db.session.scalars(db.select(CallTask.text)).all()) == ("failed", ["gateway_down"])


def test_trouble_with_one_number_holds_nobody(tickets, queue, gateways):
    gateways["sms"].failures = [TemporaryFailure(20429, "slow down", "busy")]
    written(tickets[:2], queue, 0)
    assert [sent.body for sent in gateways["sms"].sent] == ["00 01"]


def test_nothing_is_given_up_within_an_hour(app, tickets, queue, gateways, monkeypatch):
    monkeypatch.setitem(app.extensions["gateways"], "sms", Outage(gateways["sms"], minutes(600)))
    written(tickets[:2], queue, 0)
    sweep(queue, minutes(0), minutes(60))
    assert {row.state for row in db.session.scalars(db.select(OutboundMessage))} == {"queued"}
    sweep(queue, minutes(60), minutes(180))
    assert {row.state for row in db.session.scalars(db.select(OutboundMessage))} == {"failed"}
    assert len(db.session.scalars(db.select(CallTask)).all()) == 2
