"""Categories, rules of the clocks, code lists, checklists, teams, certificates, leave and shifts on call."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import EMPTY_ARRAY, Numbered, db, one_of

SEVERITIES = ("S1", "S2", "S3", "S4")
ACCESS = ("open", "restricted", "sealed")
TYPES = ("complaint", "report", "request", "enquiry", "suggestion", "praise")
NOISE = "OTH.NOISE"  # wrong numbers, nonsense, advertising: the one category that the program itself must know


class Team(Numbered, db.Model):
    """A department that owns tickets; its queue takes what nobody can be found for."""

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default="true")


class Membership(db.Model):
    """Who belongs to which team. `cap` is the weighted load beyond which nothing is routed; `leads` marks the manager.

    `areas` are those of the shops that the person knows, none means everywhere.
    """

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    leads: Mapped[bool] = mapped_column(server_default="false")
    cap: Mapped[float] = mapped_column(server_default="12")
    areas: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    team: Mapped[Team] = relationship()


class LeafGroup(db.Model):
    """A first-level category."""

    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")


class Leaf(db.Model):
    """A category that tickets get: its owner team, default severity and what may be said and seen in it."""

    code: Mapped[str] = mapped_column(primary_key=True)
    group_code: Mapped[str] = mapped_column(ForeignKey("leaf_group.code"))
    name_zh: Mapped[str]
    name_en: Mapped[str]
    plain_zh: Mapped[str] = mapped_column(server_default="")
    plain_en: Mapped[str] = mapped_column(server_default="")
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    type: Mapped[str] = mapped_column(server_default="complaint")
    severity: Mapped[str]
    need: Mapped[str] = mapped_column(server_default="")
    may_promise: Mapped[bool] = mapped_column(server_default="false")
    access: Mapped[str] = mapped_column(server_default="open")
    desk_answer: Mapped[bool] = mapped_column(server_default="false")
    staff_conflict: Mapped[bool] = mapped_column(server_default="false")
    loss: Mapped[bool] = mapped_column(server_default="false")
    automatic: Mapped[bool] = mapped_column(server_default="true")
    compliance_copy: Mapped[bool] = mapped_column(server_default="false")
    active: Mapped[bool] = mapped_column(server_default="true")
    position: Mapped[int] = mapped_column(server_default="0")
    group: Mapped[LeafGroup] = relationship()
    team: Mapped[Team] = relationship()
    __table_args__ = (CheckConstraint(one_of("severity", SEVERITIES), "known_severity"),
                      CheckConstraint(one_of("access", ACCESS), "known_access"),
                      CheckConstraint(one_of("type", TYPES), "known_type"))

    @property
    def by_hand(self) -> bool:
        """Never dispatched without a person."""
        return self.access == "sealed" or not self.automatic


class SlaRule(db.Model):
    """How long one clock may run at one severity: `minutes` of working time, or of clock time if not `working`."""

    severity: Mapped[str] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    working: Mapped[bool] = mapped_column(server_default="true")
    __table_args__ = (CheckConstraint("minutes > 0", "positive"), CheckConstraint(one_of("severity", SEVERITIES), "known_severity"))


class EscalationRule(db.Model):
    """From which share of its allowed time on a running clock raises its ticket to a level: 100 is the moment at which it is over."""

    clock: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    percent: Mapped[int]
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 3", "level"), CheckConstraint("percent BETWEEN 100 AND 1000", "percent"))


class Code(db.Model):
    """An entry of a code list: outcome, root_cause, remedy, desired_outcome, redo_reason, return_reason, transfer_body, product."""

    list: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")
    active: Mapped[bool] = mapped_column(server_default="true")


class ChecklistItem(Numbered, db.Model):
    """What must be checked before a ticket of the leaf is answered."""

    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"), index=True)
    code: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]
    position: Mapped[int] = mapped_column(server_default="0")
    active: Mapped[bool] = mapped_column(server_default="true")
    __table_args__ = (UniqueConstraint("leaf_code", "code"),)


class Certificate(Numbered, db.Model):
    """Proof that somebody may handle a leaf or a whole group, level 1 to 4 (4 may review), until `expires`."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    scope: Mapped[str]
    level: Mapped[int]
    expires: Mapped[date | None]
    __table_args__ = (UniqueConstraint("user_id", "scope"), CheckConstraint("level BETWEEN 1 AND 4", "level"))


class Leave(Numbered, db.Model):
    """Days on which somebody is away, both ends included (local days). `stand_in_id` is asked first for what cannot wait."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]
    note: Mapped[str] = mapped_column(server_default="")
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    stand_in: Mapped[User | None] = relationship(foreign_keys=[stand_in_id])
    __table_args__ = (CheckConstraint("ends >= starts", "order"), CheckConstraint("stand_in_id <> user_id", "by_another"))


class DutyShift(Numbered, db.Model):
    """Hours for which somebody is on call outside working time; without a team for all of them."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    user: Mapped[User] = relationship()
    team: Mapped[Team | None] = relationship()
    __table_args__ = (CheckConstraint("ends_at > starts_at", "order"), Index("ix_duty_shift_ends_at", "ends_at"))
