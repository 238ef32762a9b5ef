"""The forms of a parent: by what tickets attach, and what all of them are answered."""
from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from catalog import queries as catalog
from core import organisation
from core.i18n import pick
from desk.forms.choices import choices
from desk.forms.days import in_reach
from desk.forms.number_typed import Readable
from desk.hot import words
from reporting.hot.models import HotIssue
from tickets.fitting import Rule

SHORT = Length(max=120, message=_l("At most 120 characters, please."))
LONG = Length(max=600, message=_l("At most 600 characters, please."))
_MISSING = {"zh": _l("Some of these shops read Chinese: write it in Chinese."), "en": _l("Some of these shops read English: write it in English."),
            "": _l("Write the cause and what is done in this language.")}
_WHEN = _l("Choose a day and an hour.")


class ParentForm(FlaskForm):
    """What the parent is called, and its rule."""

    title = StringField(_l("What happened, in one line (for us)"), [DataRequired(_l("Say what happened.")), SHORT])
    plain_zh = StringField(_l("What retailers call it (Chinese)"), [DataRequired(_l("Say what retailers call it.")), SHORT],
                           description=_l("It stands in the notice and in the answer."))
    plain_en = StringField(_l("What retailers call it (English)"), [DataRequired(_l("Say what retailers call it.")), SHORT])
    since = DateTimeLocalField(_l("What came in since"), [Readable(_WHEN), InputRequired(_WHEN), in_reach])
    here = BooleanField(_l("Only from this place"))
    words = StringField(_l("Only with one of these words"), [SHORT], description=_l("With commas between; nothing means whatever the words are."))

    def prepare(self, issue: HotIssue) -> None:
        """What is known from the alarm."""
        if not self.is_submitted():
            self.title.data = words.title(issue)
            self.plain_zh.data = issue.leaf.plain_zh or issue.leaf.name_zh
            self.plain_en.data = issue.leaf.plain_en or issue.leaf.name_en
            self.since.data = issue.started_at.astimezone(organisation.zone()).replace(tzinfo=None)
            self.here.data = True

    def rule(self, issue: HotIssue) -> Rule:
        """The rule as it is typed."""
        scope = issue.scope
        place = (scope.area, scope.route) if self.here.data else ("", 0)
        listed = tuple(word.strip() for word in (self.words.data or "").replace("，", ",").split(",") if word.strip())
        return Rule(scope.leaf, *place, self.start(issue), None, listed)

    def called(self, issue: HotIssue) -> str:
        """The title as somebody typed it; "" for the one that stood there, which each reader reads in his own language."""
        return "" if self.title.data == words.title(issue) else self.title.data

    def start(self, issue: HotIssue) -> datetime:
        """The instant from which it counts; the alarm's own while nothing readable is typed."""
        typed = self.since.data
        return typed.replace(tzinfo=organisation.zone()) if typed else issue.started_at


class ResolveForm(FlaskForm):
    """What was found and what is done, in both languages, and how all of it is recorded."""

    found_zh = TextAreaField(_l("The cause that was found (Chinese)"), [LONG], render_kw={"rows": 2})
    remedy_zh = TextAreaField(_l("What is done (Chinese)"), [LONG], render_kw={"rows": 2})
    found_en = TextAreaField(_l("The cause that was found (English)"), [LONG], render_kw={"rows": 2})
    remedy_en = TextAreaField(_l("What is done (English)"), [LONG], render_kw={"rows": 2})
    outcome = SelectField(_l("Outcome"), [InputRequired(_l("Choose an outcome."))])
    root_cause = SelectField(_l("Root cause"), [InputRequired(_l("Choose a root cause."))])
    remedy = SelectField(_l("Remedy"), [InputRequired(_l("Choose a remedy."))])

    def prepare(self, read: Collection[str]) -> None:
        """The code lists of the catalogue; `read` are the languages in which somebody waits for the answer."""
        self.read = read
        for name in ("outcome", "root_cause", "remedy"):
            self[name].choices = choices([("", _l("Choose")), *((code.code, pick(code.name_zh, code.name_en)) for code in catalog.codes(name))])

    def validate(self, extra_validators=None) -> bool:
        """Also mark what is empty in a language that somebody reads, or of which only a part is written."""
        fine = super().validate(extra_validators)
        typed = self._typed()
        needed = set(self.read) | {lang for lang, parts in typed.items() if any(parts.values())} or set(typed)
        empty = [f"{part}_{lang}" for lang in typed if lang in needed for part, words in typed[lang].items() if not words]
        for name in empty:
            self[name].errors = [*self[name].errors, _MISSING[name[-2:] if name[-2:] in self.read else ""]]
        return fine and not empty

    def answers(self) -> dict[str, dict[str, str]]:
        """What is said, by language; a language in which nothing is written is left out."""
        return {lang: parts for lang, parts in self._typed().items() if all(parts.values())}

    def _typed(self) -> dict[str, dict[str, str]]:
        return {lang: {part: (self[f"{part}_{lang}"].data or "").strip() for part in ("found", "remedy")} for lang in ("zh", "en")}
