"""The raw record of everything that came in, before anything is understood."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import EMPTY_JSON, Numbered, db
from core.files import Attachment


class IntakeRecord(Numbered, db.Model):
    """One arrival, unchanged. `raw` never changes (a trigger refuses it); state tells how far it got.

    `external_id` is what the sender's system or form calls it: the pair (channel, external_id) makes a repeat harmless.
    `sender` is the number that it came from, where the channel knows one; before `not_before` a part of it may still be missing.
    A part of a longer text names in `joined_to_id` the record that speaks for all. `meta["read"]` is what was made of the raw words
    (the parts put together) and goes before them. `case_no` and `token` are promised to the sender at once, before a ticket exists.
    """

    channel: Mapped[str]
    external_id: Mapped[str]
    sender: Mapped[str | None]
    received_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("intake_record.id"), index=True)
    raw: Mapped[dict]
    case_no: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str | None]
    sealed: Mapped[bool] = mapped_column(server_default="false")
    captured_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    state: Mapped[str] = mapped_column(server_default="stored")
    recognised_as: Mapped[str | None]
    error: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(server_default="false")
    meta: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    attachments: Mapped[list[Attachment]] = relationship(order_by=Attachment.id)
    parts: Mapped[list["IntakeRecord"]] = relationship(order_by="IntakeRecord.received_at, IntakeRecord.id")
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        CheckConstraint("state IN ('stored', 'done', 'failed')", "known_state"),
        CheckConstraint("state <> 'done' OR recognised_as IS NOT NULL", "done_knows_what_it_was"),
        CheckConstraint("joined_to_id <> id", "not_to_itself"),
        Index("ix_intake_record_sender", "sender", "received_at"),
        Index("ix_intake_record_waiting", "received_at", postgresql_where="state = 'stored'"),
    )
