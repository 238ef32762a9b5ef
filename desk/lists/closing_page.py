"""The page of the closing desk: tickets in their groups, what the retailer said, and the two forms for those chosen."""
from flask import render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import and_, select
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from catalog import queries as catalog
from core.i18n import pick
from core.pagination import paginate
from desk.blueprint import actor
from desk.lists import closing_rules as rules
from desk.lists import conditions as lists
from desk.lists import filters, queues, rounds, rows
from desk.shown.presenters import chip, lane, main_clock
from desk.ticket.forms import RedoForm
from tickets import queries
from tickets.models import Ticket

TABS = (queues.ALL, *((name, label, rules.in_group(name)) for name, label in (
    ("rule", _l("May be closed by the rule")), ("together", _l("Can be closed together")), ("single", _l("One by one")),
    ("waiting", _l("Waiting for the retailer")))))
REASONS = ("outcome", "root_cause", "remedy")  # fields of the ticket, and names of the code lists


class ReasonsForm(FlaskForm):
    """Outcome, cause and remedy for all chosen tickets; empty means as each one says."""

    outcome = SelectField(_l("Outcome"))
    root_cause = SelectField(_l("Root cause"))
    remedy = SelectField(_l("Remedy"))

    def __init__(self, **more):
        super().__init__(**more)
        for name in REASONS:
            self[name].choices = [SelectChoice("", _l("As each one says")), *(SelectChoice(code, label) for code, label in names(name).items())]


def names(code_list: str) -> dict[str, str]:
    """The entries of a code list in the reader's language, by code."""
    return {code.code: pick(code.name_zh, code.name_en) for code in catalog.codes(code_list)}


def asked() -> list[str]:
    """The case numbers that were chosen, each once."""
    return list(dict.fromkeys(request.form.getlist("pick")))


def show(refused=(), form: ReasonsForm | None = None, redo: RedoForm | None = None):
    """The desk; after a refusal with everything that was chosen and typed. `refused` is [(case number or None, why)]."""
    drawn, chosen = filters.read()
    base = [queries.visible(actor()), lists.to_close(actor()), *filters.conditions(actor(), chosen)]
    tab, tabs = queues.tabs_of("closing", TABS, base, chosen)
    query = select(Ticket).where(and_(*base), tab).order_by(rules.order())
    page = paginate(queries.due_first(query).options(*rows.LOADED))
    return render_template("desk/closing.html", tabs=tabs, filters=drawn, keep=request.args.get("tab"), clear=queues.clear("closing"), page=page,
                           narrowed=bool(chosen), form=form or ReasonsForm(), redo=redo or RedoForm(), picked=asked(), refused=refused,
                           groups=_groups(page.rows))


def _groups(tickets) -> list[dict]:
    facts = rules.read([ticket.id for ticket in tickets])
    answers, surveys, promises, causes = rounds.answers(tickets), rounds.surveys(tickets), rounds.promises(tickets), names("root_cause")
    found = {name: [] for name in rules.GROUPS}
    for ticket, shown in zip(tickets, rows.several(tickets, actor()), strict=True):
        known = facts[ticket.id]
        found[known["group"]].append(shown | {
            "flags": [rules.WORDS[code] for code in known["flags"]], "marks": [*lane(ticket), *shown["marks"]], "answer": answers.get(ticket.id, ""),
            "clock": chip(main_clock(ticket), short=True), "said": _said(ticket, surveys.get(ticket.id)),
            "cause": causes.get(ticket.root_cause, ""), "promises": promises.get(ticket.id)})
    return [{"key": name, "label": rules.GROUPS[name], "rows": listed} for name, listed in found.items() if listed]


def _said(ticket: Ticket, survey) -> tuple:
    """Score and words of the present round; accepting without a score is a word too."""
    score, comment = (survey.score, survey.comment) if survey else (None, "")
    return score, comment or (_l("Says that it is solved") if ticket.accepted else "")
