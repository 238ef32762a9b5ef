"""An RQ worker inside one application: everything heavy is imported once, before the worker forks."""
import sys

import structlog
from redis import Redis
from rq import Worker

from app import create_app
from catalog import queries as catalog
from core import failures, jobs
from core.actor import SYSTEM
from core.db import db
from core.queue import QUEUES, RqQueue
from intake import services as intake
from routing import services as routing
from tickets.services import triaging
from triage import loaded
from triage import services as triage

log = structlog.get_logger()

MAINTENANCE_SECONDS = 60  # a killed worker's job is found again after a minute, not after ten


class OurWorker(Worker):
    """Each job runs in a fork, which must not share the parent's database connections."""

    def fork_work_horse(self, *args, **kwargs):
        """Runs before the fork: load the live model once here, not once in every fork."""
        with jobs.bound().app_context():
            loaded.current()
        return super().fork_work_horse(*args, **kwargs)

    def main_work_horse(self, *args, **kwargs):
        """Runs in the fork: drop inherited connections without closing the parent's."""
        with jobs.bound().app_context():
            db.engine.dispose(close=False)
        return super().main_work_horse(*args, **kwargs)


def rehearse() -> None:
    """Go the way of a complaint once and roll it back, so that statements are compiled and dictionaries read before the fork.

    A fork that does it all itself needs 360 ms for a complaint, one that inherits it 80.
    """
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
    worker.work(burst=burst, with_scheduler=True, logging_level="WARNING")


if __name__ == "__main__":
    main("--burst" in sys.argv)
