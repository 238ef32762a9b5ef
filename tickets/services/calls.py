"""Calls that somebody has to make: opened once, done once, taken back when the reason is gone."""
from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from core import clock, organisation, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from core.settings import Setting
from tickets import access, half_days, sla
from tickets.messages import REFUSALS
from tickets.models import CallTask, Ticket
from tickets.services import calling, conversation
from tickets.tries import CallTry

settings.define(
    Setting("call_minutes", "int", 60, "clocks", _l("Working minutes in which somebody should call a retailer; clock minutes where it is critical")),
    Setting("call_opted_out_minutes", "int", 480, "clocks", _l("Working minutes in which somebody should call who wants no more text messages")),
)
MINUTES = {"opted_out": "call_opted_out_minutes"}  # the setting by reason; every other call is due in call_minutes


def due(ticket: Ticket, reason: str, at: datetime) -> datetime:
    """By when somebody should make a call that is wanted since `at`: in working time, so that nobody is late at night. S1 does not wait."""
    minutes = settings.get(MINUTES.get(reason, "call_minutes"))
    return sla.after(organisation.calendar(), at, sla.Span(minutes, working=ticket.severity != "S1"))


def open_call_task(ticket: Ticket, reason: str, dedupe_key: str, text: str = "", promised: datetime | None = None) -> CallTask:
    """Ask somebody to call the retailer, by `promised` if a time was promised to him, else by when such calls are due.

    The key makes a repeat harmless; a call that was taken back is wanted again.
    """
    task = db.session.scalar(db.select(CallTask).filter_by(dedupe_key=dedupe_key))
    if task is not None and not _taken_back(task):
        return task
    now = clock.now()
    due_at = promised or due(ticket, reason, now)
    if task is None:
        task = CallTask(ticket_id=ticket.id, reason=reason, text=text, dedupe_key=dedupe_key)
        db.session.add(task)
    task.created_at, task.due_at = now, due_at
    task.done_at, task.result, task.note = None, "", ""
    db.session.flush()
    record(SYSTEM, Did.CALL_TASK_OPENED, ticket=ticket, reason=reason)
    return task


def take_back(dedupe_key: str, why: str) -> None:
    """Nobody need call any more; `why` is a code of desk.shown.words.CALL_NOTES. A call that was made, or never wanted, is left alone."""
    task = db.session.scalar(db.select(CallTask).filter_by(dedupe_key=dedupe_key, done_at=None).with_for_update())
    if task is None:
        return
    task.done_at, task.result, task.note = clock.now(), "not_needed", why
    record(SYSTEM, Did.CALL_TASK_DONE, ticket=task.ticket, result="not_needed")


def _taken_back(task: CallTask) -> bool:
    return task.done_at is not None and task.done_by_id is None


def tried(tasks: Sequence[CallTask]) -> dict[int, int]:
    """In how many half-days each of these calls was made in vain so far, by the task's id; one query however many they are."""
    made: dict[int, list[datetime]] = {}
    for ticket_id, at in db.session.execute(db.select(CallTry.ticket_id, CallTry.at).where(CallTry.ticket_id.in_([task.ticket_id for task in tasks]))):
        made.setdefault(ticket_id, []).append(at)
    calendar = organisation.calendar()
    return {task.id: half_days.counted(calendar, (at for at in made.get(task.ticket_id, ()) if at >= task.created_at)) for task in tasks}


def finish_call_task(task: CallTask, actor: Actor, result: str, note: str) -> bool:
    """Say what came of the call: reached, unreached or not_needed; False if it is to be made again, in another half-day.

    A call that reached somebody stands in the thread; one in vain is done after so many tries as the setting says.
    """
    if task.done_at is not None:
        raise DomainError("already_done", _l("Somebody has already done this call."))
    if not access.can_see(actor, task.ticket):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if result == "unreached" and not _in_vain(task, actor, note):
        return False
    task.done_at, task.done_by_id, task.result, task.note = clock.now(), actor.id, result, note
    if result == "reached":
        conversation.log_call(task.ticket, actor, note or "—")
    record(actor, Did.CALL_TASK_DONE, ticket=task.ticket, result=result)
    return True


def _in_vain(task: CallTask, actor: Actor, note: str) -> bool:
    """One more try; True if there were enough. Else the call is due when the next half-day begins; what is critical does not wait for that."""
    calling.call_in_vain(task.ticket, actor)
    if tried([task])[task.id] >= settings.get("call_tries"):
        return True
    critical = task.ticket.severity == "S1"
    task.due_at = due(task.ticket, task.reason, clock.now()) if critical else half_days.again_from(organisation.calendar(), clock.now())
    task.note = note or task.note
    return False
