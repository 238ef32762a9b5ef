"""The steps of an improvement item as a table: form, permission, what is done, what is said; and the one view behind all of them."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import flash, redirect, url_for
from flask_babel import lazy_gettext as _l

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.errors import DomainError, NotAllowed, NotFound
from desk.blueprint import actor, desk, needs
from desk.forms.errors import show as show_error
from desk.improvement import forms, sheet
from reporting.improvement import queries, services
from reporting.improvement.models import ImprovementAction, ImprovementItem

NAMED = {"titled": "title", "owned": "owner"}
AGREED = NAMED | {"caused": "cause", "asked_why": "whys", "measurable": "most", "check_leaves_weeks": "check"}


@dataclass(frozen=True)
class Step:
    """One step. `fields` say beside which field a refusal stands, by its code."""

    permission: str
    form: type[forms.StepForm]
    do: Callable[[ImprovementItem, Actor, forms.StepForm], None]
    said: object
    fields: Mapping[str, str] = field(default_factory=dict)


def _plan(item: ImprovementItem, who: Actor, form: forms.PlanForm) -> None:
    services.plan(item, who, form.text.data, form.kind.data, db.session.get(User, form.owner.data), form.due.data)


STEPS: dict[str, Step] = {
    "propose": Step("propose_improvement", forms.ProposeForm, lambda item, who, form: services.propose(item, who, form.title.data, form.person()),
                    _l("Proposed. The managers decide."), NAMED),
    "accept": Step("improve", forms.AcceptForm, lambda item, who, form: services.accept(item, who, form.title.data, form.person(), form.agreement()),
                   _l("Approved. Now plan the actions."), AGREED),
    "reject": Step("improve", forms.RejectForm, lambda item, who, form: services.reject(item, who, form.reason.data),
                   _l("Rejected, with the reason."), {"reason": "reason"}),
    "plan": Step("improve", forms.PlanForm, _plan, _l("The action is planned."), {"due_after_check": "due"}),
    "give": Step("improve", forms.GiveForm, lambda item, who, form: services.give(item, who, db.session.get(User, form.owner.data)),
                 _l("Given to somebody else.")),
    "watch": Step("improve", forms.StepForm, lambda item, who, form: services.watch(item, who), _l("Under watch until the check date.")),
    "standardise": Step("confirm_improvement", forms.StandardiseForm, lambda item, who, form: services.standardise(item, who, form.lesson.data),
                        _l("Confirmed and standardised."), {"lesson": "lesson"}),
    "reopen": Step("confirm_improvement", forms.ReopenForm, lambda item, who, form: services.reopen(item, who, form.reason.data),
                   _l("Confirmed. A new round begins."), {"reason": "reason"}),
}


def take(name: str, item_id: int):
    """Carry out a step, or show the sheet again with what is to fix."""
    step, item = STEPS[name], queries.one(item_id)
    form = step.form(prefix=name)
    form.prepare(item)
    if not form.validate_on_submit():
        return sheet.show(item, {name: form})
    return _done(item_id, step, name, form, lambda: step.do(item, actor(), form))


@desk.post("/improvement/<id:item_id>/actions/<id:action_id>")
@needs("improve")
def improvement_done(item_id: int, action_id: int):
    """Say when an action was done."""
    item, action = queries.one(item_id), db.session.get(ImprovementAction, action_id)
    if action is None or action.item_id != item.id:
        raise NotFound("improvement action")
    name = f"done{action.id}"
    form = forms.DoneForm(prefix=name)
    if not form.validate_on_submit():
        return sheet.show(item, {name: form})
    return _done(item_id, DONE, name, form, lambda: services.finish(action, actor(), form.on.data))


DONE = Step("improve", forms.DoneForm, lambda *_: None, _l("The action is done."), {"not_yet_done": "on"})


def _done(item_id: int, step: Step, name: str, form: forms.StepForm, do: Callable[[], object]):
    try:
        do()
        db.session.commit()
    except NotAllowed:
        raise
    except DomainError as refusal:
        db.session.rollback()
        show_error(form, refusal, step.fields)
        return sheet.show(queries.one(item_id), {name: form})
    flash(step.said, "success")
    return redirect(url_for("desk.improvement_item", item_id=item_id))


def _view(name: str):
    return needs(STEPS[name].permission)(lambda item_id: take(name, item_id))


for _name in STEPS:
    desk.add_url_rule(f"/improvement/<id:item_id>/{_name}", f"improvement_{_name}", _view(_name), methods=["POST"])
