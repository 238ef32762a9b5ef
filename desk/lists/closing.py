"""The manager's closing desk: what can be closed together, what needs a look, and closing after a second look."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from sqlalchemy import and_, select
from sqlalchemy.orm.exc import StaleDataError
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from catalog import queries as catalog
from core.db import db
from core.errors import DomainError
from core.i18n import pick
from core.pagination import paginate
from desk.blueprint import actor, desk, needs
from desk.lists import closing_rules as rules
from desk.lists import conditions as lists
from desk.lists import filters, queues, rounds, rows
from desk.shown.presenters import chip, main_clock
from tickets import queries
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services.closing import close

TABS = (queues.ALL, *((name, label, rules.in_group(name)) for name, label in (
    ("together", _l("Can be closed together")), ("single", _l("One by one")), ("waiting", _l("Waiting for the retailer")))))
REASONS = ("outcome", "root_cause", "remedy")  # fields of the ticket, and names of the code lists


class ReasonsForm(FlaskForm):
    """Outcome, cause and remedy for all chosen tickets; empty means as each one says."""

    outcome = SelectField(_l("Outcome"))
    root_cause = SelectField(_l("Root cause"))
    remedy = SelectField(_l("Remedy"))

    def __init__(self, **more):
        super().__init__(**more)
        for name in REASONS:
            self[name].choices = [SelectChoice("", _l("As each one says")), *(SelectChoice(code, label) for code, label in _names(name).items())]


@desk.get("/closing")
@needs("close")
def closing():
    """Answered tickets of the manager's department, in the three groups of closing_rules."""
    return _page(ReasonsForm())


@desk.post("/closing/look")
@needs("close")
def look():
    """The second look: what will be closed, and how."""
    form, chosen = ReasonsForm(), _chosen()
    if not chosen or not form.validate():
        return _page(form, refused=[(None, _l("Choose from the lists, please.") if chosen else _l("Choose at least one ticket that can be closed together."))])
    return render_template("desk/closing_look.html", form=form, rows=[_reasoned(ticket, form) for ticket in chosen])


@desk.post("/closing/close")
@needs("close")
def close_chosen():
    """Close each on its own: one that cannot be closed does not hold up the others."""
    form = ReasonsForm()
    if not form.validate():
        return _page(form, refused=[(None, _l("Choose from the lists, please."))])
    refused = [(case_no, why) for case_no in _asked() if (why := _close(case_no, form))]
    done = len(_asked()) - len(refused)
    if done:
        flash(ngettext("%(num)s ticket closed.", "%(num)s tickets closed.", done), "success")
    return _page(form, refused) if refused else redirect(url_for("desk.closing"))


def _close(case_no: str, form: ReasonsForm):
    """Close one ticket and commit; the reason if it is refused."""
    try:
        ticket = queries.by_case_no(actor(), case_no)
        if rules.read([ticket.id])[ticket.id]["group"] != "together":
            return _l("This one asks for a look of its own: open it and close it there.")
        close(ticket, actor(), **{name: form[name].data or getattr(ticket, name) or "" for name in REASONS})
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        return refusal.message
    except StaleDataError:
        db.session.rollback()
        return REFUSALS["wrong_state"]
    return None


def _page(form: ReasonsForm, refused=()):
    drawn, chosen = filters.read()
    base = [queries.visible(actor()), lists.to_close(actor()), *filters.conditions(actor(), chosen)]
    tab, tabs = queues.tabs_of("closing", TABS, base, chosen)
    query = select(Ticket).where(and_(*base), tab).order_by(rules.order())
    page = paginate(queries.due_first(query).options(*rows.LOADED))
    return render_template("desk/closing.html", tabs=tabs, filters=drawn, keep=request.args.get("tab"), clear=queues.clear("closing"), form=form,
                           narrowed=bool(chosen), page=page, groups=_groups(page.rows), refused=refused)


def _groups(tickets) -> list[dict]:
    facts = rules.read([ticket.id for ticket in tickets])
    answers, surveys, promises, causes = rounds.answers(tickets), rounds.surveys(tickets), rounds.promises(tickets), _names("root_cause")
    found = {name: [] for name in rules.GROUPS}
    for ticket in tickets:
        known = facts[ticket.id]
        found[known["group"]].append(rows.row(ticket, actor()) | {
            "flags": [rules.FLAGS[code][1:] for code in known["flags"]], "answer": answers.get(ticket.id, ""), "clock": chip(main_clock(ticket), short=True), "said": _said(ticket, surveys.get(ticket.id)),
            "cause": causes.get(ticket.root_cause, ""), "promises": promises.get(ticket.id)})
    return [{"key": name, "label": rules.GROUPS[name], "rows": listed} for name, listed in found.items() if listed]


def _said(ticket: Ticket, survey) -> tuple:
    """Score and words of the present round; accepting without a score is a word too."""
    score, comment = (survey.score, survey.comment) if survey else (None, "")
    return score, comment or (_l("Says that it is solved") if ticket.accepted else "")


def _chosen() -> list[Ticket]:
    return list(db.session.scalars(queries.seen_by(actor()).where(lists.to_close(actor()), rules.group() == "together", Ticket.case_no.in_(_asked())).options(*rows.LOADED)))


def _asked() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("pick")))


def _reasoned(ticket: Ticket, form: ReasonsForm) -> dict:
    names = {name: _names(name).get(form[name].data or getattr(ticket, name), "") for name in REASONS}
    return rows.row(ticket, actor()) | names


def _names(code_list: str) -> dict[str, str]:
    return {code.code: pick(code.name_zh, code.name_en) for code in catalog.codes(code_list)}
