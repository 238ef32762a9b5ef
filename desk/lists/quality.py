"""Quality checks: answered rounds, low scores first; passed or failed with a note, or handled again."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import and_, exists, not_, select
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from core.db import db
from core.errors import DomainError
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.lists import conditions as lists
from desk.lists import filters, queues, rounds, rows
from satisfaction import closable
from satisfaction.models import Survey
from tickets import queries
from tickets.models import QualityCheck, Ticket
from tickets.services import closing

_CHECK = and_(QualityCheck.ticket_id == Ticket.id, QualityCheck.round == Ticket.redos + 1)
CHECKED = exists().where(_CHECK)
FAILED = exists().where(_CHECK, not_(QualityCheck.passed))
SCORE = select(Survey.score).where(Survey.ticket_id == Ticket.id, Survey.round == Ticket.redos + 1).scalar_subquery()
TABS = (("unchecked", _l("To check"), lambda actor: not_(CHECKED)), ("low", _l("Low scores"), lambda actor: closable.LOW),
        ("failed", _l("Failed"), lambda actor: FAILED), queues.ALL)


class CheckForm(FlaskForm):
    """QA's judgement of an answer."""

    passed = RadioField(_l("Is the answer good enough?"), choices=[SelectChoice("yes", _l("Passed")), SelectChoice("no", _l("Failed"))],
                        validators=[InputRequired(_l("Choose passed or failed."))])
    note = TextAreaField(_l("Why"), validators=[Length(max=2000, message=_l("At most 2,000 characters, please."))])

    def validate_note(self, field) -> None:
        """Whoever failed wants to know why."""
        if self.passed.data == "no" and not field.data.strip():
            raise ValidationError(_("Say what was wrong, so that it can be done better."))


class RedoForm(FlaskForm):
    """Sending a ticket back to be handled again."""

    reason = TextAreaField(_l("Why must it be handled again?"), validators=[
        InputRequired(_l("Give a reason.")), Length(max=2000, message=_l("At most 2,000 characters, please."))])


@desk.get("/quality")
@needs("quality")
def quality():
    """Answered rounds; low scores first, then the newest answers."""
    drawn, chosen = filters.read()
    base = [queries.visible(actor()), lists.to_check(actor()), *filters.conditions(actor(), chosen)]
    tab, tabs = queues.tabs_of("quality", TABS, base, chosen)
    query = select(Ticket).where(*base, tab).order_by(SCORE.asc().nulls_last(), Ticket.answered_at.desc(), Ticket.id)
    page = paginate(query.options(*rows.LOADED))
    return render_template("desk/quality.html", tabs=tabs, filters=drawn, keep=request.args.get("tab"), clear=queues.clear("quality"),
                           narrowed=bool(chosen), page=page, rows=_rows(page.rows))


@desk.get("/quality/<case_no>")
@needs("quality")
def quality_check(case_no: str):
    """One answered round: the words, the answer, the score, and the two forms."""
    return _one(queries.by_case_no(actor(), case_no), CheckForm(formdata=None), RedoForm(formdata=None))


@desk.post("/quality/<case_no>")
@needs("quality")
def judge(case_no: str):
    """Keep the judgement."""
    ticket, form = queries.by_case_no(actor(), case_no), CheckForm()
    if not form.validate():
        return _one(ticket, form, RedoForm(formdata=None))
    closing.check_quality(ticket, actor(), form.passed.data == "yes", form.note.data.strip())
    db.session.commit()
    flash(_("Judgement kept."), "success")
    return redirect(url_for("desk.quality"))


@desk.post("/quality/<case_no>/redo")
@needs("quality")
def quality_redo(case_no: str):
    """Have it handled again."""
    ticket, form = queries.by_case_no(actor(), case_no), RedoForm()
    if not form.validate():
        return _one(ticket, CheckForm(formdata=None), form)
    try:
        closing.redo(ticket, actor(), form.reason.data.strip())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.form_errors.append(refusal.message)
        return _one(queries.by_case_no(actor(), case_no), CheckForm(formdata=None), form)
    flash(_("It is handled again."), "success")
    return redirect(url_for("desk.quality"))


def _one(ticket: Ticket, check: CheckForm, redo: RedoForm):
    known = _rows([ticket])[0]
    words = next((message.body for message in ticket.messages if message.kind == "in"), ticket.subject)
    return render_template("desk/quality_check.html", row=known, words=words, check=check, redo=redo, redo_open=closing.redo_open(ticket))


def _rows(tickets) -> list[dict]:
    answers, surveys, checks = rounds.answers(tickets), rounds.surveys(tickets), rounds.checks(tickets)
    return [rows.row(ticket, actor()) | {"answer": answers.get(ticket.id, ""), "survey": surveys.get(ticket.id), "check": checks.get(ticket.id),
                                         "answered_at": ticket.answered_at} for ticket in tickets]
