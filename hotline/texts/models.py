"""Lists of words that the hotline looks for in texts, and the pictures that came with them."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import EMPTY_ARRAY, Numbered, db, one_of

PICTURE_STATES = ("announced", "kept", "refused", "told")


class TextWords(db.Model):
    """One list of words; what each is for stands in packs/standard/hotline.yaml."""

    code: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)


class Picture(Numbered, db.Model):
    """A picture at the provider, sent with a text: `announced` until it was fetched, then `kept` or `refused`, of which the thread is `told`."""

    intake_id: Mapped[int] = mapped_column(ForeignKey("intake_record.id", ondelete="CASCADE"))
    place: Mapped[int]
    provider: Mapped[str]
    url: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="announced")
    why: Mapped[str] = mapped_column(server_default="")
    tries: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime]
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id", ondelete="SET NULL"))
    __table_args__ = (UniqueConstraint("intake_id", "place"), CheckConstraint(one_of("state", PICTURE_STATES), "known_state"),
                      Index("ix_picture_waiting", "not_before", postgresql_where="state IN ('announced', 'refused')"))
