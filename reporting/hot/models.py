"""Hot issues: each is one episode of one rise, told once."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import Leaf
from core.db import Numbered, db
from reporting.hot.scope import Scope
from tickets.parents import Parent


class HotLook(db.Model):
    """When an arrival last made somebody look at a category: in a flood not every complaint asks the same question again."""

    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"), primary_key=True)
    at: Mapped[datetime]


class HotIssue(Numbered, db.Model):
    """One rise from its first loud window to its last. `observed` to `p` are those of the most surprising window.

    `area` is empty and `route_id` NULL where it is everywhere; `ended_at` is set after a quiet day.
    """

    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"))
    area: Mapped[str] = mapped_column(server_default="")
    route_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    started_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    hours: Mapped[int]
    observed: Mapped[int]
    retailers: Mapped[int]
    expected: Mapped[float]
    p: Mapped[float]
    told_at: Mapped[datetime | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id", ondelete="SET NULL"), unique=True)
    leaf: Mapped[Leaf] = relationship()
    route: Mapped[User | None] = relationship()
    parent: Mapped[Parent | None] = relationship()
    __table_args__ = (
        CheckConstraint("started_at <= opened_at AND started_at <= last_at", "in_order"),
        CheckConstraint("route_id IS NULL OR area <> ''", "a_route_is_somewhere"),
        Index("uq_hot_issue_one_running", "leaf_code", "area", func.coalesce(route_id.column, 0), unique=True, postgresql_where="ended_at IS NULL"),
        Index("ix_hot_issue_opened_at", "opened_at"),
    )

    @property
    def scope(self) -> Scope:
        """Where it is."""
        return Scope(self.leaf_code, self.area, self.route_id or 0)
