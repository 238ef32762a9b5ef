"""Words to the retailer while they are written: a standard answer, what is known, and what was typed into it."""
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from answers import placeholders
from answers import services as answers
from answers.models import AnswerVersion
from core import organisation
from core.errors import DomainError
from tickets.models import Ticket

BRACES = re.compile(r"(\{\{.*?\}\})")
FREE = "*free"  # the key of the free texts in a draft's values; no placeholder can be called like that

# What is asked of the writer, by placeholder; the others show their own name.
LABELS = {
    "found": _l("What was found"), "remedy": _l("What is done about it"), "rule_ref": _l("The rule, with its article"),
    "promise_date": _l("The day promised"), "amount": _l("Amount of money"), "quantity": _l("How many"), "item": _l("Which item"),
    "questions": _l("What you want to know"), "reason": _l("Reason"), "body_name": _l("Who is in charge"),
    "reference": _l("Reference or contact there"),
    "papers": _l("Papers that are missing"), "passed_on": _l("The day it was passed on"), "comparison": _l("The comparison"),
    "legal_due": _l("The day the law sets"), "new_due": _l("The new date"), "answers": _l("The points, one by one"), "order_no": _l("Order number"),
    "shop": _l("Shop"), "contact_name": _l("Name"), "handler": _l("Handler"), "team": _l("Team"),
}
WIDGETS = {"text": ("textarea", None), "date": ("date", None), "money": ("text", "decimal"), "int": ("text", "numeric"), "phone": ("tel", None)}


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


@dataclass
class Draft:
    """The words being written. `values` are typed into the blanks; `free` are the free parts as reworded, None as approved."""

    ticket: Ticket
    version: AnswerVersion
    language: str
    known: Mapping
    values: dict[str, str] = field(default_factory=dict)
    free: list[str] | None = None

    @property
    def text_of(self) -> str:
        """Which standard answer in which language the free parts belong to."""
        return f"{self.version.id}:{self.language}"

    @property
    def filled(self) -> dict:
        """Every value there is: what is known about the ticket, and what was typed."""
        return self.values | dict(self.known)

    def blanks(self) -> list[Blank]:
        """What somebody has to fill in, in the order in which it is read."""
        try:
            wanted = placeholders.names_of(self.reworded())
        except placeholders.BadPlaceholder:  # a slip in a free part; sending says so, the page must still open
            wanted = placeholders.names_of(self.version.parts(self.language))
        return [Blank(name, type, str(LABELS.get(name, name)), self.values.get(name, "")) for name, type in wanted if name not in self.known]

    def retype(self, texts: list[str]) -> None:
        """Take the free parts as typed; the line ends of the approved text, which the editor does not show, come back."""
        approved = [part["free"] for part in self.version.parts(self.language) if "free" in part]
        self.free = [text.replace("\r\n", "\n").rstrip("\n") + old[len(old.rstrip("\n")):] for text, old in zip(texts, approved, strict=True)]

    def reworded(self) -> list[dict]:
        """The parts as they will be sent, before the values are put in."""
        words = iter(self.free or ())
        return [{"free": next(words, part["free"])} if "free" in part else part for part in self.version.parts(self.language)]

    def parts(self) -> list[dict]:
        """The parts for the editor: {"free": text, "number": n}, or {"locked": [(text, is a value, is filled)]}."""
        shown, number = [], 0
        for part in self.version.parts(self.language):
            if "locked" in part:
                shown.append({"locked": self._pieces(part["locked"])})
                continue
            shown.append({"free": self._free(number, part["free"]), "number": number})
            number += 1
        return shown

    def _free(self, number: int, approved: str) -> str:
        if self.free is not None and number < len(self.free):
            return self.free[number].rstrip("\n")
        # What is known stands there as words; what is still to be typed keeps its braces and follows the blank.
        return "".join(text if filled or not value else raw for raw, (text, value, filled) in self._raw_pieces(approved, self.known)).rstrip("\n")

    def _pieces(self, text: str) -> list[tuple[str, bool, bool]]:
        return [piece for _raw, piece in self._raw_pieces(text, self.filled)]

    def _raw_pieces(self, text: str, filled: Mapping):
        for raw in BRACES.split(text):
            yield raw, self._piece(raw, filled)

    def _piece(self, raw: str, filled: Mapping) -> tuple[str, bool, bool]:
        if not BRACES.fullmatch(raw):
            return raw, False, True
        try:
            return placeholders.render(raw, filled, self.language, organisation.zone()), True, True
        except (placeholders.Unresolved, placeholders.BadValue):
            name = placeholders.names(raw)[0][0]
            return str(LABELS.get(name, name)), True, False

    def compose(self) -> answers.Composed:
        """The finished words. DomainError `unresolved` names in words what is missing, `bad_value` what does not fit."""
        try:
            return answers.compose(self.version, self.language, self.filled, self.free)
        except DomainError as error:
            raise self._plainly(error) from None

    def _plainly(self, error: DomainError) -> DomainError:
        missing = [blank.label for blank in self.blanks() if not blank.value.strip()]
        if error.code == "unresolved" and missing:
            return DomainError("unresolved", _("Still missing in the answer: %(names)s", names=_(", ").join(missing)))
        return error

    def unfinished(self) -> answers.Composed:
        """The draft as it may be kept without being complete: it has no text yet, so nothing can be sent from it."""
        return answers.Composed(self.version.answer.code, self.version.version, self.version.id, self.language,
                                self.version.parts(self.language), "")

    def kept(self) -> dict:
        """What a stored draft remembers of the typing."""
        return self.values | ({FREE: self.free} if self.free is not None else {})
