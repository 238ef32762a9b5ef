"""The form of the rules of escalation: for each clock the share of its time from which it raises its ticket to each level."""
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from catalog.models import EscalationRule
from core.db import db
from desk.forms.number_typed import Readable
from desk.shown.words import CLOCKS

RAISING = ("pass_on", "triage", "sign", "contact", "update", "resolve", "callback", "demand")
LEVELS = (1, 2, 3)
CELLS = [(clock, level) for clock in RAISING for level in LEVELS]


def rules() -> dict[tuple[str, int], int]:
    """The share in per cent by clock and level."""
    return {(rule.clock, rule.level): rule.percent for rule in db.session.scalars(select(EscalationRule))}


def escalation_form() -> FlaskForm:
    """The form with the present rules; an empty field means that the clock raises nothing to that level."""
    known = rules()
    return type("EscalationForm", (FlaskForm,), {_name(*cell): _field(*cell) for cell in CELLS})(data={_name(*cell): known.get(cell) for cell in CELLS})


def _field(clock: str, level: int) -> IntegerField:
    wrong = _("%(clock)s, level %(level)s: write per cent of the time allowed, from 100 to 1000.", clock=CLOCKS[clock], level=level)
    return IntegerField(_("%(clock)s, level %(level)s", clock=CLOCKS[clock], level=level), [Optional(), Readable(wrong), NumberRange(100, 1000, wrong)])


def rising(form: FlaskForm) -> bool:
    """True if no clock reaches a level before the one beneath it; else the field that comes too early says so."""
    for clock in RAISING:
        fields = [form[_name(clock, level)] for level in LEVELS if form[_name(clock, level)].data is not None]
        for lower, higher in zip(fields, fields[1:], strict=False):
            if higher.data <= lower.data:
                higher.errors = [*higher.errors, _("%(cell)s: a higher level comes later than the one beneath it.", cell=higher.label.text)]
    return not form.errors


def typed(form: FlaskForm) -> list[tuple[str, int, int | None]]:
    """(clock, level, per cent) of every cell."""
    return [(*cell, form[_name(*cell)].data) for cell in CELLS]


def rows(form: FlaskForm) -> list[tuple]:
    """(clock's name, its fields by level) in the order of the table."""
    return [(CLOCKS[clock], [form[_name(clock, level)] for level in LEVELS]) for clock in RAISING]


def _name(clock: str, level: int) -> str:
    return f"{clock}_{level}"
