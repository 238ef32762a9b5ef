"""A text cut into the pieces that may each be a matter of its own (pure): at its marks, before its turns, and where a voice drew no breath."""
import re
from itertools import accumulate

import rjieba

from triage.hard import size

MOST_PIECES = 8  # every run of neighbours is read: more pieces cost time, and nobody tells of so many matters
UNBROKEN = 24  # Chinese characters without a mark from which on nobody wrote it so: a voice that drew no breath
LONGEST = 16  # characters of the pieces into which that is cut
SHORTEST = 4  # Chinese characters (or as much in English words) that say something by themselves
_HAN = "\u3400-\u9fff"
_MARKS = re.compile(rf"(?<=[，。！？；：,.!?;:\n])(?!\d)|(?<=[{_HAN}])\s+(?=[{_HAN}])")
# Whoever comes to his second matter says so: "another thing", 还有, 另外. The word goes with what follows it.
_TURNS = re.compile(
    r"(?=还有|另外|而且|再说|再就是|再一个|再者|此外|其次|第二[个件是，,]|顺便|同时|还要|外加|并且|不但|不光|不仅|加上|"
    r"\b(?:and|also|plus|besides|another|secondly|second|moreover|furthermore|on top of|as well as|not only|but|then)\b)", re.IGNORECASE)


def pieces(text: str) -> list[str]:
    """The pieces in their order, as they are written, MOST_PIECES at most; together they are the text without its blanks."""
    cut = [part.strip() for mark in _MARKS.split(text) for part in _TURNS.split(mark)]
    return _few([breath for part in cut if part for breath in _breaths(part)])


def _breaths(part: str) -> list[str]:
    """Words of a voice that runs on, in pieces of LONGEST characters or little more; a word is never cut."""
    if len(re.findall(f"[{_HAN}]", part)) <= UNBROKEN:
        return [part]
    words = rjieba.cut(part)
    count = -(-len(part) // LONGEST)
    size = len(part) / count
    ends = accumulate(map(len, words))
    rows: dict[int, list[str]] = {}
    for word, end in zip(words, ends, strict=True):
        rows.setdefault(min(int((end - 1) / size), count - 1), []).append(word)
    return ["".join(row).strip() for row in rows.values()]


def _few(found: list[str]) -> list[str]:
    """What is too short, and the shortest of too many, goes with what follows it; the last one with what goes before."""
    while len(found) > 1 and (len(found) > MOST_PIECES or min(map(size, found)) < SHORTEST):
        at = min(range(len(found) - 1), key=lambda number: size(found[number])) if size(found[-1]) >= SHORTEST else len(found) - 2
        found[at:at + 2] = [joined(found[at:at + 2])]
    return found


def joined(parts: list[str]) -> str:
    """Neighbouring pieces as one text; a blank where English words meet."""
    whole = parts[0]
    for part in parts[1:]:
        between = "" if re.search(f"[{_HAN}，。！？；：]$", whole) or re.match(f"[{_HAN}，。！？；：]", part) else " "
        whole += between + part
    return whole
