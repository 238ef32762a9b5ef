"""The dictionary of what speech recognition mishears, as data that people can change."""
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import EMPTY_ARRAY, Numbered, db, one_of
from core.i18n import LANGUAGES

DOMAINS = ("supply", "ordering", "payment", "delivery", "quality", "service", "rules", "goods", "talk")


class DictionaryTerm(Numbered, db.Model):
    """A word of the trade (`meant`) and what is heard in its place. Without heard forms it proposes nothing."""

    language: Mapped[str]
    domain: Mapped[str]
    meant: Mapped[str]
    heard: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    position: Mapped[int] = mapped_column(server_default="0")
    __table_args__ = (
        UniqueConstraint("language", "meant"),
        CheckConstraint(one_of("domain", DOMAINS), "known_domain"),
        CheckConstraint(one_of("language", LANGUAGES), "known_language"),
    )
