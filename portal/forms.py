"""What the retailer fills in, and what is said when something is not right."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import EmailField, HiddenField, RadioField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, StopValidation, ValidationError

from core import settings
from core.phone import InvalidPhone, normalise
from portal.raw import ANONYMOUS, CONFIDENTIAL, OPEN

LINE = Length(max=200, message=_l("This is too long. Please keep it under 200 characters."))
STORY = Length(max=10_000,
               message=_l("This is too long to be sent at once. Please keep it under 10,000 characters; you can add the rest afterwards."))
ADDRESS = r"[^@\s]+@[^@\s]+\.[^@\s]+$"
KINDS = (SelectChoice("complaint", _l("Complaint")), SelectChoice("request", _l("Help")), SelectChoice("enquiry", _l("Question")),
         SelectChoice("suggestion", _l("Suggestion")), SelectChoice("praise", _l("Praise")), SelectChoice("report", _l("Report")))
WHO = (SelectChoice(OPEN, _l("The person who handles it")), SelectChoice(CONFIDENTIAL, _l("Keep it confidential")),
       SelectChoice(ANONYMOUS, _l("Stay anonymous")))
SCORES = (SelectChoice("1", _l("very poor")), SelectChoice("2", _l("poor")), SelectChoice("3", _l("fair")),
          SelectChoice("4", _l("good")), SelectChoice("5", _l("very good")))


def strip(text):
    """Without the space around it."""
    return text.strip() if isinstance(text, str) else text


class Chosen(InputRequired):
    """One of a list. Most lists have a choice to begin with, so no star says that it is needed."""

    def __init__(self, message):
        super().__init__(message)
        self.field_flags = {}


class Identity:
    """Says who somebody is: not even looked at when he stays anonymous; with a `message` everybody else must fill it."""

    def __init__(self, message=None):
        self.message = message
        self.field_flags = {"required": True} if message else {}

    def __call__(self, form, field) -> None:
        if form.who.data == ANONYMOUS or not (field.data or self.message):
            raise StopValidation()
        if not field.data:
            raise StopValidation(str(self.message))


def callable_number(form, field) -> None:
    """A number that can be called; else the person is told how many digits are missing."""
    try:
        normalise(field.data, settings.get("country"))
    except InvalidPhone as error:
        raise ValidationError(_why(error)) from None


def _why(error: InvalidPhone) -> str:
    if error.expected is not None:
        return _("A mobile number has %(expected)s digits, you typed %(digits)s. Please look again.", expected=error.expected, digits=error.digits)
    return _("This does not look like a phone number. Please look again; a landline needs its area code.")


class ComplaintForm(FlaskForm):
    """The one form. `website` is the honeypot: people do not see it."""

    form_key = HiddenField()
    what = TextAreaField(_l("What happened?"), [DataRequired(_l("Please tell us what happened. One sentence is enough.")), STORY], filters=[strip])
    kind = RadioField(_l("Is this a"), [Chosen(_l("Please choose one. Not sure? Choose complaint."))], choices=KINDS, default="complaint")
    shop = StringField(_l("Shop name or licence number"),
                       [Identity(_l("Please give the shop name or the licence number.")), LINE], filters=[strip])
    phone = TelField(_l("Mobile number"),
                     [Identity(_l("Please give a phone number, so that we can answer you.")), LINE, callable_number], filters=[strip])
    occurred = StringField(_l("When was it?"), [LINE], filters=[strip])
    order_no = StringField(_l("Order number"), [LINE], filters=[strip])
    photos = MultipleFileField(_l("Photos"))
    wish = StringField(_l("What would put it right?"), [STORY], filters=[strip])
    name = StringField(_l("Your name"), [Identity(), LINE], filters=[strip])
    email = EmailField(_l("E-mail"),
                       [Identity(), LINE, Regexp(ADDRESS, message=_l("An e-mail address looks like name@example.com. Please look again."))],
                       filters=[strip])
    who = RadioField(_l("Who may see your name and number?"), [Chosen(_l("Please choose who may see your name."))], choices=WHO, default=OPEN)
    website = StringField(_l("Leave this box empty"), filters=[strip])


class AdditionForm(FlaskForm):
    """More facts, or the answer to a question of ours."""

    form_key = HiddenField()
    text = TextAreaField(_l("Anything to add?"), [STORY], filters=[strip])
    photos = MultipleFileField(_l("Photos"))


class RatingForm(FlaskForm):
    """How it was, from 1 to 5, and why."""

    score = RadioField(_l("How did we do?"), [Chosen(_l("Please choose a number from 1 to 5."))], choices=SCORES)
    reason_code = RadioField(_l("What was it about?"), [Optional()], choices=())
    comment = StringField(_l("In a few words"), [STORY], filters=[strip])


class RejectionForm(FlaskForm):
    """What is still missing."""

    reason = TextAreaField(_l("What is still missing?"),
                           [DataRequired(_l("Please tell us what is still missing, so that we know what to do.")), STORY],
                           filters=[strip])


class LookupForm(FlaskForm):
    """Back to a case without its link."""

    number = StringField(_l("Case number"), [DataRequired(_l("Please type the case number.")), LINE], filters=[strip])
    secret = StringField(_l("Mobile number or PIN"),
                         [DataRequired(_l("Please type your mobile number, or the PIN of an anonymous report.")), LINE],
                         filters=[strip])
