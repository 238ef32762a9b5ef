"""The validator of a field that wants a day: years that the clock and the database can reckon with."""
from flask_babel import gettext as _
from wtforms.validators import ValidationError

FIRST_YEAR, LAST_YEAR = 2000, 2100


def in_reach(form, field) -> None:
    """Refuse a year in which nothing here can happen; a slip of the finger gives the year 0026 or 20260."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        raise ValidationError(_("Choose a day between the years %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR))
