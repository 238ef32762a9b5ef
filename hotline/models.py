"""Calls with what was said in them, recordings, and transcripts with their doubts."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import EMPTY_JSON, Numbered, db, one_of
from core.files import Attachment
from retailers.models import Retailer
from tickets.models import Ticket

STATES = ("menu", "waiting", "talking", "message", "ended")
OUTCOMES = ("answered", "message", "callback", "self_served", "missed", "abandoned")
FILED_AS = ("ticket", "linked", "noise", "nothing")


class Call(Numbered, db.Model):
    """One telephone call to the hotline; staff without telephony make one by hand (`provider` is then "desk").

    `state` is where the call is now: in the voice menu, waiting for staff, talking, leaving a message, ended. `outcome` is how it
    ended; `settled_at` is when a job last drew its consequences. `draft` is the form that whoever takes the call fills, saved as it is
    typed; `filed_as` what became of it.
    """

    provider: Mapped[str]
    sid: Mapped[str]
    caller: Mapped[str] = mapped_column(server_default="")
    dialled: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="zh")
    state: Mapped[str] = mapped_column(server_default="menu")
    outcome: Mapped[str | None]
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailer.id"), index=True)
    began_at: Mapped[datetime]
    waiting_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]
    draft: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    draft_at: Mapped[datetime | None]
    filed_as: Mapped[str | None]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    filed_at: Mapped[datetime | None]
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake_record.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="SET NULL"), index=True)
    meta: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    is_demo: Mapped[bool] = mapped_column(server_default="false")
    retailer: Mapped[Retailer | None] = relationship()
    ticket: Mapped[Ticket | None] = relationship()
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
    speeches: Mapped[list["Speech"]] = relationship(order_by="Speech.at, Speech.id", back_populates="call")
    recordings: Mapped[list["Recording"]] = relationship(order_by="Recording.id", back_populates="call")
    __table_args__ = (
        UniqueConstraint("provider", "sid"),
        CheckConstraint(one_of("state", STATES), "known_state"),
        CheckConstraint(one_of("outcome", OUTCOMES), "known_outcome"),
        CheckConstraint(one_of("filed_as", FILED_AS), "known_filing"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", "ended"),
        CheckConstraint("state <> 'talking' OR answered_at IS NOT NULL", "talking_since"),
        Index("ix_call_began_at", "began_at"),
        Index("ix_call_open", "state", postgresql_where="state <> 'ended'"),
        Index("ix_call_unsettled", "ended_at", postgresql_where="ended_at IS NOT NULL AND settled_at IS NULL"),
    )


class Speech(Numbered, db.Model):
    """Words that a machine heard in a call. `confidence` is 0 to 1 where the provider says one; `words` may hold one for each word."""

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    external_id: Mapped[str]
    speaker: Mapped[str] = mapped_column(server_default="caller")
    text: Mapped[str]
    confidence: Mapped[float | None]
    words: Mapped[list[dict]] = mapped_column(server_default="[]")
    at: Mapped[datetime]
    call: Mapped[Call] = relationship(back_populates="speeches")
    __table_args__ = (UniqueConstraint("call_id", "external_id"), CheckConstraint("confidence BETWEEN 0 AND 1", "confidence"))


class Recording(Numbered, db.Model):
    """A recording at the provider: `announced` until its bytes are in our storage, `gone` when nobody has them any more."""

    provider: Mapped[str]
    sid: Mapped[str]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    url: Mapped[str]
    seconds: Mapped[int | None]
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(server_default="announced")
    tries: Mapped[int] = mapped_column(server_default="0")
    not_before: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(server_default="")
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    deleted_there_at: Mapped[datetime | None]
    call: Mapped[Call | None] = relationship(back_populates="recordings")
    attachment: Mapped[Attachment | None] = relationship()
    __table_args__ = (
        UniqueConstraint("provider", "sid"),
        CheckConstraint("state IN ('announced', 'stored', 'gone', 'removed')", "known_state"),
        CheckConstraint("(state = 'stored') = (attachment_id IS NOT NULL)", "stored"),
        Index("ix_recording_announced", "at", postgresql_where="state = 'announced'"),
    )


class Transcript(Numbered, db.Model):
    """A conversation in writing. `original` is the text as it came and never changes; `turns` are what was read from it.

    A turn is {"speaker", "start", "end", "text", "confidence", "words"}; a mark is {"turn", "start", "end", "text", "why", "proposed",
    "decided", "by"}. Until every mark that must be confirmed is decided, its ticket is not dispatched.
    """

    source: Mapped[str]
    format: Mapped[str]
    filename: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="zh")
    original: Mapped[str]
    turns: Mapped[list[dict]]
    marks: Mapped[list[dict]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake_record.id", ondelete="CASCADE"), unique=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    ticket: Mapped[Ticket | None] = relationship()
    call: Mapped[Call | None] = relationship()
    __table_args__ = (CheckConstraint("source IN ('upload', 'paste', 'call')", "known_source"),)


class Reconciliation(Numbered, db.Model):
    """One comparison of what the provider has with what came to us."""

    provider: Mapped[str]
    since: Mapped[datetime]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    seen: Mapped[int] = mapped_column(server_default="0")
    admitted: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (Index("ix_reconciliation_began_at", "provider", "began_at"),)
