"""What of a text is counted (pure): one view of how it is written, one of how it is said; they fail in different places."""
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

import rjieba

from core import sounds

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_CHARACTERS, _LETTERS, _SYLLABLES = (1, 3), (3, 5), (1, 2)
_ALWAYS = "·"


def written(text: str) -> list[str]:
    """Runs of one to three Chinese characters; English words and their pieces of three to five letters, with where they begin and end."""
    plain = folded(text)
    pieces = (chain([f" {word} "], _runs(f" {word} ", *_LETTERS)) for word in LATIN.findall(plain))
    return [*chain.from_iterable(_runs(run, *_CHARACTERS) for run in HAN.findall(plain)), *chain.from_iterable(pieces)]


def said(text: str) -> list[str]:
    """The words of a text and its neighbouring pairs, in small letters."""
    single = words(text)
    return single + [f"{one} {other}" for one, other in zip(single, single[1:], strict=False)]


def heard(text: str) -> list[str]:
    """Single syllables and pairs of them, without tones: a word that was misheard mostly has them still.

    One mark that every text has comes first, or texts in English alone would have nothing to count.
    """
    return [_ALWAYS, *chain.from_iterable(_runs([sounds.syllable(one) for one in run], *_SYLLABLES, " ") for run in HAN.findall(folded(text)))]


def words(text: str) -> list[str]:
    """The words and marks of a text in their order."""
    return [word for word in rjieba.cut(text.lower()) if not word.isspace()]


def folded(text: str) -> str:
    """One form for what looks the same: full width and half width, capitals, curly apostrophes."""
    return unicodedata.normalize("NFKC", text).lower().replace("’", "'")


def _runs(row: Sequence[str], shortest: int, longest: int, between: str = "") -> Iterator[str]:
    return (between.join(row[at:at + length]) for length in range(shortest, longest + 1) for at in range(len(row) - length + 1))
