"""The periodic jobs as a list, and the process that enqueues them when they are due.

Due times stand in the database, so any number of schedulers may run: a row is taken by one of them at a time.
"""
import signal
import threading
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import create_app
from core import clock
from core.db import db
from core.due_times import ScheduledJob

log = structlog.get_logger()


@dataclass(frozen=True)
class Entry:
    """A job to enqueue every so many seconds, and why."""

    job: str
    every: int
    why: str


SCHEDULE = (
    Entry("sweep_intake", 20, "arrivals whose job was lost become tickets"),
    Entry("sweep_media", 60, "pictures of texts whose job was lost, or whose next try is due, are fetched"),
    Entry("sweep_triage", 20, "new tickets whose reading was lost are understood, and those that came before there was a model"),
    Entry("sweep_comparisons", 60, "open tickets whose comparison with the others of their retailer was lost, or whose words changed since, are compared"),
    Entry("learn_triage", 60, "what people decided is learned: at once without a model, after enough decisions, or after a day"),
    Entry("sweep_routing", 20, "dispatched tickets whose routing was lost get a handler, and in the morning those for which nobody was on call"),
    Entry("sweep_messages", 20, "messages whose delivery job was lost go out; half-sent ones become call tasks"),
    Entry("watch_clocks", 30, "warnings at 70 and 90 per cent and breaches, each once"),
    Entry("watch_escalations", 60, "tickets whose clocks ran far over their time are raised to the next level, each level once"),
    Entry("watch_questions", 60, "a reminder at half time, and on with what is known when the retailer does not answer"),
    Entry("watch_promises", 600, "promises whose day comes or is over are told to those who owe them, also after closing"),
    Entry("send_surveys", 60, "surveys go out four hours after the answer, by day, and once more after silence; those whose job was lost are made"),
    Entry("watch_closing", 600, "light matters that are solved, or met with silence after two notices, are closed by the rule if it is on"),
    Entry("sweep_followups", 120, "acknowledgements, closing words and notices to the staff whose job was lost"),
    Entry("sweep_letters", 60, "letters to set a password whose job was lost, or that the mail server did not take, go out"),
    Entry("sweep_unsigned", 60, "what its handler has not signed for in time goes to somebody else, once"),
    Entry("sweep_leave", 300, "what somebody who is away has not signed for, or what falls due meanwhile, goes to others"),
    Entry("reconcile", 300, "what stands in a provider's account and never came to us is taken in"),
    Entry("watch_hot", 60, "a rise that no arrival announced opens, what goes on is carried on, what was quiet for a day is over"),
    Entry("watch_parents", 60, "what fits a common cause is attached; notices and answers to many whose job was lost are given"),
    Entry("watch_trends", 86400, "the charts of each week that is over are looked at once; what rose becomes a candidate for improvement"),
    Entry("judge_improvements", 86400, "improvement items whose watch is over get their verdict"),
    Entry("extend_calendar", 86400, "next year's public holidays come in before anything is due in it"),
    Entry("sweep_calls", 20, "calls whose job or whose end was lost become contacts or call tasks"),
    Entry("sweep_recordings", 60, "recordings that wait at the provider are fetched, and deleted there if so set"),
    Entry("remove_recordings", 86400, "recordings are removed when their months are over, and with the noise that they were"),
    Entry("sweep_uploads", 3600, "photos of forms that were never sent are removed"),
    Entry("sweep_quarantine", 86400, "refused requests and comparisons of long ago are forgotten"),
    Entry("sweep_noise", 86400, "raw noise is removed after thirty days"),
    Entry("forget_noise_calls", 86400, "numbers and words of calls that were noise are removed after as many days"),
)
TICK = 1.0


def prepare() -> None:
    """Make a row for every entry, drop rows of entries that are gone."""
    known = {row.job: row for row in db.session.scalars(select(ScheduledJob))}
    for entry in SCHEDULE:
        if entry.job not in known:
            db.session.merge(ScheduledJob(job=entry.job, due_at=clock.now()))
    for name in known.keys() - {entry.job for entry in SCHEDULE}:
        db.session.delete(known[name])
    db.session.commit()


def tick(enqueue) -> list[str]:
    """Enqueue what is due and say when it is due again; returns the names. Missed times are not made up for."""
    now = clock.now()
    every = {entry.job: entry.every for entry in SCHEDULE}
    due = db.session.scalars(select(ScheduledJob).where(ScheduledJob.due_at <= now, ScheduledJob.job.in_(every))
                             .with_for_update(skip_locked=True)).all()
    names = [row.job for row in due]
    for row in due:
        row.due_at = now + timedelta(seconds=every[row.job])
    db.session.commit()
    for name in names:
        enqueue(name)
    return names


def main() -> None:
    """Tick until told to stop."""
    app, stop = create_app(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with app.app_context():
        prepare()
    while not stop.wait(TICK):
        with app.app_context():
            try:
                tick(app.extensions["queue"].enqueue_if_room)
            except OperationalError as error:  # the database restarts: try again at the next tick
                log.warning("schedule_waits", error=str(error.orig))


if __name__ == "__main__":
    main()
