"""Returns: a handler gives a ticket back, with the reason of the list, what speaks for it, and who or what he thinks it is for."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import Leaf, Team
from core.db import Numbered, db
from tickets.models import Ticket


class TicketReturn(Numbered, db.Model):
    """One return. `reason` is a code of the list return_reason; `leaf_code` and `owner_id` are proposals, `team_id` and `leaf_from` what it had.

    A proposal binds nobody: routing filters and weighs as ever, and shows what became of it.
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    reason: Mapped[str]
    evidence: Mapped[str]
    leaf_from: Mapped[str | None] = mapped_column(ForeignKey("leaf.code"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    leaf_code: Mapped[str | None] = mapped_column(ForeignKey("leaf.code"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket: Mapped[Ticket] = relationship()
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id])
    leaf: Mapped[Leaf | None] = relationship(foreign_keys=[leaf_code])
    team: Mapped[Team | None] = relationship()
    __table_args__ = (CheckConstraint("reason <> '' AND evidence <> ''", "with_grounds"), CheckConstraint("owner_id <> by_id", "to_another"),
                      Index("ix_ticket_return_at", "at"))
