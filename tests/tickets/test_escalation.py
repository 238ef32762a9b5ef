"""Levels of escalation: from which moment, once, by two watchers at once, and never for a clock that stands."""
import threading
from datetime import timedelta

import pytest

from catalog import services as catalog
from core import clock
from core.actor import SYSTEM
from core.audit import AuditEntry
from core.db import db
from core.jobs import run
from tests import builders
from tests.committed import committed_app
from tickets import sla, watching
from tickets.demands import Escalation
from tickets.services import clocks, closing, escalation


def resolve_of(ticket):
    return clocks.running(ticket, "resolve")[0]


def at(one, percent):
    return sla.over(clocks.organisation.calendar(), one, percent)


def watch(moment):
    with clock.frozen(moment):
        run("watch_escalations")


def levels(ticket, why="resolve"):
    return db.session.scalars(db.select(Escalation.level).filter_by(ticket_id=ticket.id, why=why).order_by(Escalation.id)).all()


@pytest.fixture
def running(queue, gateways):
    made = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    return made


def test_a_clock_raises_its_ticket_level_by_level_and_each_once(running):
    one = resolve_of(running)
    expected = []
    for percent, level in ((100, 1), (125, 2), (150, 3)):
        watch(at(one, percent) - timedelta(minutes=1))
        assert levels(running) == expected
        for _ in range(2):
            watch(at(one, percent))
        expected.append(level)
        assert levels(running) == expected
        assert running.escalation >= level
    traces = db.session.scalars(db.select(AuditEntry).filter_by(ticket_id=running.id, action="ticket.escalated").order_by(AuditEntry.id)).all()
    assert [trace.detail["level"] for trace in traces if trace.detail["why"] == "resolve"] == [1, 2, 3]


def test_after_a_standstill_the_highest_level_alone_is_told(running):
    watch(at(resolve_of(running), 400))
    watch(at(resolve_of(running), 500))
    assert levels(running) == [3]


def test_how_far_over_is_counted_in_the_clocks_own_time():
    class One:
        minutes, working, due_at = 480, True, clock.now()
    assert sla.over(clocks.organisation.calendar, One, 100) == One.due_at
    One.working = False
    assert sla.over(None, One, 150) == One.due_at + timedelta(minutes=240)


def test_paused_and_stopped_clocks_and_ended_tickets_raise_nothing(running):
    asked, ended = builders.ticket("needs_info"), builders.ticket("withdrawn")
    clocks.stop(running, ("resolve", "contact", "update"))
    db.session.commit()
    watch(clock.now() + timedelta(days=90))
    assert [levels(ticket, why) for ticket in (asked, ended, running) for why in ("resolve", "contact", "update")] == [[]] * 9


def test_the_rules_are_data(running):
    catalog.put_escalation(SYSTEM, "resolve", 1, None)
    catalog.put_escalation(SYSTEM, "resolve", 2, 300)
    catalog.put_escalation(SYSTEM, "resolve", 3, None)
    watch(at(resolve_of(running), 299))
    assert levels(running) == []
    watch(at(resolve_of(running), 300))
    assert levels(running) == [2]


def test_the_level_never_falls(running):
    assert escalation.raise_to(running, 3, "urged", SYSTEM)
    assert escalation.raise_to(running, 1, "repeat", SYSTEM)
    assert not escalation.raise_to(running, 1, "repeat", SYSTEM)
    assert running.escalation == 3


def test_the_second_redo_raises_it(queue, gateways):
    made = builders.ticket("answered")
    closing.redo(made, SYSTEM, "not solved")
    assert made.escalation == 0
    builders.STEPS["in_review"](made, made.assignee, None, None)
    builders.STEPS["answered"](made, made.assignee, None, None)
    closing.redo(made, SYSTEM, "still not solved")
    assert (made.escalation, levels(made, "redo")) == (1, [1])


def test_two_watchers_at_once_raise_each_clock_once(services):
    with committed_app(services, "two_raisers") as (app, _url):
        for _ in range(10):
            builders.ticket("in_progress")
        db.session.commit()
        late = clock.now() + timedelta(days=60)
        many = len(watching.raisable(late))
        db.session.rollback()
        start, errors = threading.Barrier(4), []

        def work():
            with app.app_context():
                start.wait()
                try:
                    run("watch_escalations")
                except Exception as error:
                    errors.append(error)
        with clock.frozen(late):
            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert errors == []
        rows = db.session.execute(db.select(Escalation.cause, Escalation.level).order_by(Escalation.id)).all()
        assert len(rows) == len(set(rows)) == many
        assert {level for _cause, level in rows} == {2, 3}
        told = [job for job in app.extensions["queue"].waiting if job[0] == "tell_raised"]
        assert len(told) == len(set(told)) == many
