"""What time does: warnings and breaches once, a reminder and on without an answer, noise removed."""
import io
import threading
from datetime import timedelta

import pytest
from PIL import Image

from core import clock
from core.db import db
from core.files import Attachment, store_image
from core.jobs import run
from intake.models import IntakeRecord
from notifications.models import Notice
from tests import builders
from tests.committed import committed_app
from tickets import sla, watching
from tickets.events import ClockFired
from tickets.models import Clock, Message
from tickets.services import clocks, conversation, triaging


@pytest.fixture
def fired(app, database, monkeypatch):
    """Every ClockFired that reaches the queue, as (clock id, level)."""
    seen = []
    monkeypatch.setattr(app.extensions["queue"], "enqueue", lambda name, *args: seen.append(args) if name == "tell_clock" else None)
    return seen


def watch(at):
    with clock.frozen(at):
        run("watch_clocks")


def resolve_of(ticket):
    return next(c for c in clocks.running(ticket, "resolve"))


def only(fired, one):
    return [level for clock_id, level in fired if clock_id == one.id]


def test_each_level_is_told_once_as_time_passes(fired):
    ticket = builders.ticket("in_progress")
    resolve = resolve_of(ticket)
    db.session.commit()
    for at in (resolve.at_70 - timedelta(minutes=1), resolve.at_70, resolve.at_70, resolve.at_90, resolve.at_90, resolve.due_at, resolve.due_at):
        watch(at)
    assert only(fired, resolve) == [70, 90, 100]
    assert (resolve.fired_70, resolve.fired_90, resolve.breached_at) == (resolve.at_70, resolve.at_90, resolve.due_at)


def test_after_a_standstill_only_the_worst_is_told(fired):
    ticket = builders.ticket("in_progress")
    resolve = resolve_of(ticket)
    db.session.commit()
    watch(resolve.due_at + timedelta(hours=1))
    watch(resolve.due_at + timedelta(hours=2))
    assert only(fired, resolve) == [100]


def test_paused_and_stopped_clocks_are_silent(fired):
    asked, ended = builders.ticket("needs_info"), builders.ticket("withdrawn")
    db.session.commit()
    watch(clock.now() + timedelta(days=30))
    ids = {c.id for ticket in (asked, ended) for c in ticket.clocks}
    assert not ids & {clock_id for clock_id, _level in fired}


def test_the_event_carries_its_level_into_the_queue(queue):
    ticket = builders.ticket("in_progress")
    resolve = resolve_of(ticket)
    db.session.commit()
    queue.clear()
    watch(resolve.at_90)
    assert ("tell_clock", resolve.id, 90) in queue.waiting
    assert ClockFired(resolve.id, 90).level == 90


def test_two_watchers_at_once_tell_each_clock_once(services):
    with committed_app(services, "two_watchers") as (app, _url):
        for _ in range(20):
            builders.ticket("in_progress")
        db.session.commit()
        late = clock.now() + timedelta(days=60)
        many = db.session.scalar(db.select(db.func.count(Clock.id)).where(Clock.stopped_at.is_(None), Clock.kind.not_in(sla.BY_ITSELF)))
        db.session.rollback()
        barrier, told = threading.Barrier(4), []

        def work():
            with app.app_context():
                barrier.wait()
                told.extend(watching.fire(late))
                db.session.commit()
                db.session.remove()
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == len(set(told)) == many
        assert {level for _clock, level in told} == {100}


@pytest.fixture
def asked(queue, gateways):
    made = builders.ticket("needs_info")
    db.session.commit()
    queue.run()
    return made


def question(ticket):
    return next(c for c in clocks.running(ticket, "info"))


def perform(queue, at, *jobs):
    with clock.frozen(at):
        for job in jobs:
            queue.enqueue(*job)
        queue.run()


def reminders(ticket):
    return db.session.scalars(db.select(Message).filter_by(ticket_id=ticket.id, purpose="reminder").order_by(Message.id)).all()


