"""The form behind a button of a ticket's page, and the kinds of fields that these forms are made of."""
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from desk.forms.choices import choices as options
from desk.ticket import choices as choices
from tickets.models import Ticket

LONG, SHORT = Length(max=4000), Length(max=300)


def words(label, missing=None) -> TextAreaField:
    """A text of several lines; with `missing` it must not be empty."""
    return TextAreaField(label, validators=[DataRequired(missing) if missing else Optional(), LONG])


def from_list(label, list_name: str, missing=None) -> SelectField:
    """A choice from a code list; with `missing` one must be chosen."""
    return SelectField(label, choices=lambda: options(choices.codes(list_name)), validators=[InputRequired(missing) if missing else Optional()])


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
