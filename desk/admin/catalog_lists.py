"""The times allowed, the rules of escalation and the code lists."""
from flask import render_template, request, url_for
from sqlalchemy import select

from catalog import services
from catalog.models import SEVERITIES, Code, SlaRule
from core.db import db
from core.errors import DomainError, NotFound
from desk.admin import catalog_words, escalation_form, sla_form
from desk.admin.catalog import may_edit, saved, tabs
from desk.admin.catalog_forms import CodeForm, NewCodeForm
from desk.blueprint import actor, desk, needs
from desk.forms import errors as form_errors
from desk.shown.words import CLOCKS


@desk.get("/catalog/sla")
@needs("catalog")
def sla():
    """How long each clock may run, by severity."""
    known = sla_form.rules()
    times = [(severity, [(CLOCKS[clock], _said(known.get((severity, clock)))) for clock in catalog_words.SLA_CLOCKS]) for severity in SEVERITIES]
    return render_template("desk/sla.html", times=times, tabs=tabs("sla"), may_edit=may_edit())


def _said(rule: SlaRule | None) -> str:
    return catalog_words.length(rule.minutes, rule.working) if rule else "–"


@desk.route("/catalog/sla/edit", methods=["GET", "POST"])
@needs("edit_catalog")
def sla_edit():
    """Change the times allowed, all in one form."""
    form = sla_form.sla_form()
    if form.validate_on_submit():
        changed = [services.put_sla(actor(), *cell) for cell in sla_form.typed(form)]
        return saved(any(changed), url_for("desk.sla"))
    return render_template("desk/sla_edit.html", form=form, rows=sla_form.rows(form))


@desk.get("/catalog/escalation")
@needs("catalog")
def escalation():
    """Which clock raises a ticket to which level, and who hears of a level."""
    known = escalation_form.rules()
    clocks = [(CLOCKS[clock], [known.get((clock, level)) for level in escalation_form.LEVELS]) for clock in escalation_form.RAISING]
    return render_template("desk/escalation.html", clocks=clocks, levels=escalation_form.LEVELS, tabs=tabs("escalation"), may_edit=may_edit())


@desk.route("/catalog/escalation/edit", methods=["GET", "POST"])
@needs("edit_catalog")
def escalation_edit():
    """Change the rules of escalation, all in one form."""
    form = escalation_form.escalation_form()
    if form.validate_on_submit() and escalation_form.rising(form):
        changed = [services.put_escalation(actor(), *cell) for cell in escalation_form.typed(form)]
        return saved(any(changed), url_for("desk.escalation"))
    return render_template("desk/escalation_edit.html", form=form, rows=escalation_form.rows(form), levels=escalation_form.LEVELS)


@desk.get("/catalog/codes")
@needs("catalog")
def codes():
    """The lists that a ticket chooses from, one at a time."""
    return _codes(_list_name(request.args.get("list", "outcome")), NewCodeForm(formdata=None))


@desk.post("/catalog/codes/<list_name>")
@needs("edit_catalog")
def code_new(list_name: str):
    """Add an entry at the end of a list."""
    form = NewCodeForm()
    if not form.validate_on_submit():
        return _codes(_list_name(list_name), form)
    try:
        services.add_code(actor(), _list_name(list_name), form.code.data, form.name_zh.data, form.name_en.data)
    except DomainError as error:
        form_errors.show(form, error, {"code_taken": "code"})
        return _codes(list_name, form)
    return saved(True, url_for("desk.codes", list=list_name))


@desk.route("/catalog/codes/<list_name>/<code>", methods=["GET", "POST"])
@needs("edit_catalog")
def code_edit(list_name: str, code: str):
    """Rename, move or switch off an entry."""
    row = db.session.get(Code, (list_name, code))
    if row is None:
        raise NotFound("code")
    form = CodeForm(obj=row)
    if form.validate_on_submit():
        return saved(services.change_code(actor(), row, **form.values()), url_for("desk.codes", list=list_name))
    return render_template("desk/catalog_entry.html", form=form, row=row, title=catalog_words.LISTS[_list_name(list_name)],
                           back=url_for("desk.codes", list=list_name))


def _list_name(name: str) -> str:
    if name not in catalog_words.LISTS:
        raise NotFound("list")
    return name


def _codes(name: str, form: NewCodeForm):
    entries = db.session.scalars(select(Code).filter_by(list=name).order_by(Code.active.desc(), Code.position)).all()
    return render_template("desk/codes.html", name=name, lists=catalog_words.LISTS, use=catalog_words.USES.get(name, catalog_words.CHOSEN), entries=entries, form=form, tabs=tabs("codes"),
                           may_edit=may_edit())
