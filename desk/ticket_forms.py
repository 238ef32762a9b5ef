"""What is filled in beside the buttons of a ticket's page; each form is small and stands under its own prefix."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from core import clock, organisation
from desk import ticket_choices as choices
from desk.words import CHANNELS, SEVERITIES
from tickets.models import Ticket

LONG, SHORT = Length(max=4000), Length(max=300)
HEARD_BY = ("phone", "visit", "counter", "sms", "email")


def words(label, missing=None) -> TextAreaField:
    """A text of several lines; with `missing` it must not be empty."""
    return TextAreaField(label, validators=[DataRequired(missing) if missing else Optional(), LONG])


def from_list(label, list_name: str, missing=None) -> SelectField:
    """A choice from a code list; with `missing` one must be chosen."""
    return SelectField(label, choices=lambda: choices.codes(list_name), validators=[InputRequired(missing) if missing else Optional()])


class ActionForm(FlaskForm):
    """A button with nothing to fill in."""

    class Meta:
        csrf = False  # every POST is checked for the whole application

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """What is filled in before anybody types."""
        return {}

    def prepare(self, ticket: Ticket) -> None:
        """Fill the lists that depend on the ticket."""


class ReturnForm(ActionForm):
    """Why a handler gives a ticket back, and who should have it."""

    reason = from_list(_l("Reason"), "return_reason", _l("Choose a reason."))
    text = words(_l("What speaks for it"), _l("Write what you found, so that the next one need not look again."))
    proposal = StringField(_l("Who should have it"), validators=[Optional(), SHORT])


class AssignForm(ActionForm):
    """Who takes it from here: somebody by name, or whoever routing finds."""

    to = SelectField(_l("To whom"), validators=[Optional()])
    reason = words(_l("Reason"))

    def prepare(self, ticket: Ticket) -> None:
        """The people of the team."""
        self.to.choices = choices.takers(ticket)


class CommentForm(ActionForm):
    """What the reviewer wants changed."""

    comment = words(_l("What has to be changed"), _l("Write what has to be changed."))


class CloseForm(ActionForm):
    """How it turned out; the handler's proposal is filled in."""

    outcome = from_list(_l("Outcome"), "outcome", _l("Choose an outcome."))
    root_cause = from_list(_l("Root cause"), "root_cause", _l("Choose a root cause."))
    remedy = from_list(_l("Remedy"), "remedy", _l("Choose a remedy."))
    cause_note = words(_l("What lay behind it"))

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """What the handler proposed."""
        return {key: getattr(ticket, key) or "" for key in ("outcome", "root_cause", "remedy", "cause_note")}


class RedoForm(ActionForm):
    """Why the work begins again."""

    reason = from_list(_l("Reason"), "redo_reason", _l("Choose a reason."))
    text = words(_l("What is still to be done"), _l("Write what is still to be done."))


class WithdrawForm(ActionForm):
    """The retailer said on the phone that he does not want to go on."""

    confirmed = BooleanField(_l("I asked him, and he said yes: nothing more shall be done"))
    reason = words(_l("What he said"))


class MergeForm(ActionForm):
    """The other ticket of the same matter."""

    into = StringField(_l("Case number of the other ticket"), validators=[DataRequired(_l("Type the case number of the other ticket.")), SHORT])


class SeverityForm(ActionForm):
    """Another severity, and why."""

    severity = RadioField(_l("Severity"), choices=list(SEVERITIES.items()), validators=[InputRequired(_l("Choose a severity."))])
    reason = words(_l("Reason"), _l("Please give a reason."))

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """The present one is chosen until another is."""
        return {"severity": ticket.severity}


class TextForm(ActionForm):
    """A text and nothing else: a note, what was said on the phone."""

    text = words(_l("Text"), _l("There is nothing written yet."))


class NoteForm(TextForm):
    """For colleagues only."""

    text = words(_l("Note for colleagues; the retailer never sees it"), _l("There is nothing written yet."))


class CallForm(TextForm):
    """What was said on the phone."""

    text = words(_l("What was said"), _l("There is nothing written yet."))


class HeardForm(TextForm):
    """What the retailer told a member of staff, entered for him."""

    channel = SelectField(_l("How he told us"), choices=[(code, CHANNELS[code]) for code in HEARD_BY])
    text = words(_l("What he said, in his own words"), _l("There is nothing written yet."))


class DemandForm(ActionForm):
    """What the manager demands."""

    text = words(_l("What you expect, and until when"))


class ExtendForm(ActionForm):
    """Until when, and why; the retailer is told both."""

    new_due = DateTimeLocalField(_l("New date and hour"), format="%Y-%m-%dT%H:%M", validators=[InputRequired(_l("Say until when."))])
    reason = words(_l("Reason; the retailer reads it"), _l("Please give a reason."))

    def instant(self):
        """The new due date as an instant (typed in the organisation's zone)."""
        return self.new_due.data.replace(tzinfo=organisation.zone()).astimezone(clock.now().tzinfo)


class PromiseForm(ActionForm):
    """What was promised, and for which day."""

    text = StringField(_l("What was promised"), validators=[DataRequired(_l("Write what was promised.")), SHORT])
    due = DateField(_l("Until the end of"), validators=[InputRequired(_l("Choose the day."))])


class QualityForm(ActionForm):
    """QA's judgement of this round."""

    passed = RadioField(_l("This answer"), choices=[("yes", _l("Passed")), ("no", _l("Failed"))], validators=[InputRequired(_l("Choose one."))])
    note = words(_l("What you saw"))
