"""The form of a shift on call."""
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from accounts.models import User
from catalog import queries as catalog
from catalog.models import Team
from core import organisation
from core.db import db
from core.i18n import pick
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable

NOBODY, ALL_TEAMS = 0, 0
NO_START, NO_END = _l("Choose the day and the hour from which it is."), _l("Choose the day and the hour until which it is.")
NO_NUMBER = _l("Write a whole number.")
NO_PERSON = _l("Choose who is on call.")


class ShiftForm(FlaskForm):
    """Who is on call for whom, from when until when, and for how many weeks in a row."""

    user = SelectField(_l("Who"), coerce=int, default=NOBODY)
    team = SelectField(_l("For"), coerce=int, default=ALL_TEAMS)
    starts = DateTimeLocalField(_l("From"), [Readable(NO_START), InputRequired(NO_START), in_reach], format="%Y-%m-%dT%H:%M")
    ends = DateTimeLocalField(_l("Until when"), [Readable(NO_END), InputRequired(NO_END), in_reach], format="%Y-%m-%dT%H:%M")
    weeks = IntegerField(_l("Weeks in a row"), [Readable(NO_NUMBER), InputRequired(NO_NUMBER)], default=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = db.session.execute(db.select(User.id, User.name).where(User.active).order_by(User.name, User.id))
        self.user.choices = [SelectChoice(NOBODY, _l("Choose")), *(SelectChoice(number, name) for number, name in people)]
        self.team.choices = [SelectChoice(ALL_TEAMS, _l("All teams")), *(SelectChoice(t.id, pick(t.name_zh, t.name_en)) for t in catalog.teams())]

    def validate_user(self, field):
        """Nobody is put on call because he stands first in the list."""
        if field.data == NOBODY:
            raise ValidationError(NO_PERSON)

    def values(self) -> tuple[User, Team | None, datetime, datetime, int]:
        """What catalog.roster.enter takes; the hours are those of the organisation's clock."""
        team = db.session.get(Team, self.team.data) if self.team.data else None
        zone = organisation.zone()
        return db.session.get(User, self.user.data), team, self.starts.data.replace(tzinfo=zone), self.ends.data.replace(tzinfo=zone), self.weeks.data
