"""Background jobs by name: how a function becomes one, how it is retried, and how it is run inside the application."""
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Text, cast, func, select
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Mapped

from core import clock, failures
from core.db import Numbered, db

log = structlog.get_logger()

# Seconds between tries. A retry needs an idempotent job: every job checks the state of its row first.
STEADY = (10, 60, 300)
# For what must go through somebody else's server: an outage of twenty minutes is ordinary, so nothing is given up before an hour of
# trying; and no wait is so long that much is still not out a quarter of an hour after the server is back.
NETWORK = (30, 60, 120, 300, 300, 600, 600, 900, 900)
ONCE = ()
MOST_FAILURES = 5  # a sweep brings no row again whose job broke so often; a person may


@dataclass(frozen=True)
class Job:
    """A named piece of background work; `retry` lists the waits in seconds before each further try.

    `swept` says that a sweep finds it when it is lost: only then may it run at once behind the job that started it.
    """

    name: str
    queue: str
    retry: tuple[int, ...]
    function: Callable
    swept: bool = False


class FailedJob(Numbered, db.Model):
    """A job that gave up or broke: kept in the database so that a person sees it even when Redis was emptied."""

    name: Mapped[str]
    args: Mapped[list[str]]
    error: Mapped[str]
    failed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


JOBS: dict[str, Job] = {}
MOST_IN_A_ROW = 20
_app = None
_following: deque | None = None  # what the job in hand started and this worker will do next; None outside of a worker


def job(name: str, queue: str = "default", retry: tuple[int, ...] = STEADY, swept: bool = False):
    """Register a function as the job `name`. Its arguments are ids only."""
    def register(function):
        JOBS[name] = Job(name, queue, retry, function, swept)
        return function
    return register


def bind(app) -> None:
    """Tell this process which application its jobs run in."""
    global _app
    _app = app


def bound():
    """The application of this process's jobs."""
    return _app


def perform(name: str, *args):
    """What a worker calls: run one job inside the application, then the swept ones that it started.

    So a complaint goes its way without a turn in the queue for each step. Raises what the job raised; the failure of a
    follower is recorded and its sweep brings it again.
    """
    global _following
    with _app.app_context():
        _following = deque()
        try:
            run(name, *args)
            for _turn in range(MOST_IN_A_ROW):
                if not _following:
                    break
                _run_follower(*_following.popleft())
        finally:
            _following = None


def follow(name: str, args) -> bool:
    """Take a job that the one in hand has started to be done next; False if it must go to the queue."""
    if _following is None or not JOBS[name].swept:
        return False
    _following.append((name, args))
    return True


def _run_follower(name: str, args) -> None:
    try:
        run(name, *args)
    except Exception:
        log.exception("follower_failed", job=name, args=args)


def run(name: str, *args):
    """Run one job in the present application context.

    Raises whatever the job raised, after keeping a FailedJob row; an error of the database loses its words, they may be sealed.
    """
    try:
        JOBS[name].function(*args)
    except Exception as error:
        db.session.rollback()
        _record(name, args, error)
        raise failures.clean(error) from None
    finally:
        db.session.rollback()


def _record(name: str, args, error: Exception) -> None:
    db.session.add(FailedJob(name=name, args=[str(a) for a in args], error=failures.told(error)[-4000:], failed_at=clock.now()))
    db.session.commit()


def given_up(name: str, number):
    """The SQL of "the job `name` of the row with this id broke too often", until a person has seen to it."""
    broken = select(func.count()).select_from(FailedJob).where(
        FailedJob.name == name, FailedJob.args == array([cast(number, Text)]), FailedJob.seen_at.is_(None))
    return broken.scalar_subquery() >= MOST_FAILURES
