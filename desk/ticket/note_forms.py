"""What is filled in without moving a ticket: severity, notes, calls, demands, more time, promises, quality."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, FloatField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from catalog import queries as catalog
from catalog.models import NOISE
from core import clock, i18n, organisation, settings
from core.i18n import pick
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable
from desk.shown.words import CHANNELS, SEVERITIES
from desk.ticket import choices as choices
from desk.ticket.form import SHORT, ActionForm, options, words
from tickets.models import Ticket
from tickets.services import extending

MOST_HOURS = 400
WRONG_HOURS = _l("Write working hours, from half an hour to 400.")
HEARD_BY = ("phone", "visit", "counter", "sms", "email")


class SeverityForm(ActionForm):
    """Another severity, and why."""

    severity = RadioField(_l("Severity"), choices=options(SEVERITIES.items()), validators=[InputRequired(_l("Choose a severity."))])
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

    channel = SelectField(_l("How he told us"), choices=options((code, CHANNELS[code]) for code in HEARD_BY))
    text = words(_l("What he said, in his own words"), _l("There is nothing written yet."))


class SecondForm(ActionForm):
    """One more matter in what the retailer said, and who answers it."""

    text = words(_l("The words that tell of it"), _l("Copy the words that tell of the other matter."))
    leaf = SelectField(_l("Category"), validators=[InputRequired(_l("Choose a category."))])
    way = RadioField(_l("What becomes of it"), choices=options((("own", _l("A ticket of its own")), ("along", _l("It is answered along with this one")))),
                     validators=[InputRequired(_l("Say what becomes of it."))])

    def prepare(self, ticket: Ticket) -> None:
        """Every category that need not be sealed."""
        self.leaf.choices = options((("", _l("choose")), *((leaf.code, f"{leaf.code} {pick(leaf.name_zh, leaf.name_en)}") for leaf in catalog.leaves()
                                                             if leaf.access != "sealed" and leaf.code != NOISE)))


class NamedForm(ActionForm):
    """Who of the staff is meant: those who are named now or whose name was said, and anybody else."""

    people = SelectMultipleField(_l("Staff complained about"), coerce=int, validators=[Optional()])
    other = SelectField(_l("Somebody else"), validators=[Optional()])

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """Those who are named now."""
        return {"people": list(ticket.named_ids)}

    def prepare(self, ticket: Ticket) -> None:
        """Everybody who works here: whoever is meant need not serve the shop."""
        likely, others = choices.staff(ticket)
        self.people.choices, self.other.choices = options(likely), options([("", _l("nobody")), *others])
        if not likely:
            del self.people

    def ids(self) -> list[int]:
        """Everybody who is named now."""
        return [*(self.people.data if self.people else ()), *([int(self.other.data)] if self.other.data else ())]


class DemandForm(ActionForm):
    """What the manager demands, and by when."""

    text = words(_l("What you expect"), _l("Write what you expect."))
    hours = FloatField(_l("Working hours for it"), [Readable(WRONG_HOURS), InputRequired(WRONG_HOURS), NumberRange(0.5, MOST_HOURS, WRONG_HOURS)])

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """The usual time."""
        return {"hours": settings.get("demand_minutes") / 60}


class AnswerDemandForm(TextForm):
    """What was done about a manager's demand."""

    text = words(_l("What was done about it, and what comes next"), _l("Write your answer to the demand."))


class ExtendForm(ActionForm):
    """Until when, and why; the retailer is told both."""

    new_due = DateTimeLocalField(_l("New date and hour"), format="%Y-%m-%dT%H:%M", validators=[InputRequired(_l("Say until when.")), in_reach])
    reason = words(_l("Reason; the retailer reads it"), _l("Please give a reason."))

    def prepare(self, ticket: Ticket) -> None:
        """Say until when it can be asked for, before anybody guesses."""
        until = extending.latest(ticket)
        self.new_due.description = _("%(until)s at the latest.", until=i18n.day_hour(until)) if until else ""

    def instant(self):
        """The new due date as an instant (typed in the organisation's zone)."""
        return self.new_due.data.replace(tzinfo=organisation.zone()).astimezone(clock.now().tzinfo)


class PromiseForm(ActionForm):
    """What was promised, and for which day."""

    text = StringField(_l("What was promised"), validators=[DataRequired(_l("Write what was promised.")), SHORT])
    due = DateField(_l("Until the end of"), validators=[InputRequired(_l("Choose the day.")), in_reach])


class QualityForm(ActionForm):
    """QA's judgement of this round."""

    passed = RadioField(_l("This answer"), choices=options([("yes", _l("Passed")), ("no", _l("Failed"))]),
                        validators=[InputRequired(_l("Choose one."))])
    note = words(_l("What you saw"))
