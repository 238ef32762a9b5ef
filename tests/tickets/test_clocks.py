"""Which clock runs when, and what stops it: acknowledgement, first contact, call-back, and more time."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock, organisation
from core.actor import RETAILER, SYSTEM
from core.business_time import add_worked, add_working, worked
from core.db import db
from core.errors import DomainError
from core.jobs import run
from tests import builders
from tickets import sla
from tickets.models import Clock
from tickets.services import clocks, closing, conversation, extending, handling, triaging

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


def running(ticket):
    return {one.kind for one in clocks.running(ticket)}


def acknowledged(ticket):
    db.session.commit()
    run("acknowledge", ticket.id)
    return db.session.scalar(db.select(Clock).filter_by(ticket_id=ticket.id, kind="ack"))


def test_the_acknowledgement_has_a_minute_round_the_clock_and_stops_its_own_time(queue, gateways):
    saturday = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    with clock.frozen(saturday):
        ticket = builders.opened()
        assert (clocks.running(ticket, "ack")[0].due_at, ticket.due_kind) == (saturday + timedelta(minutes=1), "triage")
        assert acknowledged(ticket).stopped_at == saturday


def test_where_no_acknowledgement_is_wanted_its_time_stops_too(queue, gateways):
    ticket = builders.opened()
    ticket.facts = {"suspect": "full_of_links"}
    assert acknowledged(ticket).stopped_at is not None


def test_a_late_acknowledgement_is_marked_and_hurries_nobody(queue, gateways):
    ticket = builders.opened()
    db.session.commit()
    queue.clear()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        run("watch_clocks")
    late = clocks.running(ticket, "ack")[0]
    db.session.refresh(late)
    assert late.breached_at is not None
    assert [job for job in queue.waiting if job[0] == "tell_clock" and job[1] == late.id] == []


CONTACTS = {
    "call": lambda ticket, actor: conversation.log_call(ticket, actor, "I called him."),
    "text": lambda ticket, actor: conversation.say(ticket, actor, "We are looking into it.", "interim"),
    "question": lambda ticket, actor: handling.ask(ticket, actor, "Which day?", builders.standard(ticket, "ask")),
}


@pytest.mark.parametrize("way", CONTACTS)
def test_the_first_contact_by_any_way_stops_its_clock(database, way):
    ticket = builders.ticket("in_progress")
    assert "contact" in running(ticket)
    CONTACTS[way](ticket, builders.who(ticket.assignee))
    assert "contact" not in running(ticket)


def test_words_of_the_machine_are_no_contact(database):
    ticket = builders.ticket("in_progress")
    conversation.say(ticket, SYSTEM, "We have it.", "interim")
    assert "contact" in running(ticket)


@pytest.mark.parametrize(("service_class", "support_needs", "share"), [
    ("ordinary", False, 1), ("basic", False, 1), ("key", False, 0.75), ("ordinary", True, 0.5), ("support_needs", False, 0.5), ("key", True, 0.5)])
def test_class_shortens_the_first_contact_and_nothing_else(database, service_class, support_needs, share):
    def minutes(ticket):
        return {one.kind: one.minutes for one in ticket.clocks}
    usual = minutes(builders.ticket("in_progress"))
    ticket = builders.ticket("in_progress", shop=builders.retailer(service_class=service_class, support_needs=support_needs))
    found = minutes(ticket)
    assert found.pop("contact") == usual.pop("contact") * share
    assert found == usual


@pytest.mark.parametrize(("severity", "support_needs", "score", "accepted", "enough"), [
    ("S3", False, 4, None, True), ("S3", False, None, True, True), ("S4", False, 3, None, True), ("S3", False, 2, None, False), ("S3", False, None, None, False),
    ("S2", False, 5, True, False), ("S1", False, 5, True, False), ("S3", True, 5, True, False)])
def test_whose_own_word_is_enough(severity, support_needs, score, accepted, enough):
    assert sla.heard_enough(severity, support_needs, score, accepted) is enough


def test_the_call_back_is_made_by_somebody_else_than_the_handler(database):
    ticket = builders.ticket("answered", severity="S2")
    conversation.log_call(ticket, builders.who(ticket.assignee), "He is content, I think.")
    closing.accept(ticket, RETAILER)
    assert "callback" in running(ticket)
    conversation.log_call(ticket, builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={})), "He is content.")
    assert "callback" not in running(ticket)
    assert ticket.due_at is None


def test_a_light_matter_that_is_solved_needs_no_call_back(database):
    ticket = builders.ticket("answered")
    closing.accept(ticket, RETAILER)
    assert "callback" not in running(ticket)


def test_a_pause_takes_no_second_of_the_time_that_was_left(database):
    asked, said = THURSDAY + timedelta(minutes=20, seconds=17), THURSDAY + timedelta(hours=5, seconds=49)
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress")
    resolve = clocks.running(ticket, "resolve")[0]
    ends = [resolve.at_70, resolve.at_90, resolve.due_at]
    with clock.frozen(asked):
        handling.ask(ticket, builders.who(ticket.assignee), "Which day?", builders.standard(ticket, "ask"))
    with clock.frozen(said):
        conversation.continue_with(ticket, "Tuesday.", "web")
    pause = worked(organisation.calendar(), asked, said)
    assert pause % timedelta(minutes=1)
    assert [resolve.at_70, resolve.at_90, resolve.due_at] == [add_worked(organisation.calendar(), end, pause) for end in ends]


@pytest.fixture
def slow(database):
    """A ticket that has waited three working hours for the retailer."""
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress")
        handling.ask(ticket, builders.who(ticket.assignee), "Which day?", builders.standard(ticket, "ask"))
    with clock.frozen(THURSDAY + timedelta(hours=4)):
        conversation.continue_with(ticket, "Tuesday.", "web")
        yield ticket


def ask(ticket, until):
    return extending.ask_extension(ticket, builders.who(ticket.assignee), until, "the lab is slow")


def test_at_most_the_allowed_time_once_more_counted_from_where_the_end_is_now(slow):
    resolve = clocks.running(slow, "resolve")[0]
    latest = add_working(organisation.calendar(), resolve.due_at, resolve.minutes)
    with pytest.raises(DomainError, match="extension_long"):
        ask(slow, latest + timedelta(minutes=2))
    assert ask(slow, latest).new_due_at == latest


def test_a_date_that_is_over_is_not_granted(slow):
    boss = builders.who(builders.staff(roles=("manager",), leads=True, certificates={}))
    resolve = clocks.running(slow, "resolve")[0]
    ask(slow, resolve.due_at + timedelta(hours=1))
    with clock.frozen(resolve.due_at + timedelta(hours=2)), pytest.raises(DomainError, match="extension_past"):
        extending.decide_extension(slow, boss, True, builders.standard(slow, "extension"))
    assert slow.extensions == 0


def test_a_clock_that_was_late_and_got_more_time_warns_again(slow):
    boss = builders.who(builders.staff(roles=("manager",), leads=True, certificates={}))
    resolve = clocks.running(slow, "resolve")[0]
    ask(slow, resolve.due_at + timedelta(days=2))
    db.session.commit()
    with clock.frozen(resolve.due_at + timedelta(minutes=1)):
        run("watch_clocks")
        db.session.refresh(resolve)
        assert resolve.breached_at
        extending.decide_extension(slow, boss, True, builders.standard(slow, "extension"))
    assert resolve.breached_at is None


@pytest.mark.parametrize("watched", [True, False])
def test_who_is_late_by_his_new_time_too_is_late_since_that(database, watched):
    triager = builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))
    with clock.frozen(THURSDAY):
        ticket = builders.opened()
        triaging.classify(ticket, triager, None, "S2")
        triage = clocks.running(ticket, "triage")[0]
        db.session.commit()
    with clock.frozen(triage.due_at + timedelta(minutes=1)):
        if watched:
            run("watch_clocks")
    db.session.refresh(triage)
    assert (triage.breached_at is not None) is watched
    with clock.frozen(THURSDAY + timedelta(days=4)):
        triaging.classify(ticket, triager, None, "S4")
    assert triage.breached_at == (triage.due_at if watched else None)
