"""Playing the demo stories: every step at its own past moment, in order of time over all stories, jobs included."""
import contextlib
import functools
import heapq
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import current_app
from sqlalchemy import text

from commands.demo import verbs
from commands.demo.walk import Walk
from core import clock, organisation
from core.business_time import Calendar, add_working, next_working_moment
from core.db import db
from core.queue import MemoryQueue
from gateways.console import ConsoleGateway

SIGNED = ("classify", "dispatch", "sign")
WRITTEN = (*SIGNED, "call", "write", "submit")
ANSWERED = (*WRITTEN, "answer", "ask_for_scores", "rate")
ROADS: dict[str, tuple[str, ...]] = {
    "received": (),
    "needs_info": (*SIGNED, "ask"),
    "dispatched": ("classify", "dispatch"),
    "in_progress": (*SIGNED, "call"),
    "in_review": WRITTEN,
    "answered": ANSWERED,
    "closed": (*ANSWERED, "close"),
    "redo": (*ANSWERED, "reject"),
    "declined": ("classify", "decline"),
    "withdrawn": ("classify", "dispatch", "withdraw"),
    "transferred": ("classify", "transfer"),
}
# Working minutes before each step; a survey goes out four hours after the answer, so it is asked for later than that.
PAUSES = {"classify": 12, "dispatch": 2, "sign": 18, "call": 25, "ask": 20, "write": 140, "submit": 15, "answer": 55, "ask_for_scores": 250,
          "rate": 35, "close": 70, "reject": 30, "decline": 25, "withdraw": 180, "transfer": 20}
STEP_BACK = timedelta(minutes=25)
MIDNIGHT = time(0)


def play(walks: list[Walk]) -> None:
    """Walk every story from its arrival to its end, up to the present moment, committing each step."""
    db.session.execute(text("SET synchronous_commit TO off"))  # hundreds of small commits, and all can be made again
    with _alone() as queue:
        for at, perform in _in_order(walks, organisation.calendar(), clock.now()):
            with clock.frozen(at):
                perform()
                db.session.commit()
                queue.run()


@contextlib.contextmanager
def _alone() -> Iterator[MemoryQueue]:
    """Jobs run here and now; and no provider, a simulated one neither, is told today what was said in the past."""
    queue, ours = MemoryQueue(), {name: current_app.extensions[name] for name in ("queue", "gateways")}
    current_app.extensions |= {"queue": queue, "gateways": ours["gateways"] | {"sms": ConsoleGateway()}}
    try:
        yield queue
    finally:
        current_app.extensions |= ours


def _in_order(walks: list[Walk], calendar: Calendar, now: datetime) -> Iterator[tuple]:
    """(moment, step) of all stories, merged by time."""
    plans = [_plan(walk, calendar, now) for walk in walks]
    yield from heapq.merge(*plans, key=lambda step: step[0])


def _plan(walk: Walk, calendar: Calendar, now: datetime) -> list[tuple]:
    steps = [("arrive", 0), *((name, _pause(walk, name)) for name in ROADS[walk.story.end])]
    at = _begin(walk, calendar, now, sum(minutes for _name, minutes in steps))
    plan = []
    for name, minutes in steps:
        at = add_working(calendar, at, minutes)
        plan.append((at, functools.partial(getattr(verbs, name), walk)))
    return plan


def _pause(walk: Walk, name: str) -> int:
    """No two stories take the same time."""
    return max(1, PAUSES[name] * (4 + walk.story.n % 5) // 6)


def _begin(walk: Walk, calendar: Calendar, now: datetime, span: int) -> datetime:
    """A moment of working time as many days ago as the story says, or earlier if it would not be over by now."""
    days, spread = walk.story.days_ago, walk.story.n * 37
    if days:
        local = datetime.combine((now.astimezone(calendar.tz) - timedelta(days=days)).date(), MIDNIGHT, calendar.tz)
        at = local + timedelta(hours=9, minutes=spread % 500)
    else:
        at = now - timedelta(minutes=5 + spread % 100)
    while next_working_moment(calendar, at) > at or add_working(calendar, at, span) > now:
        at -= STEP_BACK
    return at
