"""The form of a list of words for texts: one word a line, Chinese and English apart."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField, ValidationError
from wtforms.validators import Length

from hotline.texts import language, words
from hotline.texts.keywords import LONGEST, WISHES
from hotline.texts.models import TextWords
from hotline.texts.plain import folded

# What each list is called and what it is looked for; packs/standard/hotline.yaml says the same to whoever writes a pack.
LISTS = {
    "progress": (_l("How far is it?"), _l("A whole short message; a case number may stand beside it.")),
    "help": (_l("Help"), _l("A whole short message; a case number may stand beside it.")),
    "urge": (_l("Please hurry"), _l("A whole short message; a case number may stand beside it.")),
    "withdraw": (_l("Take it back"), _l("A whole short message; a case number may stand beside it. It is asked again before anything is withdrawn.")),
    "hello": (_l("Nothing said yet"), _l("A whole message: a greeting, a trial, a wrong number.")),
    "thanks": (_l("Thanks"), _l("A whole message, alone or several after one another.")),
    "anew": (_l("Another matter"), _l("How the words of a new matter begin.")),
    "goes_on": (_l("Goes on"), _l("A part of a message that goes on with an earlier matter.")),
    "unsolved": (_l("Not settled"), _l("A part of a message that says that it is not settled.")),
    "common": (_l("Everyday words"), _l("Words of texts of every kind: two texts are not alike because of them.")),
}
WHOLE = (*WISHES, "hello", "thanks")  # a message that is a word of one of these is that and nothing else


class WordsForm(FlaskForm):
    """One list. In which field a word stands is only for reading: it is moved to the other by itself."""

    zh = TextAreaField(_l("Chinese, one a line"), [Length(max=5000)])
    en = TextAreaField(_l("English and digits, one a line"), [Length(max=5000)])

    def __init__(self, row: TextWords, **more):
        super().__init__(**more)
        self.row = row

    def words(self) -> list[str]:
        """Every word of the list, each once."""
        return list(dict.fromkeys(_lines(self.zh.data) + _lines(self.en.data)))

    def validate_zh(self, field) -> None:
        """Each word can be found in a text, and means one thing."""
        self._check(field)

    def validate_en(self, field) -> None:
        """As for the Chinese words."""
        self._check(field)

    def _check(self, field) -> None:
        lines = _lines(field.data)
        for word in lines:
            if not folded(word):
                raise ValidationError(_("“%(word)s” has no letter and no digit, so nothing would be found by it.", word=word))
        if self.row.code in WHOLE:
            _refuse_long(lines)
            _refuse_double(lines, self.row.code)


def _refuse_long(lines: list[str]) -> None:
    found = next((word for word in lines if len(word) > LONGEST), None)
    if found is not None:
        raise ValidationError(_("“%(word)s” is longer than such a message can be (%(most)s characters).", word=found, most=LONGEST))


def _refuse_double(lines: list[str], code: str) -> None:
    whole = words.current().whole
    for word in lines:
        other = next((other for other in WHOLE if other != code and folded(word) in whole.get(other, ())), None)
        if other is not None:
            raise ValidationError(_("“%(word)s” stands in the list “%(list)s” already. Take it out there first.", word=word, list=LISTS[other][0]))


def by_language(listed: list[str]) -> dict[str, list[str]]:
    """The words of a list by the language that they are written in; digits stand with the English ones."""
    found: dict[str, list[str]] = {"zh": [], "en": []}
    for word in listed:
        found[language.of(word, usual="en")].append(word)
    return found


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
