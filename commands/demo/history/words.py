"""Standard answers made ready for thousands of fillings (pure): what answers.services.compose does, without a session."""
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from answers import placeholders
from answers.placeholders import _PLACEHOLDER
from answers.values import TYPES


@dataclass(frozen=True)
class Filled:
    """An answer as it was said; `values` are those that were not known without asking."""

    code: str
    version: int
    version_id: int
    language: str
    parts: list[dict]
    body: str


@dataclass(frozen=True)
class Template:
    """One approved version in one language: its parts cut at the placeholders."""

    code: str
    version: int
    version_id: int
    language: str
    parts: tuple[tuple[str, tuple], ...]
    names: frozenset[str]

    def fill(self, values: Mapping, tz: ZoneInfo) -> Filled:
        """The answer with these values. KeyError if one is missing: nothing incomplete is ever said."""
        parts = [{kind: "".join(piece if isinstance(piece, str) else TYPES[piece[1]](values[piece[0]], self.language, tz) for piece in pieces)}
                 for kind, pieces in self.parts]
        return Filled(self.code, self.version, self.version_id, self.language, parts, placeholders.join(parts, self.language))


def template(code: str, version: int, version_id: int, language: str, parts: list[dict]) -> Template:
    """Cut the parts of an answer at their placeholders."""
    cut = tuple((kind, _cut(text)) for part in parts for kind, text in part.items())
    return Template(code, version, version_id, language, cut, frozenset(name for name, _type in placeholders.names_of(parts)))


def _cut(text: str) -> tuple:
    pieces, place = [], 0
    for match in _PLACEHOLDER.finditer(text):
        pieces += [text[place:match.start()], (match[1], match[2] or "text")]
        place = match.end()
    return tuple(piece for piece in [*pieces, text[place:]] if piece)
