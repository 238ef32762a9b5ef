"""The form of a term of the dictionary: what is meant, and what is heard in its place."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from core.db import db
from core.i18n import LANGUAGES
from desk.forms.choices import choices
from hotline.transcripts.models import DictionaryTerm

DOMAINS = {"supply": _l("Supply"), "ordering": _l("Ordering"), "payment": _l("Money"), "delivery": _l("Delivery of goods"), "quality": _l("Quality and returns"),
           "service": _l("Staff and service"), "rules": _l("Licence and rules"), "goods": _l("Goods"), "talk": _l("Everyday words")}


class TermForm(FlaskForm):
    """One term; heard forms stand one a line."""

    meant = StringField(_l("What is meant"), [InputRequired(_l("Write the word that is meant.")), Length(max=60)])
    heard = TextAreaField(_l("What is heard, one a line"), [Length(max=2000)], description=_l("Without any, the term proposes nothing."))
    language = SelectField(_l("Language"), choices=choices(LANGUAGES.items()))
    domain = SelectField(_l("Field"), choices=choices(DOMAINS.items()))

    def __init__(self, term: DictionaryTerm, **more):
        super().__init__(**more)
        self.term = term

    def validate_meant(self, field) -> None:
        """A term stands once in its language."""
        other = db.session.scalar(db.select(DictionaryTerm).filter_by(language=self.language.data, meant=field.data.strip()))
        if other is not None and other.id != self.term.id:
            raise ValidationError(_("This word is in the dictionary already."))

    def validate_heard(self, field) -> None:
        """What is meant is not misheard for itself."""
        if (self.meant.data or "").strip() in self._heard():
            raise ValidationError(_("The word that is meant cannot be among what is heard."))

    def _heard(self) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in (self.heard.data or "").splitlines() if line.strip()))

    def values(self) -> dict:
        """What hotline.transcripts.services.change_term takes."""
        return {"language": self.language.data, "domain": self.domain.data, "meant": self.meant.data.strip(), "heard": self._heard()}
