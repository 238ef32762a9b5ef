"""Staff, their sessions, their password links and the letters that bring them."""
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import EMPTY_ARRAY, Numbered, db

ROLES = ("hotline", "handler", "manager", "qa", "compliance", "liaison", "admin")
NOTIFY = ("page", "email", "sms")


class User(Numbered, UserMixin, db.Model):
    """A member of staff. Leavers stay as rows (`active` false), so that history keeps its names.

    `joined_on` is the day on which the person began to work here, if it is known; the account may be younger. `superior_id` is whom
    the person reports to beside those who lead the team.
    """

    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    language: Mapped[str] = mapped_column(server_default="zh")
    roles: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    password_hash: Mapped[str | None]
    must_change_password: Mapped[bool] = mapped_column(server_default="false")
    active: Mapped[bool] = mapped_column(server_default="true")
    notify_by: Mapped[str] = mapped_column(server_default="page")
    created_at: Mapped[datetime]
    joined_on: Mapped[date | None]
    left_at: Mapped[datetime | None]
    superior_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    is_demo: Mapped[bool] = mapped_column(server_default="false")
    __table_args__ = (
        CheckConstraint("roles <@ ARRAY['hotline','handler','manager','qa','compliance','liaison','admin']::text[]", "known_roles"),
        CheckConstraint("notify_by IN ('page', 'email', 'sms')", "known_notify"),
        CheckConstraint("superior_id <> id", "not_his_own_superior"),
        Index("ix_user_login_lower", text("lower(login)"), unique=True),
    )

    @property
    def is_active(self) -> bool:
        """Flask-Login refuses sign-in to those who left."""
        return self.active


class StaffSession(Numbered, db.Model):
    """One signed-in browser, kept as a row so that it can be listed and revoked. Only a hash of its token is stored."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(server_default="")
    agent: Mapped[str] = mapped_column(server_default="")
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class PasswordLink(Numbered, db.Model):
    """A link to set a password: an invitation or a reset. Works once, for a limited time; only a hash is stored."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class PasswordLetter(Numbered, db.Model):
    """A letter that is to bring somebody such a link: `wanted` until the mail server took it; `failed` is for a person to see to."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="wanted")
    wanted_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(server_default="")
    user: Mapped[User] = relationship()
    __table_args__ = (CheckConstraint("state IN ('wanted', 'sent', 'failed')", "known_state"),
                      CheckConstraint("purpose IN ('invite', 'reset')", "known_purpose"))
