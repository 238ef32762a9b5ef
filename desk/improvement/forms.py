"""What is filled in on the sheet of an improvement item: proposed, accepted, rejected, acted on, watched, confirmed."""
from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from accounts.models import User
from catalog import queries as catalog
from core.db import db
from core.i18n import pick
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable
from desk.improvement.words import KINDS
from reporting.effect import EVENTS
from reporting.improvement import queries
from reporting.improvement.models import ImprovementItem
from reporting.improvement.services import Agreement
from reporting.improvement.words import REFUSALS

NOBODY = 0
USUAL_SHARE = 70   # per cent of the rate before
USUAL_WATCH = timedelta(weeks=16)  # four to act, twelve to watch
LONG = Length(max=4000, message=_l("At most 4,000 characters, please."))
SHORT = Length(max=200, message=_l("At most 200 characters, please."))
_DAY = _l("Choose a day.")


def needed(code: str) -> DataRequired:
    """The validator of a field without which the service would refuse with `code`: all that is missing is said at once."""
    return DataRequired(REFUSALS[code])


class StepForm(FlaskForm):
    """The form of one step; `prepare` brings what depends on the item."""

    def prepare(self, item: ImprovementItem) -> None:
        """Fill choices, and propose what is known."""


class NamedForm(StepForm):
    """What the problem is, and who sees to it."""

    title = StringField(_l("The problem in one sentence"), [needed("titled"), SHORT],
                        description=_l("What happens where, since when, and how much more than usual."))
    owner = SelectField(_l("Who is responsible"), coerce=int)

    def prepare(self, item: ImprovementItem) -> None:
        """Managers as owners; what was said before, else the manager who leads the team of the category."""
        self.owner.choices = choices([(NOBODY, _l("Nobody yet")), *((user.id, user.name) for user in queries.managers())])
        if not self.is_submitted():
            self.title.data, self.owner.data = item.title, item.owner_id or NOBODY

    def person(self) -> User | None:
        """The owner that was chosen."""
        return db.session.get(User, self.owner.data) if self.owner.data else None


class ProposeForm(NamedForm):
    """Ask the managers to do something about it."""


class AcceptForm(NamedForm):
    """What is agreed before anything is done, so that the result cannot be talked into a success."""

    owner = SelectField(_l("Who is responsible"), [needed("owned")], coerce=int)
    cause = SelectField(_l("The cause that lies behind it"), [needed("caused")])
    whys = TextAreaField(_l("Why, and why that?"), [needed("asked_why"), LONG],
                         description=_l("One step a line, down to something that can be changed."))
    most = IntegerField(_l("Success: at most this many per cent of the rate before"), [
        Readable(REFUSALS["measurable"]), InputRequired(REFUSALS["measurable"]), NumberRange(1, 99, _l("Between 1 and 99."))],
        default=USUAL_SHARE)
    check = DateField(_l("Check date"), [Readable(_DAY), InputRequired(_DAY), in_reach])
    areas = SelectMultipleField(_l("Compare with areas where nothing is done"),
                                description=_l("What befalls all of them is then not taken for an effect."))

    def prepare(self, item: ImprovementItem) -> None:
        """Causes of the catalogue, the commonest one recorded proposed; all areas that can be compared with."""
        super().prepare(item)
        others = queries.comparable(item)
        self.cause.choices = choices([("", _l("Choose")), *((code.code, pick(code.name_zh, code.name_en)) for code in catalog.codes("root_cause"))])
        self.areas.choices = choices([(area, f"{area} ({count})") for area, count in others])
        if not self.is_submitted():
            recorded = [cause for cause, _count in queries.causes(item) if cause]
            self.cause.data = item.cause_code or next(iter(recorded), "")
            self.whys.data, self.check.data = item.whys, catalog.today() + USUAL_WATCH
            self.areas.data = [area for area, _count in others] if sum(count for _area, count in others) >= EVENTS else []

    def agreement(self) -> Agreement:
        """What reporting.improvement.services.accept takes."""
        return Agreement(self.cause.data, self.whys.data, self.most.data / 100, self.check.data, tuple(self.areas.data))


class RejectForm(StepForm):
    """Why nothing is done."""

    reason = TextAreaField(_l("Why nothing is done about it"), [needed("reason"), LONG])


class PlanForm(StepForm):
    """One action."""

    text = StringField(_l("What is done"), [InputRequired(_l("Say what is done.")), SHORT])
    kind = SelectField(_l("Kind of action"), choices=choices(KINDS.items()))
    owner = SelectField(_l("Who does it"), coerce=int)
    due = DateField(_l("Done by"), [Readable(_DAY), InputRequired(_DAY), in_reach])

    def prepare(self, item: ImprovementItem) -> None:
        """Everybody may be given an action."""
        self.owner.choices = choices([(user.id, user.name) for user in queries.staff()])
        if not self.is_submitted():
            self.owner.data = item.owner_id


class DoneForm(StepForm):
    """The day on which an action was done."""

    on = DateField(_l("Done on"), [Readable(_DAY), InputRequired(_DAY), in_reach])

    def prepare(self, item: ImprovementItem) -> None:
        """Today, unless another day is typed."""
        if not self.is_submitted():
            self.on.data = catalog.today()


class GiveForm(StepForm):
    """Who is responsible from now on."""

    owner = SelectField(_l("Who is responsible"), coerce=int)

    def prepare(self, item: ImprovementItem) -> None:
        """Managers."""
        self.owner.choices = choices([(user.id, user.name) for user in queries.managers()])
        if not self.is_submitted():
            self.owner.data = item.owner_id


class StandardiseForm(StepForm):
    """What becomes the rule."""

    lesson = TextAreaField(_l("What becomes the rule, and what was learnt"), [needed("lesson"), LONG])


class ReopenForm(StepForm):
    """Why another round is needed."""

    reason = TextAreaField(_l("Why another round is needed"), [needed("reason"), LONG])
