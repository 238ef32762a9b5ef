"""Matters beside the main one of a ticket: what was proposed, what was decided, and whether the answer speaks of it."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import Leaf
from core.db import Numbered, db, one_of
from tickets.models import Ticket

STANDINGS = ("proposed", "refused", "along", "own")


class SecondMatter(Numbered, db.Model):
    """One more matter in the words of a ticket, with the words that it rests on; each category once a ticket.

    `own`: it became the ticket `linked`. `along`: it is answered with the main one; `spoken_round` is the answer round in which the answer
    last spoke of it. `sure` is the machine's probability, empty where a person added it.
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"))
    words: Mapped[str]
    sure: Mapped[float | None]
    standing: Mapped[str] = mapped_column(server_default="proposed")
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    linked_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), unique=True)
    spoken_round: Mapped[int | None]
    spoken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket: Mapped[Ticket] = relationship(foreign_keys=[ticket_id])
    linked: Mapped[Ticket | None] = relationship(foreign_keys=[linked_id])
    leaf: Mapped[Leaf] = relationship()
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    __table_args__ = (UniqueConstraint("ticket_id", "leaf_code"), CheckConstraint(one_of("standing", STANDINGS), "known_standing"),
                      CheckConstraint("(standing = 'own') = (linked_id IS NOT NULL)", "own_is_linked"),
                      CheckConstraint("(standing = 'proposed') = (decided_at IS NULL)", "decided"),
                      CheckConstraint("spoken_round IS NULL OR standing = 'along'", "spoken_of_along"),
                      CheckConstraint("linked_id <> ticket_id", "not_to_itself"))
