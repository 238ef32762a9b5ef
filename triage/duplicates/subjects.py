"""What contacts speak of, by listed words (pure): Chinese ones are matched as they sound, English ones by their beginning."""
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from triage.duplicates.sounds import spelled, spoken, stems, syllables

SHORT = 4  # letters below which an English word must be that word, not only begin like it


@dataclass(frozen=True)
class Subject:
    """One thing that is spoken of, in either language; what is `common` stands in complaints of every kind and tells little."""

    code: str
    words: tuple[str, ...]
    common: bool = False


@dataclass(frozen=True)
class _Sought:
    written: tuple[str, ...]
    heard: tuple[str, ...]
    english: re.Pattern

    def within(self, text: str, sound: str, words: str) -> bool:
        return any(char in text for char in self.written) or any(word in sound for word in self.heard) or bool(self.english.search(words))


def spoken_of(text: str, subjects: tuple[Subject, ...]) -> frozenset[Subject]:
    """Those of `subjects` that a text speaks of."""
    sound, words = spelled(text), f" {' '.join(stems(text))} "
    return frozenset(subject for subject, sought in _sought(subjects).items() if sought.within(text, sound, words))


@lru_cache(maxsize=4)
def _sought(subjects: tuple[Subject, ...]) -> dict[Subject, _Sought]:
    return {subject: _made(subject.words) for subject in subjects}


def _made(words: Iterable[str]) -> _Sought:
    chinese, english = [word for word in words if not word.isascii()], [word for word in words if word.isascii()]
    # A single character sounds like too many others: it must stand there as it is written.
    return _Sought(tuple(word for word in chinese if not _is_heard(word)), tuple(spoken(word) for word in chinese if _is_heard(word)), _beginnings(english))


def _is_heard(word: str) -> bool:
    return len(syllables(word)) == len(word) > 1


def _beginnings(english: Iterable[str]) -> re.Pattern:
    """The last word of an entry stands for all that begin like it. Of nothing listed nothing is found."""
    return re.compile(rf" (?:{'|'.join(map(_beginning, english)) or '(?!)'})")


def _beginning(entry: str) -> str:
    words = [" ".join(stems(word)) or re.escape(word) for word in entry.lower().split()]
    return " ".join(words) + ("s? " if len(words[-1]) < SHORT else "")