def half(ticket):
    return watching.halfway(question(ticket))


def test_one_reminder_at_half_time(asked, queue, gateways):
    at = half(asked)
    perform(queue, at - timedelta(minutes=1), ("watch_questions",), ("remind", asked.id))
    assert reminders(asked) == []
    for _ in range(2):
        perform(queue, at, ("watch_questions",), ("remind", asked.id))
    (message,) = reminders(asked)
    assert (message.dedupe_key, message.delivery) == (f"remind:{asked.id}:1", "sent")
    assert asked.state == "needs_info"


def test_no_reminder_after_an_answer(asked, queue):
    at = half(asked)
    conversation.continue_with(asked, "It was Tuesday.", "web")
    db.session.commit()
    perform(queue, at, ("watch_questions",), ("remind", asked.id), ("stop_asking", asked.id))
    assert reminders(asked) == []
    assert asked.state == "in_progress"


def test_without_an_answer_it_goes_on_and_the_thread_says_why(asked, queue):
    over = question(asked).due_at
    perform(queue, over - timedelta(minutes=1), ("stop_asking", asked.id))
    assert asked.state == "needs_info"
    perform(queue, over, ("watch_questions",), ("stop_asking", asked.id))
    assert asked.state == "in_progress"
    lines = db.session.scalars(db.select(Message).filter_by(ticket_id=asked.id, kind="system").order_by(Message.id)).all()
    assert [line.purpose for line in lines] == ["not_answered"]
    assert resolve_of(asked).paused_at is None


def test_the_handler_is_told_once_that_nobody_answered(asked, queue):
    perform(queue, question(asked).due_at, ("stop_asking", asked.id))
    perform(queue, clock.now(), ("tell_unanswered", asked.id))
    assert db.session.scalars(db.select(Notice.user_id).filter_by(kind="unanswered")).all() == [asked.assignee_id]


def picture():
    data = io.BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def noise(queue, gateways):
    made = builders.opened("Cheap loans, call now!")
    record = db.session.scalar(db.select(IntakeRecord).filter_by(ticket_id=made.id))
    store_image(picture(), "loan.png", ticket_id=made.id, intake_id=record.id, message_id=made.messages[0].id)
    triaging.decline_noise(made, builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={})))
    db.session.commit()
    queue.clear()
    return made


def traces(ticket):
    raw = db.session.scalar(db.select(IntakeRecord.raw).filter_by(ticket_id=ticket.id))
    words = db.session.query(Message).filter_by(ticket_id=ticket.id).count()
    return raw, words, db.session.query(Attachment).filter_by(ticket_id=ticket.id).count()


def test_noise_is_removed_after_thirty_days(noise, queue):
    perform(queue, clock.now() + timedelta(days=29), ("sweep_noise",))
    assert all(traces(noise))
    for days in (31, 32):
        perform(queue, clock.now() + timedelta(days=days), ("sweep_noise",))
        assert traces(noise) == ({}, 0, 0)
    assert (noise.contact_phone, noise.subject, noise.state) == (None, "—", "declined")


def test_what_was_declined_for_a_reason_is_kept(queue, gateways):
    ticket = builders.ticket("declined")
    db.session.commit()
    queue.clear()
    perform(queue, clock.now() + timedelta(days=60), ("sweep_noise",))
    assert ticket.contact_phone
    assert db.session.query(Message).filter_by(ticket_id=ticket.id).count() > 0


def test_after_the_sweep_the_raw_record_is_protected_again(noise, queue):
    perform(queue, clock.now() + timedelta(days=31), ("sweep_noise",))
    other = builders.opened("A real one.")
    record = db.session.scalar(db.select(IntakeRecord).filter_by(ticket_id=other.id))
    record.raw = {"text": "changed"}
    with pytest.raises(Exception, match="never changed"):
        db.session.flush()
