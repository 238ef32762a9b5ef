"""Typed placeholders (pure): `{{shop}}`, `{{due:date}}`; what an answer needs, and its words once that is known.

An answer is a list of parts, each `{"free": text}` (the handler may reword it) or `{"locked": text}` (facts, law,
rights: sent as approved).
"""
import re
from collections.abc import Iterable, Mapping
from decimal import InvalidOperation
from zoneinfo import ZoneInfo

from answers.values import TYPES

Part = dict[str, str]
Values = Mapping[str, object]

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*(?::\s*([a-z]+)\s*)?\}\}")
_SEPARATOR = {"zh": "", "en": " "}


class BadPlaceholder(ValueError):
    """The text itself is wrong: an unknown type, or double braces that are no placeholder. `text` is the place."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


class BadValue(ValueError):
    """The value of `name` does not fit its `type` (text typed where a date or a number belongs)."""

    def __init__(self, name: str, type: str):
        super().__init__(f"{name}: not a {type}")
        self.name, self.type = name, type


class Unresolved(ValueError):
    """`names` have no value: the words must not be sent."""

    def __init__(self, names: Iterable[str]):
        self.names = tuple(names)
        super().__init__(", ".join(self.names))


def names(text: str) -> list[tuple[str, str]]:
    """The placeholders of a text as (name, type), each once, in the order they appear. Raises BadPlaceholder."""
    found = [(match[1], match[2] or "text") for match in _PLACEHOLDER.finditer(text)]
    rest = _PLACEHOLDER.sub("", text)
    stray = re.search(r"\{\{.{0,20}|.{0,20}\}\}", rest, re.DOTALL)
    if stray:
        raise BadPlaceholder(stray[0])
    for name, type in found:
        if type not in TYPES:
            raise BadPlaceholder(f"{name}:{type}")
    return list(dict.fromkeys(found))


def names_of(parts: Iterable[Part]) -> list[tuple[str, str]]:
    """The placeholders of all parts, as `names` gives them."""
    return names("\n".join(text for part in parts for text in part.values()))


def render(text: str, values: Values, lang: str, tz: ZoneInfo) -> str:
    """The text with every placeholder replaced, dates and numbers as `lang` (zh or en) writes them, days in `tz`.

    Raises Unresolved with all the names that have no value, BadValue, BadPlaceholder.
    """
    shown = _shown(names(text), values, lang, tz)
    return _PLACEHOLDER.sub(lambda match: shown[match[1], match[2] or "text"], text)


def render_parts(parts: Iterable[Part], values: Values, lang: str, tz: ZoneInfo) -> list[Part]:
    """Each part rendered, still marked free or locked. Raises as `render` does, for all parts at once."""
    parts = list(parts)
    _shown(names_of(parts), values, lang, tz)
    return [{kind: render(text, values, lang, tz) for kind, text in part.items()} for part in parts]


def join(parts: Iterable[Part], lang: str) -> str:
    """The parts as one text: English puts a space between two, unless a part brings its own space or new line."""
    joined = ""
    for text in (text for part in parts for text in part.values()):
        glue = _SEPARATOR[lang] if joined and not joined[-1].isspace() and not text[:1].isspace() else ""
        joined += glue + text
    return joined.strip()


def read_back(parts: Iterable[Part], text: str, lang: str) -> dict[str, str] | None:
    """What stands in `text` for each placeholder of the parts, as it is written there; None if the words around them differ.

    Put into the gaps again, it gives exactly `text`.
    """
    pattern, at, seen = "", 0, set()
    whole = join(parts, lang)
    for match in _PLACEHOLDER.finditer(whole):
        name = match[1]
        pattern += re.escape(whole[at:match.start()]) + (f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
        at = match.end()
        seen.add(name)
    found = re.fullmatch(pattern + re.escape(whole[at:]), text, re.DOTALL)
    return found.groupdict() if found else None


def _shown(wanted: list[tuple[str, str]], values: Values, lang: str, tz: ZoneInfo) -> dict[tuple[str, str], str]:
    missing = [name for name, _type in wanted if _is_empty(values.get(name))]
    if missing:
        raise Unresolved(dict.fromkeys(missing))
    return {(name, type): _show(name, type, values[name], lang, tz) for name, type in wanted}


def _is_empty(value: object) -> bool:
    """The number 0 is a value ("0 cartons were short")."""
    return value is None or not str(value).strip()


def _show(name: str, type: str, value: object, lang: str, tz: ZoneInfo) -> str:
    try:
        return TYPES[type](value, lang, tz)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise BadValue(name, type) from error
