"""Closing by the manager's rule, from the answer to the closing words: whom it closes, whom never, and that it is off until it is wanted."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from core.audit import AuditEntry
from core.db import db
from satisfaction import closable, services
from tests import builders
from tickets import closing_rule
from tickets.models import Message
from tickets.services import closing

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2026, 11, 19, 10, tzinfo=SHANGHAI)
REMINDED = datetime(2026, 11, 23, 14, tzinfo=SHANGHAI)  # a Monday
SILENT = REMINDED + timedelta(days=7)  # five working days


def perform(queue, at, *jobs):
    with clock.frozen(at):
        for job in jobs:
            queue.enqueue(*job)
        queue.run()


def answered(queue, **columns):
    """A ticket that was answered on Thursday and whose two notices went out."""
    with clock.frozen(THURSDAY):
        made = builders.ticket("answered", **columns)
        db.session.commit()
    perform(queue, THURSDAY)
    for at in (THURSDAY + timedelta(hours=4), REMINDED):
        perform(queue, at, ("send_surveys",))
    return made


@pytest.fixture
def rule(database):
    settings.put("closing_by_rule", True)


def moves(ticket):
    return [entry for entry in db.session.scalars(db.select(AuditEntry).filter_by(ticket_id=ticket.id).order_by(AuditEntry.id))
            if entry.detail.get("event") == "close_by_rule"]


def closing_words(ticket):
    return [message for message in ticket.messages if message.purpose == "close"]


def test_five_working_days_after_the_second_notice_it_is_closed_once(rule, queue, gateways):
    ticket = answered(queue)
    assert {m.purpose for m in ticket.messages if m.purpose in closing_rule.NOTICES} == set(closing_rule.NOTICES)
    perform(queue, SILENT - timedelta(minutes=1), ("watch_closing",), ("close_by_rule", ticket.id))
    assert ticket.state == "answered"
    for _ in range(2):
        perform(queue, SILENT, ("watch_closing",), ("close_by_rule", ticket.id))
    assert (ticket.state, ticket.closed_by_rule, ticket.ended_by_id, ticket.ended_at) == ("closed", "silent", None, SILENT)
    assert (ticket.outcome, ticket.root_cause, ticket.remedy) == ("upheld", "process.no_rule", "explained")
    (move,) = moves(ticket)
    assert (move.actor_kind, move.detail["rule"], move.detail["after"]) == ("system", "silent", "closed")
    (message,) = closing_words(ticket)
    assert message.delivery == "sent"


def test_what_the_retailer_calls_solved_is_closed_without_waiting(rule, queue, gateways):
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("answered")
        services.accept(ticket)
        db.session.commit()
    perform(queue, THURSDAY + timedelta(minutes=10), ("watch_closing",))
    assert (ticket.state, ticket.closed_by_rule) == ("closed", "accepted")


def test_off_until_somebody_wants_it(queue, gateways):
    ticket = answered(queue)
    assert settings.get("closing_by_rule") is False
    perform(queue, SILENT, ("watch_closing",), ("close_by_rule", ticket.id))
    assert (ticket.state, closing_words(ticket)) == ("answered", [])


def test_nobody_is_woken(rule, queue, gateways):
    ticket = answered(queue)
    perform(queue, SILENT + timedelta(hours=8), ("watch_closing",), ("close_by_rule", ticket.id))
    assert ticket.state == "answered"
    perform(queue, datetime(2026, 12, 1, 9, tzinfo=SHANGHAI), ("watch_closing",))
    assert ticket.state == "closed"


def test_the_days_of_silence_are_a_setting(rule, queue, gateways):
    settings.put("closing_silence_days", 1)
    ticket = answered(queue)
    perform(queue, REMINDED + timedelta(days=1), ("watch_closing",))
    assert ticket.state == "closed"


NEVER = {
    "S1": lambda t: setattr(t, "severity", "S1"), "S2": lambda t: setattr(t, "severity", "S2"),
    "support needs": lambda t: setattr(t, "support_needs", True), "sealed": lambda t: setattr(t, "sealed", True),
    "conduct": lambda t: setattr(t, "leaf_code", "SVC.CONDUCT"), "no outcome": lambda t: setattr(t, "outcome", None),
    "no cause": lambda t: setattr(t, "root_cause", None), "no remedy": lambda t: setattr(t, "remedy", None),
    "handled again": lambda t: setattr(t, "redos", 1), "supervised": lambda t: setattr(t, "supervised", True),
    "he spoke": lambda t: db.session.add(Message(ticket_id=t.id, kind="in", body="But", at=REMINDED)),
    "one notice": lambda t: setattr(next(m for m in t.messages if m.purpose == "survey_reminder"), "delivery", "failed"),
    "a middling score": lambda t: setattr(t, "score", 3),
}


@pytest.mark.parametrize("case", NEVER)
def test_never(rule, queue, gateways, case):
    ticket = answered(queue)
    NEVER[case](ticket)
    db.session.commit()
    perform(queue, SILENT + timedelta(days=1), ("watch_closing",), ("close_by_rule", ticket.id))
    assert ticket.state == "answered"


def test_the_sql_of_the_rule_is_the_rule(rule, queue, gateways):
    silent, accepted, waits = answered(queue), answered(queue), answered(queue, severity="S2")
    accepted.accepted = True
    db.session.flush()
    with clock.frozen(SILENT):
        ways = {ticket.id: closable.way(ticket.id) for ticket in (silent, accepted, waits)}
        assert ways == {silent.id: "silent", accepted.id: "accepted", waits.id: None}
        assert closable.waiting() == [number for number, way in ways.items() if way]


def test_every_fact_has_its_sql(database):
    assert closable.facts().keys() == set(closing_rule.FACTS)


def test_what_the_rule_closed_can_be_opened_again(rule, queue, gateways):
    ticket = answered(queue)
    perform(queue, SILENT, ("watch_closing",))
    with clock.frozen(SILENT + timedelta(days=1)):
        services.reject(ticket, "It came back.")
        db.session.commit()
    assert (ticket.state, ticket.closed_by_rule, ticket.redos) == ("in_progress", None, 1)


def test_the_verb_itself_refuses_what_is_heavy(queue, gateways):
    with pytest.raises(Exception, match="light"):
        closing.close_by_rule(builders.ticket("answered", severity="S2"), "accepted")
