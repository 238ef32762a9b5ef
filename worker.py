"""An RQ worker inside one application: it does the usual jobs itself, forks for the heavy ones, and ends after many so that a fresh one begins."""
import sys

import structlog
from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from rq.worker import WorkerStatus

from app import create_app
from catalog import queries as catalog
from core import failures, jobs
from core.actor import SYSTEM
from core.db import db
from core.queue import HEAVY, QUEUES, RqQueue
from intake import services as intake
from routing import services as routing
from tickets.services import triaging
from triage import loaded
from triage import services as triage

log = structlog.get_logger()

MAINTENANCE_SECONDS = 60  # a killed worker's job is found again after a minute, not after ten
MOST_JOBS = 20_000  # then whoever started it starts a fresh one: what leaks does not grow for ever


class OurWorker(Worker):
    """A fork costs more than most of our jobs do, so only those of the heavy queue get one (they take memory that Python keeps)."""

    def execute_job(self, job: Job, queue: Queue):
        """Do it here, as rq's SimpleWorker does, or in a fork."""
        if queue.name == HEAVY:
            return super().execute_job(job, queue)
        self.perform_job(job, queue, self.prepare_execution(job))
        return self.set_state(WorkerStatus.IDLE)

    def fork_work_horse(self, *args, **kwargs):
        """Runs before the fork, which must not find a connection in use."""
        with jobs.bound().app_context():
            db.engine.dispose()
        return super().fork_work_horse(*args, **kwargs)


def rehearse() -> None:
    """Go the way of a complaint once and roll it back, so that the first one does not wait for imports, dictionaries and the model."""
    loaded.classifier()
    try:
        record, _new = intake.store("file", "rehearsal", {"text": "货还没有送到", "shop": "rehearsal", "phone": "+8613800000000"})
        ticket = intake.advance(record)
        triage.understand(ticket)
        if ticket.state == "received" and (leaf := next(iter(catalog.leaves()), None)):
            triaging.classify(ticket, SYSTEM, leaf, leaf.severity, desired_outcome="none")
            triaging.dispatch(ticket, SYSTEM)
            routing.route(ticket)
    except Exception as error:  # a worker that cannot rehearse is slow, not useless: perhaps the database is just being restarted
        log.warning("rehearsal_failed", error=failures.in_short(error))
    finally:
        db.session.rollback()


def main(burst: bool = False) -> None:
    """Work until told to stop; with `burst` until the queues are empty."""
    app = create_app()
    jobs.bind(app)
    with app.app_context():
        rehearse()
    connection = Redis.from_url(app.config["REDIS_URL"])
    queue = RqQueue(connection)
    worker = OurWorker([queue.named(name) for name in QUEUES], connection=connection, serializer="json",
                       maintenance_interval=MAINTENANCE_SECONDS)
    worker.work(burst=burst, with_scheduler=True, logging_level="WARNING", max_jobs=MOST_JOBS)


if __name__ == "__main__":
    main("--burst" in sys.argv)
