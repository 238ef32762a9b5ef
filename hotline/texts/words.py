"""The lists of words of the hotline: loaded from a pack, read from the database, changed by people."""
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from catalog.loader import read
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.upsert import put
from hotline.texts import keywords
from hotline.texts.models import TextWords
from hotline.texts.plain import folded, folded_all, made_of

CACHE = "text_words"


def load_words(folder: Path, refresh: bool = False) -> Counter:
    """Load `folder`/hotline.yaml in the present transaction. Lists that are there stay as people edited them, unless `refresh`."""
    lists = read(folder / "hotline.yaml").get("texts", {})
    db.session.info.pop(CACHE, None)
    return Counter(put(TextWords, {"code": code}, {"words": [str(word) for word in words]}, refresh) for code, words in lists.items())


@dataclass(frozen=True)
class Words:
    """Every list by its code, as it was written."""

    lists: Mapping[str, tuple[str, ...]]

    @cached_property
    def whole(self) -> dict[str, frozenset[str]]:
        """The lists folded, for messages that are one of their words as a whole."""
        return {code: folded_all(words) for code, words in self.lists.items()}

    @cached_property
    def anew(self) -> tuple[str, ...]:
        """How words begin that speak of another matter."""
        return tuple(self.whole.get("anew", ()))

    def holds(self, code: str, text: str) -> bool:
        """True if one of the list's words stands in `text`."""
        said = text.casefold()
        return any(word.casefold() in said for word in self.lists.get(code, ()))

    def is_wish(self, text: str) -> bool:
        """True for a whole message that only asks something of us (hotline.texts.keywords)."""
        return keywords.read(text, self.whole) is not None

    def begins_anew(self, text: str) -> bool:
        """True if `text` begins as words do that speak of another matter."""
        return folded(text).startswith(self.anew)

    def only(self, code: str, text: str) -> bool:
        """True if `text` consists of the list's words and nothing else."""
        return made_of(text, self.whole.get(code, frozenset()))


def current() -> Words:
    """The lists as they are now; read once a session."""
    if CACHE not in db.session.info:
        rows = db.session.execute(db.select(TextWords.code, TextWords.words)).all()
        db.session.info[CACHE] = Words({code: tuple(words) for code, words in rows})
    return db.session.info[CACHE]


def all_lists() -> list[TextWords]:
    """The lists as rows, by code."""
    return list(db.session.scalars(db.select(TextWords).order_by(TextWords.code)))


def change(actor: Actor, row: TextWords, words: list[str]) -> bool:
    """Give a list these words; True if they differ from those that it had. Their order means nothing."""
    before, after = set(row.words), set(words)
    if before == after:
        return False
    row.words = list(dict.fromkeys(words))
    db.session.info.pop(CACHE, None)
    record(actor, Did.CATALOG_CHANGED, target=f"texts {row.code}", added=sorted(after - before), removed=sorted(before - after))
    return True
