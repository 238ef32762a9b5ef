"""What presses on a ticket: managers' demands, the retailer's urging, the levels to which it was raised."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import Numbered, db, one_of
from tickets.models import CHANNELS, Ticket

LEVELS = (1, 2, 3)


class Demand(Numbered, db.Model):
    """A manager's recorded demand with a deadline of its own: open until the handler answers it or the manager lifts it.

    Its time runs as the ticket's clock of kind `demand`; `due_at` is what was set at the beginning.
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    lifted_at: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    __table_args__ = (CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", "answered_by_somebody"),
                      CheckConstraint("answered_at IS NULL OR lifted_at IS NULL", "answered_or_lifted"),
                      Index("uq_demand_one_open", "ticket_id", unique=True, postgresql_where="answered_at IS NULL AND lifted_at IS NULL"))


class Urging(Numbered, db.Model):
    """The retailer is chasing, by whatever way; `by_id` is the member of staff who entered it."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    channel: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (CheckConstraint(one_of("channel", CHANNELS), "known_channel"),)


class Escalation(Numbered, db.Model):
    """A ticket was raised to a level, and why. `cause` tells two of the same kind apart: the clock, the round; each level once."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    level: Mapped[int]
    why: Mapped[str]
    cause: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (UniqueConstraint("ticket_id", "why", "cause", "level"), CheckConstraint("level BETWEEN 1 AND 3", "level"))
