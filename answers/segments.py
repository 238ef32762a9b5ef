"""How many SMS a text is (pure): GSM-7 alphabet 160/153 characters, anything else UCS-2 70/67 (3GPP TS 23.038, 23.040)."""
from collections.abc import Iterable
from dataclasses import dataclass

_GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_EXTENDED = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True)
class Encoding:
    """An SMS alphabet: how many units one message holds alone, and as a piece of a longer one."""

    name: str
    alone: int
    piece: int


GSM7 = Encoding("GSM-7", 160, 153)
UCS2 = Encoding("UCS-2", 70, 67)


@dataclass(frozen=True)
class Count:
    """`units` are septets (GSM-7) or 16-bit units (UCS-2); `segments` is what the provider bills."""

    encoding: str
    units: int
    segments: int


def count(text: str) -> Count:
    """The alphabet that a text needs and how many segments it takes; an empty text takes none."""
    encoding = GSM7 if set(text) <= _GSM7 | _GSM7_EXTENDED else UCS2
    widths = [_width(char, encoding) for char in text]
    units = sum(widths)
    segments = min(units, 1) if units <= encoding.alone else _pieces(widths, encoding.piece)
    return Count(encoding.name, units, segments)


def _width(char: str, encoding: Encoding) -> int:
    """Two units for an extended GSM-7 character (escape + character) and for a surrogate pair (emoji, rare 汉字)."""
    return 2 if (char in _GSM7_EXTENDED if encoding is GSM7 else ord(char) > 0xFFFF) else 1


def _pieces(widths: Iterable[int], room: int) -> int:
    """A character of two units is never torn between two pieces, so a piece may stay one unit short."""
    pieces, left = 1, room
    for width in widths:
        if width > left:
            pieces, left = pieces + 1, room
        left -= width
    return pieces
