"""The form of all settings, made from their registry: one typed field each."""
import re
from dataclasses import dataclass
from zoneinfo import available_timezones

import holidays
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FloatField, IntegerField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TimeInput

from core import settings
from core.settings import Setting
from desk.forms.number_typed import Readable
from notifications import pace

# Not for people to change: the demo is loaded and removed by commands, which keep this true.
READ_ONLY = ("demo",)
GROUPS = {"organisation": _l("Organisation"), "portal": _l("Complaint form"), "triage": _l("Triage"),
          "routing": _l("Choosing a handler"), "clocks": _l("Clocks"), "hotline": _l("Hotline"), "messages": _l("Messages"),
          "hot": _l("Hot issues"), "survey": _l("Survey"), "closing": _l("Closing"),
          "improvement": _l("Improvement items"), "accounts": _l("Sign-in"), "privacy": _l("Privacy")}
# Below these nobody could work any more: a form that takes nothing, a session that ends at once, a clock that is late when it starts.
LEAST = {"session_idle_hours": 1, "forms_per_address_hour": 1, "forms_per_phone_day": 1, "info_minutes": 1,
         "call_minutes": 1, "call_opted_out_minutes": 1, "call_tries": 1, "survey_open_days": 1, "survey_reminder_days": 1, "hotline_message_seconds": 10, "hotline_ring_seconds": 5, "recording_months": 1, "recording_most_mb": 1,
         "closing_silence_days": 1, "contact_factor_key": 0.1, "contact_factor_support": 0.1,
         "hot_fewest": 1, "hot_quiet_hours": 1, "parent_critical_retailers": 2, "parent_critical_hours": 1,
         "routing_half_life": 1, "routing_lasting_prior": 1, "routing_score_prior": 1,
         "routing_used_to_it": 1, "routing_long_here": 1}
# Whatever the unit: more would lead out of the calendar when it is added to a day.
MOST = 100_000
# Parts of a whole.
HIGHEST = {"hot_level_hour": 1, "hot_level_day": 1,
           "routing_group": 1, "routing_load": 1, "routing_continuity": 1, "routing_practice": 100, "routing_conflict_months": 1200,
           "transcript_sure": 1}
LONG_TEXT = 60
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


def _rates(form, field) -> None:
    try:
        pace.rates(field.data)
    except pace.BadRates as error:
        raise ValidationError(_("“%(entry)s” is not a rate. An example: twilio=10, other=2.5", entry=error)) from None


def _hour(form, field) -> None:
    if not HOUR.fullmatch(field.data or ""):
        raise ValidationError(_("Write a time of day as 09:00."))


CHECKS = {"timezone": _zone, "country": _country, "sms_rates": _rates}


def _strip(text):
    return text.strip() if isinstance(text, str) else text


def _text(setting: Setting, label: str, checks: list):
    filled = DataRequired(_("This cannot be empty.")) if setting.default else Optional()
    field = TextAreaField if len(setting.default) > LONG_TEXT else StringField
    return field(label, [filled, Length(max=2000), *checks], filters=[_strip])


def _number(field, setting: Setting, label: str, wrong: str):
    least, most = LEAST.get(setting.key, 0), HIGHEST.get(setting.key, MOST)
    bounds = NumberRange(least, most, _("A number from %(least)s to %(most)s.", least=least, most=most))
    return field(label, [Readable(wrong), InputRequired(wrong), bounds])


MAKE = {
    "text": _text,
    "int": lambda setting, label, checks: _number(IntegerField, setting, label, _("Write a whole number.")),
    "float": lambda setting, label, checks: _number(FloatField, setting, label, _("Write a number.")),
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
    """The fields under the headings of their groups, in the order of GROUPS; a group without words comes last, by its code."""
    found: dict[str, list] = {group: [] for group in GROUPS}
    for setting in changeable():
        found.setdefault(setting.group, []).append(form[setting.key])
    return [Section(GROUPS.get(group, group), fields) for group, fields in found.items() if fields]
