"""Pairs of tickets that look like one matter, earlier tickets that were told again, and up to where each ticket was compared."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import db
from tickets.models import Ticket


class DuplicatePair(db.Model):
    """Two tickets that may be one matter, the lower id first. Why is told from their words when it is shown: nothing of a text is kept here.

    It stands until a person decides: merging ends one of the two, a refusal (tickets.models.MergeRefusal) hides the pair for good.
    """

    first_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    score: Mapped[float]
    at: Mapped[datetime]
    first: Mapped[Ticket] = relationship(foreign_keys=[first_id])
    second: Mapped[Ticket] = relationship(foreign_keys=[second_id])
    __table_args__ = (CheckConstraint("first_id < second_id", "order"), CheckConstraint("score BETWEEN 0 AND 1", "score"))


class RepeatLink(db.Model):
    """A ticket whose matter was told before: the earlier one was closed not long ago."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime]
    earlier: Mapped[Ticket] = relationship(foreign_keys=[earlier_id])
    __table_args__ = (CheckConstraint("ticket_id <> earlier_id", "not_itself"),)


class Comparison(db.Model):
    """What a ticket was when it was compared: its last words and its category. When one of them changes it is compared again."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    words_at: Mapped[datetime | None]
    leaf_code: Mapped[str | None]
