"""The same sentence with other words in one place (pure): told twice, a matter is said in other words; another case often in the same ones but the names."""
import re
from difflib import SequenceMatcher

from triage.duplicates.sounds import HAN, LATIN, syllables

MOST = 300  # words of a text that are looked at: who writes more does not copy himself
ALIKE = 0.6  # share of the words that stand in both, in order
AROUND = 4  # words before and after the place that are the same
PLACE = 6  # words that one place may hold
UNEVEN = 1  # by how many words the two may differ there: a name for a name, a day for a day
# What is put in or left out when one matter is told again; in its place it tells of no other one. No numbers: si is four as well.
PLAIN = frozenset("hai you zai ye dou le de a ne dao xian mei bu wo men ni nin ge na still now also again just the is it was to my i yet and please".split())
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
    return any(_is_other(step, first, second) and _same(before) + _same(after) >= AROUND
               for before, step, after in zip(steps, steps[1:], steps[2:], strict=False))


def _is_other(step: tuple, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    kind, i1, i2, j1, j2 = step
    places = (first[i1:i2], second[j1:j2])
    return kind == "replace" and _size(step) <= PLACE and abs(len(places[0]) - len(places[1])) <= UNEVEN and not any(PLAIN.issuperset(place) for place in places)


def _size(step: tuple) -> int:
    _kind, i1, i2, j1, j2 = step
    return max(i2 - i1, j2 - j1)


def _same(step: tuple) -> int:
    return _size(step) if step[0] == "equal" else 0
