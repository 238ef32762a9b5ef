"""How far a reply went from its standard answer (pure): locked parts untouched, and how much of the rest was reworded."""
from collections.abc import Iterable
from itertools import takewhile

from answers.placeholders import Part


def touched(parts: Iterable[Part], reply: str) -> list[str]:
    """The locked parts that no longer stand in the reply, word for word and in order; an empty list means untouched.

    `parts` are rendered parts. Space and new lines do not count: a browser sends other line ends than it was given.
    """
    rest, changed = _squeeze(reply), []
    for text in _texts(parts, "locked"):
        before, found, after = rest.partition(_squeeze(text))
        if not found:
            changed.append(text)
            continue
        rest = after
    return changed


def reworded(parts: Iterable[Part], reply: str) -> float:
    """The edit distance of the free part as a share, 0.0 (as approved) to 1.0 (nothing of it left).

    Levenshtein distance over the length of the longer of the two free texts. "Template fit" counts replies below 0.2.
    """
    parts = list(parts)
    free = "".join(map(_squeeze, _texts(parts, "free")))
    written = _squeeze(reply)
    for text in _texts(parts, "locked"):
        written = written.replace(_squeeze(text), "", 1)
    longest = max(len(free), len(written))
    return distance(free, written) / longest if longest else 0.0


def distance(a: str, b: str) -> int:
    """Levenshtein distance: the fewest characters inserted, deleted or replaced that turn `a` into `b`."""
    a, b = _without_common_ends(a, b)
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (char != other))
    return row[-1]


def _texts(parts: Iterable[Part], kind: str) -> list[str]:
    return [part[kind] for part in parts if kind in part]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _without_common_ends(a: str, b: str) -> tuple[str, str]:
    """Most replies change a word or two: what is equal at both ends need not be compared square by square."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    a, b = a[start:], b[start:]
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(a), reversed(b), strict=False)))
    return a[: len(a) - end], b[: len(b) - end]
