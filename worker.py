"""An RQ worker inside one application: everything heavy is imported once, before the worker forks."""
import sys

from redis import Redis
from rq import Worker

from app import create_app
from core import jobs
from core.db import db
from core.queue import QUEUES, RqQueue
from triage import loaded

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


def main(burst: bool = False) -> None:
    """Work until told to stop; with `burst` until the queues are empty."""
    app = create_app()
    jobs.bind(app)
    loaded.classifier()
    connection = Redis.from_url(app.config["REDIS_URL"])
    queue = RqQueue(connection)
    worker = OurWorker([queue.named(name) for name in QUEUES], connection=connection, serializer="json",
                       maintenance_interval=MAINTENANCE_SECONDS)
    worker.work(burst=burst, with_scheduler=True, logging_level="WARNING")


if __name__ == "__main__":
    main("--burst" in sys.argv)
