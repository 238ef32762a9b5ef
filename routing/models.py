"""The stored reasons of every routing decision."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import EMPTY_JSON, Numbered, db


class RoutingDecision(Numbered, db.Model):
    """Who was considered, why not, and why this one, as routing.kept writes it: one dict a person, and what held for all of them.

    `basis` is empty where nothing was weighed: in claims, and in what was decided before there were scores. Where a manager named the
    person, it says who did, `finally` or not, and which note of the thread has the reason (routing.services.name).
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    result: Mapped[str]
    chosen_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    relaxed: Mapped[list[str]] = mapped_column(server_default="{}")
    needed_level: Mapped[int]
    candidates: Mapped[list[dict]]
    basis: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    chosen: Mapped[User | None] = relationship()

    @property
    def weighed(self) -> bool:
        """Was it a choice by figures, which can be made again?"""
        return "weights" in self.basis

    __table_args__ = (CheckConstraint("result IN ('handler', 'queue', 'manager', 'claimed')", "known_result"),
                      CheckConstraint("(result IN ('handler', 'claimed')) = (chosen_id IS NOT NULL)", "handler_is_named"),
                      Index("ix_routing_decision_chosen_id_at", "chosen_id", "at"))
