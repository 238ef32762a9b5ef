"""The form of a cue: its words, one a line, and the severity that it raises to."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from desk.forms.choices import choices
from desk.shown.words import SEVERITIES


class CueForm(FlaskForm):
    """Words in any language; an empty list leaves the cue to its condition, or switches it off where it has none."""

    words = TextAreaField(_l("Words, one a line"), [Length(max=5000)])
    severity = SelectField(_l("Raises the severity to"), choices=choices(SEVERITIES.items()))

    def values(self) -> dict:
        """What triage.services.change_cue takes."""
        words = list(dict.fromkeys(line.strip() for line in (self.words.data or "").splitlines() if line.strip()))
        return {"words": words} | ({"severity": self.severity.data} if "severity" in self else {})
