"""What happened, told to the queue after the commit; a rollback forgets it."""
from dataclasses import astuple
from datetime import datetime

from flask import current_app
from sqlalchemy import event as orm_event

from core import clock, jobs
from core.db import db

KEY = "events"


def emit(happening, at: datetime | None = None) -> None:
    """Announce `happening` (a frozen dataclass of ids). Its jobs are enqueued once the transaction is committed, for `at` if that is to come."""
    db.session.info.setdefault(KEY, []).append((happening, at))


def connect(app, routes: dict[type, tuple[str, ...]]) -> None:
    """Make the application enqueue `routes[type(event)]` (job names) for each event."""
    app.extensions["pipeline"] = routes


def enqueue(name: str, *args) -> None:
    """Put one job on the application's queue."""
    current_app.extensions["queue"].enqueue(name, *args)


def re_enqueue(name: str, *args) -> None:
    """Put a job on the queue that a sweep misses; not while so many wait that it is probably among them."""
    current_app.extensions["queue"].enqueue_if_room(name, *args)


@orm_event.listens_for(db.session, "after_commit")
def _hand_over(session) -> None:
    if session.get_nested_transaction() is not None:
        return  # a savepoint was released; the transaction itself may still be rolled back
    routes = current_app.extensions.get("pipeline", {})
    now = clock.now()
    for happening, at in session.info.pop(KEY, []):
        for name in routes.get(type(happening), ()):
            if at is not None and at > now:
                current_app.extensions["queue"].enqueue_at(at, name, *astuple(happening))
            elif not jobs.follow(name, astuple(happening)):
                enqueue(name, *astuple(happening))


@orm_event.listens_for(db.session, "after_rollback")
def _forget(session) -> None:
    if session.get_nested_transaction() is None:
        session.info.pop(KEY, None)
