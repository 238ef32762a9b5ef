"""Surveys and every score given to them."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Numbered, db
from tickets.models import Ticket


class Survey(Numbered, db.Model):
    """The question about one answer round, attributed to the handler of that round. The first valid score counts."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"))
    round: Mapped[int]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    skipped: Mapped[str | None]
    score: Mapped[int | None]
    reason_code: Mapped[str | None]
    comment: Mapped[str] = mapped_column(server_default="")
    channel: Mapped[str | None]
    scored_at: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (UniqueConstraint("ticket_id", "round"),
                      CheckConstraint("score BETWEEN 1 AND 5", "score"),
                      CheckConstraint("(score IS NULL) = (scored_at IS NULL)", "scored_when"))


class SurveyScore(Numbered, db.Model):
    """Every score ever given, corrections too."""

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    score: Mapped[int]
    reason_code: Mapped[str | None]
    comment: Mapped[str] = mapped_column(server_default="")
    channel: Mapped[str]
    at: Mapped[datetime]
    counted: Mapped[bool]
