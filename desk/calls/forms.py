"""What is written down during a call, and how it becomes the raw record of an arrival."""
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from core import clock, organisation, phone
from core.i18n import LANGUAGES
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.shown.words import SEVERITIES, TYPES
from desk.triage.forms import leaf_choices, outcome_choices
from hotline.models import Call
from hotline.taking import drafts, queries
from hotline.taking.services import BY_HAND
from retailers.queries import opted_out

SHORT, LONG = Length(max=120), Length(max=drafts.LONGEST)
NOT_KEPT = ("version", "back_at")
CONSENTS = ("recording", "identity", "sms")
# Three answers in two tiles: none chosen says that he was not asked.
YES_NO = {"choices": choices({"y": _l("Yes"), "n": _l("No")}.items()), "validators": [Optional()], "validate_choice": False}
# Named in the raw record as every channel names it.
RAW = {"text": "text", "kind": "kind", "name": "name", "language": "language", "occurred": "occurred", "order_no": "order_no", "amount": "amount",
       "wish": "wish", "leaf": "leaf", "severity": "severity", "desired": "desired", "callback_time": "callback_time"}


class CallForm(FlaskForm):
    """The form beside a call. Only the words are needed, and those only to file it."""

    class Meta:
        csrf = False  # every POST is checked for the whole application

    version = IntegerField(widget=HiddenInput(), default=0, validators=[Optional()])
    who = StringField(_l("Number, licence or shop"), validators=[Optional(), SHORT])
    text = TextAreaField(_l("What happened"), validators=[InputRequired(_l("Write down what he says.")), LONG])
    leaf = SelectField(_l("Category"), validators=[Optional()])
    severity = RadioField(_l("Severity"), choices=choices(SEVERITIES.items()), validators=[Optional()], validate_choice=False)
    order_no = StringField(_l("Order number"), validators=[Optional(), SHORT])
    amount = StringField(_l("Amount of money"), validators=[Optional(), SHORT])
    wish = StringField(_l("What he would like to happen"), validators=[Optional(), Length(max=300)])
    callback = StringField(_l("Call back on"), validators=[Optional(), Length(max=40)])
    callback_time = StringField(_l("Best time"), validators=[Optional(), SHORT])
    name = StringField(_l("Who is speaking"), validators=[Optional(), Length(max=80)])
    kind = SelectField(_l("Kind of matter"), choices=choices(TYPES.items()), default="complaint")
    desired = SelectField(_l("What the retailer wants"), validators=[Optional()])
    occurred = StringField(_l("When it happened"), validators=[Optional(), SHORT])
    language = SelectField(_l("Language of the retailer"), choices=choices(LANGUAGES.items()))
    recording = RadioField(_l("Does he agree to the recording?"), **YES_NO)
    identity = RadioField(_l("May handlers see his name?"), **YES_NO)
    sms = RadioField(_l("May we send him text messages?"), **YES_NO)
    other = StringField(_l("Which of his tickets"), validators=[Optional(), SHORT])
    other_no = StringField(_l("Or its number"), validators=[Optional(), SHORT])
    back_at = DateTimeLocalField(_l("Call back at"), format="%Y-%m-%dT%H:%M", validators=[Optional(), in_reach])

    def validate_callback(self, field) -> None:
        """The number must be one that can be called."""
        try:
            phone.normalise(field.data)
        except phone.InvalidPhone:
            raise ValidationError(_("This telephone number is not complete or has a wrong digit.")) from None

    def typed(self) -> dict:
        """What is kept while it is typed, whether it is right or not."""
        return {field.name: _plain(field) for field in self if field.name not in NOT_KEPT}

    def back_instant(self) -> datetime | None:
        """When to call back, as an instant (typed in the organisation's zone)."""
        at = self.back_at.data
        return at and at.replace(tzinfo=organisation.zone()).astimezone(clock.now().tzinfo)


def _plain(field) -> str:
    return field.raw_data[0] if field.raw_data else ""


def call_form(call: Call, formdata=None) -> CallForm:
    """The form of a call: what was sent, else what was kept, else what is known of the caller."""
    form = CallForm(formdata=formdata, data=None if formdata else _begun(call) | drafts.fields_of(call))
    form.leaf.choices, form.desired.choices = leaf_choices(), outcome_choices()
    if formdata is None:
        form.version.data = drafts.version_of(call)
    return form


def _begun(call: Call) -> dict:
    """A new form: the language that the caller chose, and of the consents only what the call itself or the register tells."""
    begun = {"language": call.language, "kind": "complaint"}
    if call.draft_at is not None:
        return begun
    told = {"recording": "y"} if call.provider != BY_HAND else {}  # the voice menu said so, and he stayed
    refused = {"sms": "n"} if call.caller and opted_out(call.caller) else {}
    return begun | told | refused


def raw_of(form: CallForm, call: Call) -> dict:
    """The raw record: what was typed, the shop, the number to call back, what he agreed to and what he refused. Without his yes nobody sees his name."""
    shop, number = queries.shop_of(call), form.callback.data and phone.normalise(form.callback.data)
    raw = {key: getattr(form, name).data for name, key in RAW.items()}
    raw |= {"shop": shop.licence_no if shop else form.who.data, "phone": number or call.caller, "call": call.id,
            "consents": _answered(form, "y"), "refused": _answered(form, "n"), "confidential": form.identity.data != "y"}
    return {key: value for key, value in raw.items() if value or key == "consents"}


def _answered(form: CallForm, answer: str) -> list[str]:
    return [name for name in CONSENTS if getattr(form, name).data == answer]

