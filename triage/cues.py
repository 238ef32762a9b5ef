"""Severity and wished outcome from the words of a complaint (pure): cues are data, a denial before them is none."""
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DENIED = re.compile(r"(?:没有?|未|不|别|无|并非|不是|\bno(?: one| body)?|\bnobody|\bnot|n't|\bwithout|\bnever)\s*(?:\w{1,5}\s)?$", re.IGNORECASE)
_LOOK_BACK = 14  # characters before a hit in which a denial counts


@dataclass(frozen=True)
class Cue:
    """Words that say something. `when` names a condition beside them; no `leaves` means every leaf."""

    code: str
    words: tuple[str, ...]
    severity: str = ""
    when: str = ""
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A cue that holds, and the words that made it hold (none where the condition alone did)."""

    code: str
    severity: str
    words: tuple[str, ...]


def hits(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Which of `words` stand in `text` without a denial before them."""
    folded = text.lower()
    return tuple(word for word in words if any(not _DENIED.search(folded[max(0, at - _LOOK_BACK):at]) for at in _places(folded, word.lower())))


def severity(leaf: str | None, usual: str, text: str, cues: Sequence[Cue], holding: frozenset[str]) -> tuple[str, tuple[Hit, ...]]:
    """The graver of the leaf's usual severity and every cue that holds (DOMAIN: severity = max(default, triggers)).

    `holding` are the conditions that are true of this complaint. The class of the retailer is no input, on purpose.
    """
    found = tuple(hit for hit in (_hit(cue, leaf, text, holding) for cue in cues) if hit is not None)
    return min([usual, *(hit.severity for hit in found)]), found


def outcome(leaf: str | None, text: str, cues: Sequence[Cue]) -> str:
    """What the retailer wants: the cue with most words in the text, else the usual wish of the leaf, else `none`."""
    scored = [(len(hits(text, cue.words)), cue.code) for cue in cues]
    most = max((count for count, _code in scored), default=0)
    if most:
        return next(code for count, code in scored if count == most)
    return next((cue.code for cue in cues if leaf in cue.leaves), "none")


def _hit(cue: Cue, leaf: str | None, text: str, holding: frozenset[str]) -> Hit | None:
    if cue.leaves and leaf not in cue.leaves or cue.when and cue.when not in holding:
        return None
    words = hits(text, cue.words)
    return Hit(cue.code, cue.severity, words) if words or not cue.words else None


def _places(text: str, word: str) -> Iterable[int]:
    # English words match from their beginning: "hit me" not in "white men".
    start = r"\b" if word[:1].isascii() and word[:1].isalpha() else ""
    return (match.start() for match in re.finditer(start + re.escape(word), text))
