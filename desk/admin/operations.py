"""The page of operations: what is stuck, and a button to try it again."""
from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from core import clock, events
from core.audit import Did, record
from core.db import db
from core.errors import NotFound
from core.jobs import JOBS, FailedJob
from desk.admin import operations_view as view
from desk.admin import ways_out
from desk.admin.job_words import QUEUE_WORDS, job_name
from desk.blueprint import actor, desk, needs
from desk.shown.words import CHANNELS, DELIVERY, DELIVERY_NOTES


@desk.get("/operations")
@needs("operations")
def operations():
    """Queues, periodic jobs, failed jobs, stuck arrivals, undelivered messages."""
    messages = [(row, ways_out.case_of(row, actor())) for row in view.messages()]
    return render_template(
        "desk/operations.html", queues=view.queues(current_app.extensions["redis"]), periodic=view.periodic(), failed=view.failed_jobs(),
        arrivals=view.arrivals(), late_acks=view.late_acknowledgements(), ways=ways_out.ways(), messages=messages, error_of=view.error_of, last_line=view.last_line, address=view.hidden_address,
        job_name=job_name, queue_words=QUEUE_WORDS, channels=CHANNELS, delivery=DELIVERY, notes=DELIVERY_NOTES)


@desk.post("/operations/jobs/<id:job_id>/retry")
@needs("operations")
def job_retry(job_id: int):
    """Enqueue a failed job again. Jobs check what their row still wants, so a second try does no harm."""
    failed = _failed(job_id)
    if failed.name not in JOBS:
        flash(_("There is no job of this name any more."), "error")
        return redirect(url_for("desk.operations"))
    failed.seen_at = clock.now()
    record(actor(), Did.JOB_RETRIED, target=failed.name, args=failed.args)
    db.session.commit()
    events.enqueue(failed.name, *(int(arg) if arg.lstrip("-").isdigit() else arg for arg in failed.args))
    flash(_("The job is tried again. If it breaks again, it comes back to this list."), "success")
    return redirect(url_for("desk.operations"))


@desk.post("/operations/jobs/<id:job_id>/seen")
@needs("operations")
def job_seen(job_id: int):
    """Take a failed job off the list."""
    _failed(job_id).seen_at = clock.now()
    db.session.commit()
    return redirect(url_for("desk.operations"))


def _failed(job_id: int) -> FailedJob:
    found = db.session.get(FailedJob, job_id)
    if found is None:
        raise NotFound("job")
    return found
