"""Background jobs by name: how a function becomes one, how it is retried, and how it is run inside the application."""
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Mapped

from core import clock
from core.db import Numbered, db

# Seconds between tries. A retry needs an idempotent job: every job checks the state of its row first.
STEADY = (10, 60, 300)
NETWORK = (30, 120, 600, 1800)
ONCE = ()


@dataclass(frozen=True)
class Job:
    """A named piece of background work; `retry` lists the waits in seconds before each further try."""

    name: str
    queue: str
    retry: tuple[int, ...]
    function: Callable


class FailedJob(Numbered, db.Model):
    """A job that gave up or broke: kept in the database so that a person sees it even when Redis was emptied."""

    name: Mapped[str]
    args: Mapped[list[str]]
    error: Mapped[str]
    failed_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


JOBS: dict[str, Job] = {}
_app = None


def job(name: str, queue: str = "default", retry: tuple[int, ...] = STEADY):
    """Register a function as the job `name`. Its arguments are ids only."""
    def register(function):
        JOBS[name] = Job(name, queue, retry, function)
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
    """What a worker calls: run one job inside the application; a failure is recorded and raised on."""
    with _app.app_context():
        run(name, *args)


def run(name: str, *args):
    """Run one job in the present application context.

    Raises whatever the job raised, after keeping a FailedJob row.
    """
    try:
        JOBS[name].function(*args)
    except Exception as error:
        db.session.rollback()
        _record(name, args, error)
        raise
    finally:
        db.session.rollback()


def _record(name: str, args, error: Exception) -> None:
    lines = "".join(traceback.format_exception(error, limit=-6))
    db.session.add(FailedJob(name=name, args=[str(a) for a in args], error=lines[-4000:], failed_at=clock.now()))
    db.session.commit()
