"""One improvement item as a sheet of paper: why it happened on the left, what we did and whether it worked on the right."""
from collections.abc import Mapping
from datetime import datetime

from flask import render_template, url_for
from flask_babel import gettext as _

from catalog import queries as catalog
from core.i18n import pick
from desk.blueprint import actor, desk, needs
from desk.improvement import forms, words
from desk.improvement.charts import number, weeks_chart
from desk.improvement.result import result
from reporting import pictures
from reporting.improvement import queries, series
from reporting.improvement.lifecycle import ENDED
from reporting.improvement.models import ImprovementItem
from reporting.improvement.services import ACTING, OWNED
from reporting.improvement.transition import may
from reporting.improvement.weeks import label

FORMS = {"propose": forms.ProposeForm, "accept": forms.AcceptForm, "reject": forms.RejectForm, "watch": forms.StepForm,
         "standardise": forms.StandardiseForm, "reopen": forms.ReopenForm}
HELPED = ("effective", "partly")


@desk.get("/improvement/<id:item_id>")
@needs("improvement")
def improvement_item(item_id: int):
    """The sheet."""
    return show(queries.one(item_id), {})


def show(item: ImprovementItem, typed: Mapping[str, forms.StepForm]):
    """The sheet; `typed` are forms by their step with what is to fix."""
    found = series.read(item)

    def tickets(**which) -> str:
        return url_for("desk.improvement_tickets", item_id=item.id, **which)

    spec = weeks_chart(item, found, lambda week: tickets(week=week.isoformat()))
    return render_template(
        "desk/improvement_item.html", item=item, title=title(item), leaf=pick(item.leaf.name_zh, item.leaf.name_en), tickets=tickets,
        verdict=item.verdict, words=words, steps=_steps(item), series=found, picture=pictures.svg(spec), problem=_problem(item),
        rules=_rules(item), causes=_causes(item), cause=_cause(item.cause_code), result=result(item), forms=_forms(item, typed),
        label=label, number=number)


def title(item: ImprovementItem) -> str:
    """What the item is about in one line, with the verdict once there is one."""
    said = item.title or _("%(leaf)s: more complaints in %(area)s", leaf=pick(item.leaf.name_zh, item.leaf.name_en), area=item.area)
    return str(words.TITLES[item.verdict.result]) % {"title": said} if item.verdict else said


def _steps(item: ImprovementItem) -> list[dict]:
    """The stations of the road. An item that was opened again stands before its approval."""
    road = [state for state, _name in words.ROAD]
    now = road.index({"reopened": "proposed", "rejected": "proposed"}.get(item.state, item.state))
    passed = now + (item.state in ENDED)
    return [{"name": name, "at": _reached(item, state) if at <= now else None, "css": "is-done" if at < passed else "is-now" if at == now else ""}
            for at, (state, name) in enumerate(words.ROAD)]


def _reached(item: ImprovementItem, state: str) -> datetime | None:
    return datetime.fromisoformat(item.reached[state]) if state in item.reached else None


def _problem(item: ImprovementItem) -> dict:
    count, rate = series.risen(item)
    return {"count": count, "rate": rate, "first": label(item.trigger_first), "last": label(item.trigger_last)}


def _rules(item: ImprovementItem) -> list:
    known = words.RULES if item.chart == "weekly" else words.RARE_RULES
    return [known[rule] for rule in item.rules]


def _causes(item: ImprovementItem) -> list[dict]:
    found = queries.causes(item)
    whole = sum(count for _code, count in found)
    return [{"code": code or "-", "name": _cause(code) or _("not recorded yet"), "count": count, "percent": round(100 * count / whole),
             "chosen": code is not None and code == item.cause_code} for code, count in found]


def _cause(code: str | None) -> str:
    entry = catalog.code("root_cause", code)
    return pick(entry.name_zh, entry.name_en) if entry else code or ""


def _forms(item: ImprovementItem, typed: Mapping[str, forms.StepForm]) -> dict[str, forms.StepForm]:
    """The forms of the steps that the reader may take now, and those that he has just sent."""
    offered = {name: FORMS[name] for name in may(item, actor()) if name in FORMS and _offered(item, name)}
    if actor().has("manager"):
        offered |= _of_managers(item)
    made = {name: form(prefix=name, formdata=None) for name, form in offered.items() if name not in typed}
    for form in made.values():
        form.prepare(item)
    return {**made, **typed}


def _of_managers(item: ImprovementItem) -> dict[str, type[forms.StepForm]]:
    """What a manager may do without moving the item on."""
    given = {"give": forms.GiveForm} if item.state in OWNED else {}
    if item.state not in ACTING:
        return given
    undone = {f"done{action.id}": forms.DoneForm for action in item.present_actions if action.done_on is None}
    return given | {"plan": forms.PlanForm} | undone


def _offered(item: ImprovementItem, name: str) -> bool:
    if name == "propose":  # whoever may decide need not propose
        return not actor().has("manager")
    if name == "watch":
        return all(action.done_on for action in item.present_actions)
    return name != "standardise" or item.verdict.result in HELPED
