"""The form of the times allowed: minutes and kind of time for each severity and clock."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from catalog.models import SEVERITIES, SlaRule
from core.db import db
from desk.admin.catalog_words import SLA_CLOCKS
from desk.forms.choices import choices
from desk.forms.number_typed import Readable
from desk.shown.words import CLOCKS

KINDS = [("working", _l("working minutes")), ("clock", _l("minutes round the clock"))]
A_YEAR = 366 * 24 * 60
CELLS = [(severity, clock) for severity in SEVERITIES for clock in SLA_CLOCKS]


def rules() -> dict[tuple[str, str], SlaRule]:
    """The rules by severity and clock."""
    return {(rule.severity, rule.clock): rule for rule in db.session.scalars(select(SlaRule))}


def sla_form() -> FlaskForm:
    """The form with the present rules; an empty number means that the severity has no such clock."""
    fields, values, known, wrong = {}, {}, rules(), _("Write minutes, from 1 to a year.")
    for severity, clock in CELLS:
        rule, name = known.get((severity, clock)), f"{severity}_{clock}"
        fields[f"{name}_minutes"] = IntegerField(str(CLOCKS[clock]), [Optional(), Readable(wrong), NumberRange(1, A_YEAR, wrong)])
        fields[f"{name}_kind"] = SelectField(_("%(clock)s: kind of time", clock=CLOCKS[clock]), choices=choices(KINDS))
        values |= {f"{name}_minutes": rule and rule.minutes, f"{name}_kind": "working" if rule is None or rule.working else "clock"}
    return type("SlaForm", (FlaskForm,), fields)(data=values)


def typed(form: FlaskForm) -> list[tuple[str, str, int | None, bool]]:
    """(severity, clock, minutes, working) of every cell."""
    return [(severity, clock, form[f"{severity}_{clock}_minutes"].data, form[f"{severity}_{clock}_kind"].data == "working")
            for severity, clock in CELLS]


def rows(form: FlaskForm) -> list[tuple[str, list]]:
    """The fields by severity: [(severity, [(minutes, kind)])]."""
    return [(severity, [(form[f"{severity}_{clock}_minutes"], form[f"{severity}_{clock}_kind"]) for clock in SLA_CLOCKS]) for severity in SEVERITIES]
