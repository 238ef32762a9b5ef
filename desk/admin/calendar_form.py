"""The forms of the working-time calendar."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length

from catalog import calendar_services, season_services
from core.errors import DomainError
from core.organisation import WorkSeason
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable

WORKING = (("off", _l("nobody works")), ("on", _l("people work, with Monday's hours")))
NO_DAY = _l("Choose a day.")
WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


def _strip(text):
    return (text or "").strip()


class DayForm(FlaskForm):
    """A day that differs from its weekday."""

    day = DateField(_l("Day"), [Readable(NO_DAY), InputRequired(NO_DAY), in_reach])
    working = RadioField(_l("On this day"), choices=choices(WORKING), default="off")
    name_zh = StringField(_l("Name (Chinese)"), [Length(max=60)])
    name_en = StringField(_l("Name (English)"), [Length(max=60)])


class HoursForm(FlaskForm):
    """The hours of each weekday as text, one field a day."""

    day_0, day_1, day_2, day_3, day_4, day_5, day_6 = (StringField(label, [Length(max=120)]) for label in WEEKDAYS)

    def days(self) -> list:
        """The fields of the weekdays, Monday first."""
        return [self[f"day_{weekday}"] for weekday in range(len(WEEKDAYS))]

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


class SeasonForm(HoursForm):
    """Summer hours: from when to when, and the hours of the week meanwhile."""

    starts = DateField(_l("First day"), [Readable(NO_DAY), InputRequired(NO_DAY), in_reach])
    ends = DateField(_l("Last day"), [Readable(NO_DAY), InputRequired(NO_DAY), in_reach])
    name_zh = StringField(_l("Name (Chinese)"), [Length(max=60)], filters=[_strip])
    name_en = StringField(_l("Name (English)"), [Length(max=60)], filters=[_strip])

    def wanted(self) -> season_services.Wanted | None:
        """The season that was typed; None after putting what cannot be read beside its field."""
        spans = self.spans()
        return spans and season_services.Wanted(self.starts.data, self.ends.data, self.name_zh.data, self.name_en.data, spans)


def hours_form() -> HoursForm:
    """The form with the hours as they are."""
    return HoursForm(data=_written(calendar_services.hours()))


def season_form(season: WorkSeason | None) -> SeasonForm:
    """The form of a season; a new one begins with the ordinary hours."""
    hours = calendar_services.hours() if season is None else season_services.hours_of(season)
    return SeasonForm(obj=season, data=_written(hours))


def _written(hours) -> dict[str, str]:
    return {f"day_{weekday}": calendar_services.write_spans(spans) for weekday, spans in hours.items()}
