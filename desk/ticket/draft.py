"""Words to the retailer while they are written: a standard answer, what is known, and what was typed into it."""
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from answers import placeholders
from answers import services as answers
from answers.models import AnswerVersion
from core import organisation
from core.errors import DomainError
from desk.ticket import blanks as blank_words
from desk.ticket.blanks import Blank
from tickets.models import Ticket

BRACES = re.compile(r"(\{\{.*?\}\})")
FREE = "*free"  # the key of the free texts in a draft's values; no placeholder can be called like that


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
        """What somebody has to fill in, in the order in which it is read; what was typed stays, also when its place was taken out."""
        try:
            wanted = placeholders.names_of(self.reworded())
        except placeholders.BadPlaceholder:  # a slip in a free part; sending says so, the page must still open
            wanted = self.wanted
        wanted += [pair for pair in self.wanted if pair not in wanted and self.values.get(pair[0])]
        return [Blank(name, type, blank_words.label(name), self.values.get(name, "")) for name, type in wanted if name not in self.known]

    def problems(self) -> dict[str, str]:
        """What keeps the words from going out, by the name of the blank."""
        return {blank.name: str(why) for blank in self.blanks() if (why := blank.problem(self.language))}

    @property
    def wanted(self) -> list[tuple[str, str]]:
        """The placeholders of the approved words, with their kinds."""
        return placeholders.names_of(self.version.parts(self.language))

    def retype(self, texts: list[str]) -> None:
        """Take the free parts as typed; line ends of the approved text, which the editor does not show, and placeholders come back."""
        approved = [part["free"] for part in self.version.parts(self.language) if "free" in part]
        typed = [blank_words.from_editor(text.replace("\r\n", "\n"), self.wanted) for text in texts]
        self.free = [text.rstrip("\n") + old[len(old.rstrip("\n")):] for text, old in zip(typed, approved, strict=True)]

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
            return blank_words.to_editor(self.free[number], self.wanted).rstrip("\n")
        # What is known stands there as words; what is still to be typed shows its label and follows the blank.
        kept = "".join(text if filled or not value else raw for raw, (text, value, filled) in self._raw_pieces(approved, self.known))
        return blank_words.to_editor(kept, self.wanted).rstrip("\n")

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
            return blank_words.label(name), True, False

    def compose(self) -> answers.Composed:
        """The finished words. DomainError `unresolved` names in words what is missing, `bad_value` what does not fit."""
        self._refuse_strays()
        try:
            return answers.compose(self.version, self.language, self.filled, self.free)
        except DomainError as error:
            raise self._plainly(error) from None

    def _refuse_strays(self) -> None:
        approved = "".join(text for part in self.version.parts(self.language) for text in part.values())
        for mark in blank_words.strays("".join(self.free or ()), approved):
            raise DomainError("bad_placeholder", _("There is no blank called %(mark)s. Write its words out, or take it out.", mark=mark))

    def _plainly(self, error: DomainError) -> DomainError:
        missing = [blank.label for blank in self.blanks() if not blank.value.strip()]
        if error.code == "unresolved" and missing:
            return DomainError("unresolved", _("Still missing in the answer: %(names)s", names=_(", ").join(missing)))
        wrong = [(blank.label, why) for blank in self.blanks() if (why := blank.problem(self.language))]
        if error.code == "bad_value" and wrong:
            return DomainError("bad_value", _("%(label)s: %(why)s", label=wrong[0][0], why=wrong[0][1]))
        return error

    def unfinished(self) -> answers.Composed:
        """The draft as it may be kept without being complete: it has no text yet, so nothing can be sent from it."""
        return answers.Composed(self.version.answer.code, self.version.version, self.version.id, self.language,
                                self.version.parts(self.language), "")

    def kept(self) -> dict:
        """What a stored draft remembers of the typing."""
        return self.values | ({FREE: self.free} if self.free is not None else {})
