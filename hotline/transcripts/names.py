"""Names of staff in spoken words (pure): as they are written, as they sound, and family names with a title."""
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import import_module

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
TITLES = "经理|主任|科长|站长|所长|局长|队长|组长|班长|处长|师傅|老师|专员|会计|主管"
ENGLISH_TITLES = r"(?:Mr|Mrs|Ms|Miss|Manager|Director|Driver|Officer|Inspector)"
USUAL = 2
ALIKE = 0.8  # English names: two letters in ten may differ
# What neighbours in speech are taken for each other: zh and z, n and l, front and back nasals.
_BLURRED = ((r"^zh", "z"), (r"^ch", "c"), (r"^sh", "s"), (r"^n(?=[aeiou])", "l"), (r"^f(?=u)", "h"), (r"(?<=[aei])ng$", "n"))


@dataclass(frozen=True)
class Named:
    """Where a name may stand, and which of the staff it may mean (none for a stranger with a title)."""

    start: int
    end: int
    people: tuple[str, ...]


def names(text: str, staff: Iterable[str]) -> Iterator[Named]:
    """Every place of `text` that may name somebody of `staff`."""
    staff = tuple(dict.fromkeys(name.strip() for name in staff if len(name.strip()) > 1))
    yield from _chinese(text, tuple(name for name in staff if HAN.fullmatch(name)))
    yield from _latin(text, tuple(name for name in staff if LATIN.match(name)))
    yield from _titled(text, staff)


def sounds_like(heard: str, name: str) -> bool:
    """True if a Chinese name may have been heard as these characters, syllable by syllable."""
    return len(heard) == len(name) and all(one == other or not usual(one).isdisjoint(sounds(other)) for one, other in zip(heard, name, strict=True))


def sounds(character: str) -> frozenset[str]:
    """Every way in which a character can be read: as a family name it may have its rarest one."""
    return frozenset(_readings(character))


def usual(character: str) -> frozenset[str]:
    """Its commonest readings: speech recognition writes a character for these, and the rare ones of 不 or 说 would find names everywhere."""
    return frozenset(_readings(character)[:USUAL])


@lru_cache(maxsize=8192)
def _readings(character: str) -> tuple[str, ...]:
    """The readings, the commonest first, blurred as speech recognition blurs them."""
    found = _pinyin().pinyin(character, style=_pinyin().Style.NORMAL, heteronym=True)
    return tuple(map(_blurred, found[0])) if found else ()


@cache
def _pinyin():
    # Imported at first use and without its phrases: they take 45 MB and only choose among the readings, and here all of them count.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    return import_module("pypinyin")


def _blurred(syllable: str) -> str:
    for pattern, put in _BLURRED:
        syllable = re.sub(pattern, put, syllable)
    return syllable


def _chinese(text: str, staff: tuple[str, ...]) -> Iterator[Named]:
    starting: dict[str, list[str]] = {}
    for name in staff:
        for sound in (*sounds(name[0]), name[0]):
            starting.setdefault(sound, []).append(name)
    for run in HAN.finditer(text) if staff else ():
        for at in range(run.start(), run.end()):
            likely = {name for sound in (*usual(text[at]), text[at]) for name in starting.get(sound, ())}
            for length in {len(name) for name in likely}:
                heard = text[at:at + length]
                people = tuple(name for name in staff if name in likely and at + length <= run.end() and sounds_like(heard, name))
                if people:
                    yield Named(at, at + length, people)


def _latin(text: str, staff: tuple[str, ...]) -> Iterator[Named]:
    words = list(LATIN.finditer(text))
    for name in staff:
        parts = name.casefold().split()
        for at in range(len(words) - len(parts) + 1):
            heard = words[at:at + len(parts)]
            if all(_alike(word[0].casefold(), part) for word, part in zip(heard, parts, strict=True)):
                yield Named(heard[0].start(), heard[-1].end(), (name,))


def _alike(one: str, other: str) -> bool:
    return one == other or one[:1] == other[:1] and len(other) > 3 and SequenceMatcher(None, one, other).ratio() >= ALIKE


def _titled(text: str, staff: tuple[str, ...]) -> Iterator[Named]:
    """小何, 老何, 何经理: a family name of the staff as people call each other; in English any name behind a title."""
    families = "".join(sorted({name[0] for name in staff if HAN.fullmatch(name)}))
    if families:
        for match in re.finditer(rf"[小老]([{families}])|([{families}])(?:{TITLES})", text):
            family = match[1] or match[2]
            yield Named(match.start(), match.end(), tuple(name for name in staff if name.startswith(family)))
    for match in re.finditer(rf"\b{ENGLISH_TITLES}\.?\s+[A-Z][a-z]+", text):
        yield Named(match.start(), match.end(), ())
