"""The dictionary of what speech recognition mishears (pure): finds heard forms in a text and what they may mean."""
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache


def proposals(text: str, dictionary: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """(start, end, meant) of every heard form in `text`; the longest counts. `dictionary` maps heard forms to what may be meant."""
    if not dictionary:
        return
    for match in _pattern(tuple(sorted(dictionary, key=len, reverse=True))).finditer(text):
        meant = dictionary.get(match[0]) or dictionary.get(match[0].casefold()) or ()
        # "少烟" stands also where somebody rightly said what it is a part of.
        fresh = tuple(word for word in meant if not _stands(text, word, match.start(), match.end()))
        if fresh:
            yield match.start(), match.end(), fresh


def _stands(text: str, meant: str, start: int, end: int) -> bool:
    """True if what is meant stands at this place already, around the heard form."""
    at = text.find(meant, max(0, start - len(meant)), end + len(meant))
    return at >= 0 and at <= start and end <= at + len(meant)


@lru_cache(maxsize=4)
def _pattern(forms: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(_whole(form) for form in forms), re.IGNORECASE)


def _whole(form: str) -> str:
    """English forms are whole words; Chinese has no such ends."""
    before = r"\b" if form[:1].isascii() and form[:1].isalnum() else ""
    after = r"\b" if form[-1:].isascii() and form[-1:].isalnum() else ""
    return before + re.escape(form) + after
