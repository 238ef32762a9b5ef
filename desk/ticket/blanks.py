"""The blanks of a standard answer in words: what each is called, what fits into it, and how it stands in an editable text."""
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from answers import placeholders
from core import i18n, organisation

# What is asked of the writer, by placeholder; the others show their own name.
LABELS = {
    "found": _l("What was found"), "remedy": _l("What is done about it"), "rule_ref": _l("The rule, with its article"),
    "promise_date": _l("The day promised"), "amount": _l("Amount of money"), "quantity": _l("How many"), "item": _l("Which item"),
    "questions": _l("What you want to know"), "reason": _l("Reason"), "body_name": _l("Who is in charge"),
    "reference": _l("Reference or contact there"),
    "papers": _l("Papers that are missing"), "passed_on": _l("The day it was passed on"), "comparison": _l("The comparison"),
    "legal_due": _l("The day the law sets"), "new_due": _l("The new date"), "answers": _l("The points, one by one"), "order_no": _l("Order number"),
    "shop": _l("Shop"), "contact_name": _l("Name"), "topic": _l("What it is about, as shops call it"), "handler": _l("Handler"), "team": _l("Team"),
}
WIDGETS = {"text": ("textarea", None), "date": ("date", None), "money": ("text", "decimal"), "int": ("text", "numeric"), "phone": ("tel", None)}
MISSING = _l("still missing")
MISFITS = {
    "text": _l("this does not fit"), "date": _l("a day is expected, for example 2026-12-01"),
    "money": _l("an amount of money is expected, in figures, for example 128.50"), "int": _l("a whole number is expected, in figures, for example 12"),
    "phone": _l("a telephone number is expected"),
}
MARKED = re.compile(r"【[^【】]*】")
BRACES = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class Blank:
    """A placeholder that somebody has to fill in."""

    name: str
    type: str
    label: str
    value: str

    @property
    def widget(self) -> tuple[str, str | None]:
        """The kind of input, and its keyboard on a phone."""
        return WIDGETS[self.type]

    def problem(self, language: str):
        """Why this cannot go out, in words; None if it can."""
        try:
            placeholders.render(raw(self.name, self.type), {self.name: self.value}, language, organisation.zone())
        except placeholders.Unresolved:
            return MISSING
        except placeholders.BadValue:
            return MISFITS[self.type]
        return None


def label(name: str) -> str:
    """What a blank is called, in the reader's language."""
    return str(LABELS.get(name, name))


def raw(name: str, type: str) -> str:
    """The placeholder as the standard answer has it."""
    return "{{" + (name if type == "text" else f"{name}:{type}") + "}}"


def to_editor(text: str, wanted: Iterable[tuple[str, str]]) -> str:
    """The text with each of the answer's placeholders as 【label】, which nobody has to know how to read."""
    shown = {raw(name, type): f"【{label(name)}】" for name, type in _single(wanted)}
    return BRACES.sub(lambda match: shown.get(_plain(match[0]), match[0]), text)


def from_editor(text: str, wanted: Iterable[tuple[str, str]]) -> str:
    """The way back, whichever language the page was in when it was opened."""
    meant = _meant(list(wanted))
    return MARKED.sub(lambda match: meant.get(match[0], match[0]), text)


def strays(text: str, approved: str) -> list[str]:
    """Marks that stand for no blank and are no approved words: a label with a slip in it, which must not reach the retailer."""
    return [mark for mark in MARKED.findall(text) if mark not in approved]


def _meant(wanted: list[tuple[str, str]]) -> Mapping[str, str]:
    found = {}
    for language in i18n.LANGUAGES:
        with i18n.spoken(language):
            found |= {f"【{label(name)}】": raw(name, type) for name, type in _single(wanted)}
    return found


def _single(wanted: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    # One label cannot stand for a placeholder that the answer has in two kinds.
    pairs = list(wanted)
    return [(name, type) for name, type in pairs if [other for other, _type in pairs].count(name) == 1]


def _plain(braces: str) -> str:
    try:
        return raw(*placeholders.names(braces)[0])
    except placeholders.BadPlaceholder:
        return braces
