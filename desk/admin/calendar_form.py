"""The forms of the working-time calendar."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from catalog import calendar_services
from core.errors import DomainError
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable

WORKING = (("off", _l("nobody works")), ("on", _l("people work, with Monday's hours")))
NO_DAY = _l("Choose a day.")
WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


class DayForm(FlaskForm):
    """A day that differs from its weekday."""

    day = DateField(_l("Day"), [Readable(NO_DAY), InputRequired(NO_DAY), in_reach])
    working = RadioField(_l("On this day"), choices=choices(WORKING), default="off")
    name_zh = StringField(_l("Name (Chinese)"), [Length(max=60)])
    name_en = StringField(_l("Name (English)"), [Length(max=60)])


class HoursForm(FlaskForm):
    """The hours of each weekday as text, one field a day."""

    day_0, day_1, day_2, day_3, day_4, day_5, day_6 = (StringField(label, [Length(max=120)]) for label in WEEKDAYS)

    def spans(self) -> dict[int, list[tuple[str, str]]] | None:
        """What was typed; None after putting what cannot be read beside its field."""
        found = {}
        for weekday in range(len(WEEKDAYS)):
            field = self[f"day_{weekday}"]
            try:
                found[weekday] = calendar_services.read_spans(field.data or "")
            except DomainError as error:
                field.errors = [*field.errors, error.message]
        return found if len(found) == len(WEEKDAYS) else None


def hours_form() -> HoursForm:
    """The form with the hours as they are."""
    return HoursForm(data={f"day_{weekday}": calendar_services.write_spans(spans) for weekday, spans in calendar_services.hours().items()})
