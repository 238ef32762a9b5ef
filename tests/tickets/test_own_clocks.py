"""Clocks that not every matter has: a report is passed on to enforcement within a time of its own, what is solved at once has a fast lane."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.actor import RETAILER, SYSTEM
from core.db import db
from core.jobs import run
from tests.builders import classify, opened, staff, standard, ticket, who
from tickets.models import Clock
from tickets.services import clocks, closing, handling, returning, triaging

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
NIGHT = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)


@pytest.fixture
def liaison(database):
    return staff(roles=("liaison", "handler"), in_team="enforcement", certificates={"RPT": 4})


def one(made, kind):
    return next(iter(clocks.running(made, kind)), None)


def report(**more):
    return opened("Somebody sells goods without a licence.", kind="report", **more)


@pytest.mark.parametrize(("severity", "at", "due"), [
    ("S1", THURSDAY, THURSDAY + timedelta(minutes=10)), ("S1", NIGHT, NIGHT + timedelta(minutes=10)),
    ("S2", THURSDAY, THURSDAY.replace(hour=4)), ("S2", NIGHT, datetime(2026, 11, 20, 3, 0, tzinfo=UTC))])
def test_a_report_is_passed_on_at_once_or_within_two_working_hours(database, severity, at, due):
    with clock.frozen(at):
        made = report()
        classify(made, "RPT.ILLICIT", severity)
    assert one(made, "pass_on").due_at == due


def test_it_counts_from_the_receipt_and_ends_when_somebody_signs(database, liaison):
    with clock.frozen(THURSDAY):
        made = opened("Somebody sells goods without a licence.")
        assert one(made, "pass_on") is None
    with clock.frozen(THURSDAY + timedelta(minutes=20)):
        classify(made, "RPT.ILLICIT", "S2")
        assert one(made, "pass_on").started_at == THURSDAY
        triaging.dispatch(made, SYSTEM)
        handling.assign(made, liaison)
        assert one(made, "pass_on") is not None
        assert made.due_kind in ("pass_on", "sign")
        handling.sign(made, who(liaison))
    assert one(made, "pass_on") is None


def test_it_runs_on_while_a_question_waits_and_while_it_is_given_back(database, liaison):
    with clock.frozen(THURSDAY):
        asked, back = report(), report()
        handling.ask(asked, who(liaison), "Which street?", standard(asked, "ask"))
        assert (one(asked, "pass_on").paused_at, asked.due_kind) == (None, "pass_on")
        classify(back, "RPT.ILLICIT", "S2")
        triaging.dispatch(back, SYSTEM)
        handling.assign(back, liaison)
        returning.give_back(back, who(liaison), returning.Grounds("conflict", "My cousin's shop."))
    assert (back.state, one(back, "pass_on").started_at) == ("received", THURSDAY)


def test_what_is_no_report_after_all_is_not_passed_on(database):
    made = report()
    triaging.classify(made, SYSTEM, None, "S3")
    assert one(made, "pass_on") is not None
    classify(made, "DLV.LATE")
    assert one(made, "pass_on") is None


def test_a_report_that_is_released_needs_no_passing_on(database, liaison):
    made = report()
    triaging.unseal(made, who(liaison))
    assert one(made, "pass_on") is None


def test_it_warns_and_raises_like_any_other(queue, gateways, liaison):
    with clock.frozen(THURSDAY):
        made = report()
        classify(made, "RPT.ILLICIT", "S1")
        db.session.commit()
    queue.clear()
    with clock.frozen(THURSDAY + timedelta(minutes=11)):
        run("watch_clocks")
        run("watch_escalations")
        run("watch_escalations")
    assert ("tell_clock", one(made, "pass_on").id, 100) in [job[:3] for job in queue.waiting]
    db.session.refresh(made)
    assert made.escalation == 1


def test_the_fast_lane_is_open_for_three_working_days_from_the_receipt(database):
    with clock.frozen(THURSDAY):
        made = opened()
    with clock.frozen(THURSDAY + timedelta(hours=1)):
        classify(made)
        triaging.dispatch(made, SYSTEM)
    lane = one(made, "fast")
    assert (lane.started_at, lane.due_at) == (THURSDAY, datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    assert made.due_kind != "fast"


@pytest.mark.parametrize(("leaf", "severity"), [("DLV.COUNT", "S2"), ("SVC.CONDUCT", "S1"), ("RPT.ILLICIT", "S2")])
def test_what_is_grave_or_sealed_has_none(database, leaf, severity):
    assert one(ticket("dispatched", leaf=leaf, severity=severity, handler=False), "fast") is None


@pytest.mark.parametrize(("days", "fast"), [(2, True), (7, False)])
def test_only_what_the_retailer_calls_solved_in_time_was_settled_fast(database, days, fast):
    with clock.frozen(THURSDAY):
        made = ticket("answered")
    assert not clocks.settled_fast(made)
    with clock.frozen(THURSDAY + timedelta(days=days)):
        closing.accept(made, RETAILER)
    assert clocks.settled_fast(made) is fast


def test_a_score_after_the_closing_makes_nothing_fast(database):
    with clock.frozen(THURSDAY):
        made = ticket("closed")
    with clock.frozen(THURSDAY + timedelta(days=6)):
        closing.record_satisfaction(made, 5, "")
    assert not clocks.settled_fast(made)


@pytest.mark.parametrize(("severity", "minutes"), [("S1", 10), ("S2", 120)])
def test_what_reads_like_a_report_has_its_time_before_anybody_decides(database, liaison, severity, minutes):
    with clock.frozen(THURSDAY):
        made = opened("Somebody wants a bribe.")
        triaging.suspect_report(made, severity)
        assert (one(made, "pass_on").started_at, one(made, "pass_on").minutes) == (THURSDAY, minutes)
        triaging.suspect_report(made, severity)
        classify(made, "SVC.CONDUCT", "S2")
    assert one(made, "pass_on") is None
    triaging.suspect_report(made, severity)  # decided already
    assert one(made, "pass_on") is None


def test_what_was_closed_over_his_head_or_done_again_was_not(database):
    with clock.frozen(THURSDAY):
        closed, again = ticket("closed"), ticket("answered")
        closing.accept(again, RETAILER)
        closing.redo(again, RETAILER, "not_solved")
    assert (clocks.settled_fast(closed), clocks.settled_fast(again)) == (False, False)


def test_that_the_lane_is_over_hurries_nobody(queue, gateways):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress")
        lane = one(made, "fast").id
        db.session.commit()
    queue.clear()
    with clock.frozen(THURSDAY + timedelta(days=6)):
        run("watch_clocks")
        run("watch_escalations")
    assert db.session.get(Clock, lane).breached_at is not None
    assert [job for job in queue.waiting if job[0] == "tell_clock" and job[1] == lane] == []
