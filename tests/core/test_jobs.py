"""Jobs as a worker runs them: what may follow in the same fork, and what goes to the queue."""
from datetime import timedelta

import pytest
from redis import Redis

from catalog.models import Certificate
from core import clock, events, jobs
from core.db import db
from core.jobs import FailedJob, job
from core.queue import CROWDED, RqQueue
from intake import services
from intake.events import IntakeStored
from intake.models import IntakeRecord
from tests.builders import classify, opened, staff
from tickets.models import Ticket


@pytest.fixture
def worker(app, database):
    """This process as a worker of the test application."""
    jobs.bind(app)
    yield jobs
    jobs.bind(None)


def test_a_complaint_goes_its_way_in_one_fork(worker, database, queue):
    database.session.execute(database.delete(Certificate))
    handler = staff(certificates={"DLV": 3})
    record, _new = services.store("file", "one-fork", {"text": "x", "leaf": "DLV.LATE", "desired": "goods", "phone": "+8613800139998"})
    database.session.commit()
    record_id, handler_id = record.id, handler.id
    assert queue.waiting == [("advance", record_id)]
    queue.clear()
    worker.perform("advance", record_id)
    database.session.expire_all()  # the job had a session of its own
    made = database.session.get(Ticket, database.session.get(IntakeRecord, record_id).ticket_id)
    assert made.assignee_id == handler_id
    assert not made.awaits_routing
    assert any(m.purpose == "ack" for m in made.messages)
    assert [name for name, *_ids in queue.waiting] == ["deliver"]


def test_what_no_sweep_finds_goes_to_the_queue(worker, queue):
    unswept = {name for name in ("tell_submitted", "deliver", "tell_redone") if not jobs.JOBS[name].swept}
    assert unswept == {"tell_submitted", "deliver", "tell_redone"}


def test_outside_of_a_worker_everything_goes_to_the_queue(database, queue):
    made = opened()
    classify(made)
    database.session.commit()
    assert ("acknowledge", made.id) in queue.waiting


def test_a_broken_follower_does_not_undo_the_job_before_it(worker, app, database, queue):
    happened = []

    @job("test_first")
    def first(number):
        happened.append(number)
        jobs.follow("test_breaks", (number,))

    @job("test_breaks", swept=True)
    def breaks(number):
        raise RuntimeError("broken on purpose")
    try:
        worker.perform("test_first", 7)
    finally:
        for name in ("test_first", "test_breaks"):
            del jobs.JOBS[name]
    assert happened == [7]
    assert database.session.scalar(database.select(FailedJob).filter_by(name="test_breaks")) is not None


def test_sweeps_do_not_pile_up_what_waits_already(app, redis):
    queue = RqQueue(redis)
    for number in range(CROWDED + 5):
        queue.enqueue_if_room("advance", number)
    queue.enqueue_if_room("deliver", 1)
    assert (queue.named("urgent").count, queue.named("default").count) == (CROWDED, 1)
    queue.enqueue("advance", 999)
    assert queue.named("urgent").count == CROWDED + 1


def test_a_sweep_stops_where_its_queue_is_full(database, queue):
    with clock.frozen(clock.now() - timedelta(minutes=5)):
        services.store("web", "swept", {"text": "x"})
        database.session.commit()
    queue.waiting = [("advance", 1)] * CROWDED
    jobs.run("sweep_intake")
    assert len(queue.waiting) == CROWDED


def test_a_job_for_later_waits_for_its_moment(queue):
    later = clock.now() + timedelta(seconds=4)
    queue.enqueue_at(later, "sweep_intake")
    assert queue.run() == 0
    with clock.frozen(later):
        assert queue.run() == 1
    queue.enqueue_at(later, "sweep_intake")
    queue.clear()
    with clock.frozen(later):
        assert queue.run() == 0


def test_a_job_for_later_stands_with_rq_until_its_moment(redis):
    rq = RqQueue(redis)
    rq.enqueue_at(clock.now() + timedelta(seconds=4), "advance", 7)
    waiting = rq.named("urgent").scheduled_job_registry
    assert (rq.named("urgent").count, waiting.count) == (0, 1)
    (number,) = waiting.get_job_ids()
    job = rq.named("urgent").fetch_job(number)
    assert (job.func_name, job.args, job.retries_left) == ("core.jobs.perform", ["advance", 7], 3)


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_a_job_for_later_never_comes_before_its_moment(redis, microsecond):
    at = clock.now().replace(microsecond=microsecond) + timedelta(minutes=1)
    rq = RqQueue(redis)
    rq.enqueue_at(at, "advance", 7)
    waiting = rq.named("urgent").scheduled_job_registry
    (number,) = waiting.get_job_ids()
    assert timedelta(0) <= waiting.get_scheduled_time(number) - at < timedelta(seconds=1)


def test_a_silent_redis_is_no_error_for_a_job_for_later():
    with Redis(host="127.0.0.1", port=1) as nobody:
        RqQueue(nobody).enqueue_at(clock.now(), "advance", 7)


def test_an_event_for_later_is_enqueued_for_later(queue):
    later = clock.now() + timedelta(seconds=4)
    events.emit(IntakeStored(7), later)
    events.emit(IntakeStored(8), clock.now() - timedelta(seconds=1))
    events.emit(IntakeStored(9))
    assert (queue.waiting, queue.later) == ([], [])
    db.session.commit()
    assert queue.later == [(later, "advance", 7)]
    assert queue.waiting == [("advance", 8), ("advance", 9)]


def test_an_event_for_later_is_forgotten_with_its_transaction(queue):
    services.store("web", "k1", {"text": "x"}, not_before=clock.now() + timedelta(seconds=4))
    db.session.rollback()
    db.session.commit()
    assert queue.later == []


def test_a_job_for_later_never_comes_before_its_time(redis):
    """rq keeps whole seconds; a job that came half a second early would be skipped and wait for a sweep."""
    rq, at = RqQueue(redis), clock.now().replace(microsecond=900_000) + timedelta(seconds=4)
    rq.enqueue_at(at, "advance", 7)
    registry = rq.named("urgent").scheduled_job_registry
    (job_id,) = registry.get_job_ids()
    assert timedelta(0) <= registry.get_scheduled_time(job_id) - at <= timedelta(seconds=1)
