"""How words sound (pure), so that what speech recognition misheard still counts as the same word."""
import re

from core.sounds import syllable

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_ENDINGS = re.compile(r"(?:'s|s|ed|ing|ly|er)$")
_SHORT = 4  # letters below which an ending is part of the word


def syllables(text: str) -> tuple[str, ...]:
    """Every Chinese character of `text` as it sounds without its tone."""
    return tuple(syllable(char) for run in HAN.findall(text) for char in run)


def spoken(words: str) -> str:
    """A Chinese word as its syllables in a row, each with a space before and after, to be looked for in `spelled`."""
    return f" {' '.join(syllables(words))} "


def spelled(text: str) -> str:
    """All Chinese of a text as syllables, runs kept apart by a bar."""
    return " | ".join(f" {' '.join(syllables(run))} " for run in HAN.findall(text))


def sounding(text: str) -> str:
    """All words of a text as they sound, a space before and after each."""
    return f" {' '.join([*syllables(text), *stems(text)])} "


def pairs(text: str) -> frozenset[str]:
    """Neighbouring syllables: what stands for words in Chinese, and forgives a misheard one."""
    return frozenset(f"{one} {other}" for run in HAN.findall(text) for one, other in _neighbours(syllables(run)))


def stems(text: str) -> tuple[str, ...]:
    """The English words of a text in small letters without their endings."""
    return tuple(_stem(word) for word in LATIN.findall(text.lower().replace("’", "'")))


def _neighbours(row: tuple[str, ...]) -> zip:
    return zip(row, row[1:], strict=False)


def _stem(word: str) -> str:
    shorter = _ENDINGS.sub("", word)
    return shorter if len(shorter) >= _SHORT else word
