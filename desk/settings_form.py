"""The form of all settings, made from their registry: one typed field each."""
import re
from dataclasses import dataclass
from zoneinfo import available_timezones

import holidays
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TimeInput

from core import settings
from core.settings import Setting

# Not for people to change: the demo is loaded and removed by commands, which keep this true.
READ_ONLY = ("demo",)
GROUPS = {"organisation": _l("Organisation"), "clocks": _l("Clocks"), "closing": _l("Closing"), "routing": _l("Routing"),
          "satisfaction": _l("Satisfaction"), "notifications": _l("Messages"), "portal": _l("Complaint form"), "accounts": _l("Sign-in"),
          "triage": _l("Triage"), "intake": _l("Intake")}
HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True)
class Section:
    """One group of the page: its heading and the fields under it."""

    title: str
    fields: list


def _zone(form, field) -> None:
    if field.data not in available_timezones():
        raise ValidationError(_("There is no time zone %(name)s. An example: Asia/Shanghai.", name=field.data))


def _country(form, field) -> None:
    if field.data not in holidays.list_supported_countries():
        raise ValidationError(_("There is no country code %(name)s. An example: CN.", name=field.data))


def _hour(form, field) -> None:
    if not HOUR.fullmatch(field.data or ""):
        raise ValidationError(_("Write a time of day as 09:00."))


CHECKS = {"timezone": _zone, "country": _country}


def _strip(text):
    return text.strip() if isinstance(text, str) else text


def _text(setting: Setting, label: str, checks: list):
    filled = InputRequired(_("This cannot be empty.")) if setting.default else Optional()
    return StringField(label, [filled, Length(max=500), *checks], filters=[_strip])


def _number(field, kind: str):
    def make(setting: Setting, label: str, checks: list):
        return field(label, [InputRequired(kind), NumberRange(min=0, message=_("This cannot be below zero.")), *checks])
    return make


MAKE = {
    "text": _text,
    "int": lambda *args: _number(IntegerField, _("Write a whole number."))(*args),
    "float": lambda *args: _number(FloatField, _("Write a number."))(*args),
    "bool": lambda setting, label, checks: BooleanField(label, checks),
    "time": lambda setting, label, checks: StringField(label, [_hour, *checks], widget=TimeInput()),
}


def changeable() -> list[Setting]:
    """The settings that the page edits, in the order in which they were defined."""
    return [setting for setting in settings.REGISTRY.values() if setting.key not in READ_ONLY]


def settings_form() -> FlaskForm:
    """The form with the present values."""
    fields = {s.key: MAKE[s.kind](s, _(s.label), [CHECKS[s.key]] if s.key in CHECKS else []) for s in changeable()}
    return type("SettingsForm", (FlaskForm,), fields)(data={s.key: settings.get(s.key) for s in changeable()})


def sections(form: FlaskForm) -> list[Section]:
    """The fields under the headings of their groups."""
    found: dict[str, list] = {}
    for setting in changeable():
        found.setdefault(setting.group, []).append(form[setting.key])
    return [Section(GROUPS.get(group, group), fields) for group, fields in found.items()]
