"""Names of staff in words of Latin letters (pure): English ones nearly spelt, Chinese ones as pinyin, family names behind a title."""
import itertools
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from core.named import LATIN, SOUNDING, TITLED, WRITTEN, Named
from core.sounds import families, readings

ALIKE = 0.8  # English names: two letters in ten may differ
LONG = 3  # syllables: a name as long as this is one even without capitals
_TITLE = re.compile(r"\b(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Mm]iss)\b\.?\s+(?P<anyhow>[A-Za-z]{2,})|"
                    r"(?:[Mm]anager|[Dd]irector|[Dd]river|[Oo]fficer|[Ii]nspector|[Rr]ep|[Cc]lerk)\s+(?P<capital>[A-Z][a-z]+))")


def latin(text: str, english: tuple[str, ...], chinese: tuple[str, ...]) -> Iterator[Named]:
    """Every place where a word of Latin letters may name somebody."""
    words = list(LATIN.finditer(text))
    if not words:
        return
    for name in english:
        yield from _spelt(words, name)
    yield from _romanised(words, chinese)
    yield from _titled(text, english, chinese)


def _spelt(words: list[re.Match], name: str) -> Iterator[Named]:
    parts = name.casefold().split()
    for at in range(len(words) - len(parts) + 1):
        heard = words[at:at + len(parts)]
        if all(_alike(word[0].casefold(), part) for word, part in zip(heard, parts, strict=True)):
            exact = [word[0].casefold() for word in heard] == parts
            yield Named(heard[0].start(), heard[-1].end(), (name,), WRITTEN if exact else SOUNDING)


def _alike(one: str, other: str) -> bool:
    return one == other or one[:1] == other[:1] and len(other) > 3 and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _romanised(words: list[re.Match], chinese: tuple[str, ...]) -> Iterator[Named]:
    """Wang Lei, Lei Wang, Zhang Jian Guo, zhang jianguo: pinyin never tells the characters, so it only sounds like the name."""
    spellings = _spellings(chinese)
    longest = max(map(len, chinese), default=0)
    for at in range(len(words)):
        for length in range(1, min(longest, len(words) - at) + 1):
            heard = words[at:at + length]
            capital = length > 1 and all(word[0][0].isupper() for word in heard)
            people = tuple(name for name in spellings.get("".join(word[0].casefold() for word in heard), ())
                           if length <= len(name) and (capital or len(name) >= LONG))
            if people:
                yield Named(heard[0].start(), heard[-1].end(), people, SOUNDING)


@lru_cache(maxsize=4)
def _spellings(chinese: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in chinese:
        for spelling in romanised(name):
            found.setdefault(spelling, []).append(name)
    return found


@lru_cache(maxsize=4096)
def romanised(name: str) -> frozenset[str]:
    """A Chinese name in pinyin, in one word: family name first, or last as English people put it."""
    given = ["".join(syllables) for syllables in itertools.product(*(readings(character)[:2] for character in name[1:]))]
    return frozenset(word for family in families(name[0]) for called in given for word in (family + called, called + family))


def _titled(text: str, english: tuple[str, ...], chinese: tuple[str, ...]) -> Iterator[Named]:
    """Mr Jones, Driver Ding: any name behind a title, of the staff or not."""
    for match in _TITLE.finditer(text):
        heard = (match["anyhow"] or match["capital"]).casefold()
        people = (*(name for name in english if any(_alike(heard, part) for part in name.casefold().split())),
                  *(name for name in chinese if heard in families(name[0])))
        if people or match["capital"] or match["anyhow"][0].isupper():
            yield Named(match.start(), match.end(), people, TITLED)
