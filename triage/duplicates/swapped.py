"""The same sentence with other words in one place (pure): who tells a matter twice does not say it so; who tells of another case does."""
import re
from difflib import SequenceMatcher

from triage.duplicates.sounds import HAN, LATIN, syllables

MOST = 300  # words of a text that are looked at: who writes more does not copy himself
ALIKE = 0.6  # share of the words that stand in both, in order
AROUND = 4  # words before and after the place that are the same
PLACE = 6  # words that one place may hold
_WORD = re.compile(rf"{HAN.pattern[:-1]}|{LATIN.pattern}|\d+")


def in_order(text: str) -> tuple[str, ...]:
    """The words of a text as they follow: syllables, English words in small letters, numbers."""
    return tuple((syllables(word) or (word,))[0] for word in _WORD.findall(text.lower()))[:MOST]


def swapped(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Do two texts (`in_order`) differ by other words in a place, with the same words around it?"""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE or matcher.ratio() < ALIKE:
        return False
    steps = [("", 0, 0, 0, 0), *matcher.get_opcodes(), ("", 0, 0, 0, 0)]
    return any(step[0] == "replace" and _size(step) <= PLACE and _same(before) + _same(after) >= AROUND
               for before, step, after in zip(steps, steps[1:], steps[2:], strict=False))


def _size(step: tuple) -> int:
    _kind, i1, i2, j1, j2 = step
    return max(i2 - i1, j2 - j1)


def _same(step: tuple) -> int:
    return _size(step) if step[0] == "equal" else 0
