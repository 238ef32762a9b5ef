"""The form of a cue: its words, one a line, and what they do."""
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import Length

from desk.forms.choices import choices
from desk.shown.words import SEVERITIES
from triage.models import TriageCue

OF_KIND = {"severity": "severity", "subject": "common"}  # the field that cues of this kind have beside their words


class CueForm(FlaskForm):
    """Words in any language; an empty list leaves the cue to its condition, or switches it off where it has none."""

    words = TextAreaField(_l("Words, one a line"), [Length(max=5000)])
    severity = SelectField(_l("Raises the severity to"), choices=choices(SEVERITIES.items()))
    common = BooleanField(_l("Stands in complaints of every kind: weighs little"))

    @classmethod
    def of(cls, cue: TriageCue) -> "CueForm":
        """The form of a cue, with the fields that its kind has."""
        form = cls(data={"words": "\n".join(cue.words), "severity": cue.severity, "common": cue.common})
        for name in {"severity", "common"} - {OF_KIND.get(cue.kind)}:
            del form[name]
        return form

    def values(self) -> dict:
        """What triage.services.change_cue takes."""
        words = list(dict.fromkeys(line.strip() for line in (self.words.data or "").splitlines() if line.strip()))
        return {"words": words} | {name: self[name].data for name in OF_KIND.values() if name in self}
