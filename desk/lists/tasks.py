"""Calls that somebody has to make: the list, and the page of one call with its result."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from core import clock, phone, settings
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotFound
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.frame import numbers
from desk.shown import presenters as show
from desk.shown.next_step import next_step
from desk.shown.words import CALL_NOTES, CALL_REASONS, CALL_RESULTS, DELIVERY_NOTES
from notifications import manners
from tickets import access, queries
from tickets.models import CallTask, Ticket
from tickets.services import calls, conversation

TABS = {"open": (_l("To call"), CallTask.done_at.is_(None)), "done": (_l("Done"), CallTask.done_at.is_not(None))}

READ_OUT = ("answer", "ask")  # purposes of words that a caller reads out when they did not go out


class CallForm(FlaskForm):
    """What came of the call."""

    result = RadioField(_l("What came of it?"), choices=[SelectChoice(code, label) for code, label in CALL_RESULTS.items()], validators=[InputRequired(_l("Choose what came of the call."))])
    note = TextAreaField(_l("What was said"), validators=[Length(max=2000, message=_l("At most 2,000 characters, please."))])


@desk.get("/tasks")
@needs("call_tasks")
def tasks():
    """Open calls, what is due first; or those done, the latest first."""
    tab = request.args.get("tab") if request.args.get("tab") in TABS else "open"
    order = CallTask.due_at if tab == "open" else CallTask.done_at.desc()
    page = paginate(_seen().where(TABS[tab][1]).order_by(order, CallTask.id).options(joinedload(CallTask.ticket).joinedload(Ticket.retailer),
                                                                                    joinedload(CallTask.ticket).joinedload(Ticket.leaf)))
    return render_template("desk/tasks.html", page=page, tasks=_rows(page.rows), tabs=_tabs(tab), tab=tab)


@desk.route("/tasks/<id:task_id>", methods=["GET", "POST"])
@needs("call_tasks")
def task(task_id: int):
    """One call: whom, why, and what came of it."""
    found = db.session.scalar(_seen().where(CallTask.id == task_id))
    if found is None:
        raise NotFound("call_task")
    form = CallForm()
    if form.validate_on_submit() and _finished(found, form):
        return redirect(url_for("desk.tasks"))
    number = _number(found) if request.method == "GET" else None
    return render_template("desk/task.html", task=_rows([found])[0], form=form, number=number or show.masked_phone(found.ticket, actor()), whom=show.callee(found.ticket, actor()),
                           step=next_step(found.ticket, actor()), state=found.ticket.state, unheard=_unheard(found.ticket), body=DELIVERY_NOTES.get(found.text, found.text),
                           finished=found.done_at, result=CALL_RESULTS.get(found.result), note=CALL_NOTES.get(found.note, found.note))


def _finished(found: CallTask, form: CallForm) -> bool:
    try:
        done = calls.finish_call_task(found, actor(), form.result.data, form.note.data.strip())
    except DomainError as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return False
    db.session.commit()
    flash(_("Noted.") if done else _("Noted. Call again from %(when)s.", when=show.due_text(found.due_at)), "success")
    return True


def _number(found: CallTask) -> str | None:
    """The whole number, for whoever calls; that it was shown leaves a trace."""
    ticket = found.ticket
    if found.done_at or not ticket.contact_phone or not access.sees_identity(actor(), ticket):
        return None
    record(actor(), Did.IDENTITY_SEEN, ticket=ticket, task=found.id)
    db.session.commit()
    return phone.display(ticket.contact_phone)


def _unheard(ticket: Ticket) -> str:
    """The last answer or question that has reached nobody, to be read out; empty if there is none, or it is no longer so."""
    last = next((message for message in reversed(ticket.messages) if message.purpose in READ_OUT and not manners.overtaken(message.purpose, ticket.state, True)), None)
    return "" if last is None or conversation.has_gone_out(last) else last.body


def _seen():
    return select(CallTask).join(Ticket, Ticket.id == CallTask.ticket_id).where(queries.visible(actor()))


def _tabs(current: str) -> list[dict]:
    conditions = {tab: condition for tab, (_label, condition) in TABS.items()}
    counted = numbers.tally(conditions, and_(queries.visible(actor()), CallTask.ticket_id == Ticket.id))
    return [{"label": label, "count": counted[tab], "href": url_for("desk.tasks", tab=tab), "current": tab == current}
            for tab, (label, _condition) in TABS.items()]


def _rows(found: list[CallTask]) -> list[dict]:
    tried = calls.tried(found)
    return [_row(task) | {"tried": _tried(task, tried[task.id])} for task in found]


def _row(found: CallTask) -> dict:
    ticket = found.ticket
    return {"id": found.id, "reason": CALL_REASONS.get(found.reason, found.reason), "due_at": found.due_at, "late": found.due_at < clock.now(),
            "severity": ticket.severity, "case_no": ticket.case_no, "subject": ticket.subject, "shop": show.shop(ticket, actor()),
            "name": ticket.contact_name if access.sees_identity(actor(), ticket) else "", "phone": show.masked_phone(ticket, actor()),
            "href": show.ticket_url(ticket), "result": CALL_RESULTS.get(found.result, ""), "done_at": found.done_at}


def _tried(found: CallTask, times: int) -> str:
    """How often it was tried, while it is still to be made."""
    count = times if found.done_at is None else 0
    return _("called in vain: %(count)s of %(most)s", count=count, most=settings.get("call_tries")) if count else ""
