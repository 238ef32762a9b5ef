"""Promises whose day comes: told once before, once when it is over, in every state in which they still hold."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from notifications import owed
from notifications.models import Notice
from tests import builders
from tickets.models import Promise


def promised(state="in_progress", **columns):
    """A promise of a ticket in this state, due in three days."""
    handler = builders.staff(name="Han Lei")
    made = Promise(ticket_id=builders.ticket(state, handler=handler).id, text="a new box", due_at=clock.now() + timedelta(days=3), **columns)
    db.session.add(made)
    db.session.commit()
    return made, handler


def watch(queue, at):
    queue.clear()
    with clock.frozen(at):
        run("watch_promises")
        waiting = [args for name, *args in queue.waiting if name == "tell_promise"]
        for args in waiting:
            run("tell_promise", *args)
            run("tell_promise", *args)
    return len(waiting)


def told(promise):
    rows = db.session.execute(db.select(Notice.kind, Notice.user_id).filter_by(ticket_id=promise.ticket_id).where(
        Notice.kind.startswith("promise")).order_by(Notice.id))
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("state", ["in_progress", "answered", "closed"])
def test_its_day_is_told_once_before_and_once_after_also_when_the_ticket_is_closed(queue, state):
    promise, handler = promised(state)
    counts = [watch(queue, promise.due_at + timedelta(hours=hours)) for hours in (-30, -20, -10, 1, 2)]
    assert counts == [0, 1, 0, 1, 0]
    assert [kind for kind, user in told(promise) if user == handler.id] == ["promise_soon", "promise_over"]


def test_the_managers_hear_only_of_what_is_over(queue):
    lead = builders.staff(roles=("manager",), leads=True)
    promise, _handler = promised()
    for hours in (-20, 1):
        watch(queue, promise.due_at + timedelta(hours=hours))
    assert [kind for kind, user in told(promise) if user == lead.id] == ["promise_over"]


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_what_nobody_owes_any_more_is_not_told(queue, state):
    promise, _handler = promised(state)
    assert watch(queue, promise.due_at) == 0


def test_a_settled_one_is_not_told_and_one_of_long_ago_neither(queue):
    promise, _handler = promised(kept=True)
    assert watch(queue, promise.due_at) == 0
    promise.kept = None
    db.session.commit()
    assert watch(queue, promise.due_at + owed.UNTIL + timedelta(hours=1)) == 0
    assert watch(queue, promise.due_at + owed.UNTIL - timedelta(hours=1)) == 1
