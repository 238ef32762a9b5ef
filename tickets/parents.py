"""Parents: one cause of many retailers. A parent is no ticket; its children are, and each keeps its clocks, its number and its end."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import SEVERITIES, Leaf
from core.db import EMPTY_ARRAY, EMPTY_JSON, Numbered, db, one_of
from tickets.fitting import Rule
from tickets.models import Ticket

STANDINGS = ("attached", "left_out")


class Parent(Numbered, db.Model):
    """The cause, the rule by which tickets attach, the notice, and what all of them are answered.

    Without a `title` it is called by its category and place. `plain_*` is what the retailers call it; `words_found` holds what the answer says, {"zh": {"found", "remedy"}, "en": ...}.
    """

    title: Mapped[str]
    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"))
    area: Mapped[str] = mapped_column(server_default="")
    route_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    words: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    since: Mapped[datetime]
    severity: Mapped[str]
    plain_zh: Mapped[str]
    plain_en: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    noticed_at: Mapped[datetime | None]
    noticed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    words_found: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    outcome: Mapped[str | None]
    root_cause: Mapped[str | None]
    remedy: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    leaf: Mapped[Leaf] = relationship()
    route: Mapped[User | None] = relationship(foreign_keys=[route_id])
    opened_by: Mapped[User] = relationship(foreign_keys=[opened_by_id])
    noticed_by: Mapped[User | None] = relationship(foreign_keys=[noticed_by_id])
    resolved_by: Mapped[User | None] = relationship(foreign_keys=[resolved_by_id])
    __table_args__ = (
        CheckConstraint(one_of("severity", SEVERITIES), "known_severity"),
        CheckConstraint("(noticed_at IS NULL) = (noticed_by_id IS NULL)", "noticed_by_somebody"),
        CheckConstraint("(resolved_at IS NULL) = (resolved_by_id IS NULL)", "resolved_by_somebody"),
        CheckConstraint("resolved_at IS NULL OR (outcome IS NOT NULL AND root_cause IS NOT NULL AND words_found <> '{}')", "resolved_with_reasons"),
    )

    @property
    def number(self) -> str:
        """What people call it: the year in which it was opened, and its number."""
        return f"{self.opened_at:%y}-{self.id:03}"

    @property
    def rule(self) -> Rule:
        """Which tickets belong to it."""
        return Rule(self.leaf_code, self.area, self.route_id or 0, self.since, self.resolved_at, tuple(self.words))


class ParentTicket(db.Model):
    """A ticket that belongs to a parent, or that somebody left out of it for good. Without `by_id` the rule attached it."""

    parent_id: Mapped[int] = mapped_column(ForeignKey("parent.id", ondelete="CASCADE"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True, index=True)
    standing: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (CheckConstraint(one_of("standing", STANDINGS), "known_standing"),
                      Index("uq_parent_ticket_one_parent", "ticket_id", unique=True, postgresql_where="standing = 'attached'"))
