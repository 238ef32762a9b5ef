"""What is filled in to take a transcript in: the text or its file, who called, when."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from core import clock, organisation, phone
from core.i18n import LANGUAGES
from desk.forms.choices import choices
from hotline.transcripts.reading import Reading
from hotline.transcripts.services import Told


class TranscriptForm(FlaskForm):
    """The text stays in its field after a file was read, so that nothing has to be chosen twice."""

    key = HiddenField()
    filename = HiddenField()
    text = TextAreaField(_l("The transcript"), description=_l("Paste it here. A line may begin with who speaks, as in “Agent:” or “Caller:”."))
    upload = FileField(_l("Or its file"), description=_l("Text, subtitles (.vtt, .srt) or the JSON of a provider, up to 1 MB."))
    who = StringField(_l("Who called"), [Optional(), Length(max=120)], description=_l("The telephone number, the shop or its licence number."))
    name = StringField(_l("Who is speaking"), [Optional(), Length(max=80)])
    at = DateTimeLocalField(_l("When the call was"), [Optional()], format="%Y-%m-%dT%H:%M")
    language = SelectField(_l("Language of the retailer"), choices=choices([("", _l("As the words say")), *LANGUAGES.items()]))

    def validate_at(self, field) -> None:
        """A call lies in the past."""
        if field.data is not None and field.data.replace(tzinfo=organisation.zone()) > clock.now():
            raise ValidationError(_("This time has not come yet. When was the call?"))

    def told(self, reading: Reading) -> Told:
        """What the form says beside the words. A telephone number is known by its digits, everything else names a shop."""
        who = (self.who.data or "").strip()
        number = _number(who)
        at = self.at.data.replace(tzinfo=organisation.zone()) if self.at.data else None
        return Told(shop="" if number else who, name=(self.name.data or "").strip(), phone=number, at=at, language=self.language.data or reading.language)


def _number(text: str) -> str | None:
    try:
        return phone.normalise(text)
    except phone.InvalidPhone:
        return None
