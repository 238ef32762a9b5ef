"""The stored reasons of every routing decision."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import Numbered, db


class RoutingDecision(Numbered, db.Model):
    """Who was considered, why not, and why this one. `candidates` holds one dict a person: id, name, load, cap, reasons, chosen."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    result: Mapped[str]
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    relaxed: Mapped[list[str]] = mapped_column(server_default="{}")
    needed_level: Mapped[int]
    candidates: Mapped[list[dict]]
    chosen: Mapped[User | None] = relationship()
    __table_args__ = (CheckConstraint("result IN ('handler', 'queue', 'manager', 'claimed')", "known_result"),
                      CheckConstraint("(result IN ('handler', 'claimed')) = (chosen_id IS NOT NULL)", "handler_is_named"))
