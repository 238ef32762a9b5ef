"""Standard answers and their versions."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import EMPTY_JSON, Numbered, db, one_of

PURPOSES = ("ack", "ack_anonymous", "ask", "interim", "answer", "decline", "decline_noise", "transfer", "close", "close_fast", "survey",
            "survey_reminder", "reminder", "extension", "handover", "opted_in", "progress", "no_case", "help", "withdraw_ask", "withdraw_which",
            "withdrawn", "reopened", "notice", "shared_answer", "ack_beside", "ack_added")
STATUSES = ("draft", "approved", "retired")


class Answer(Numbered, db.Model):
    """One standard answer: what it is for, and in which leaf (None: in every leaf)."""

    code: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    leaf_code: Mapped[str | None] = mapped_column(ForeignKey("leaf.code"), index=True)
    versions: Mapped[list["AnswerVersion"]] = relationship(back_populates="answer", order_by="AnswerVersion.version.desc()")
    __table_args__ = (CheckConstraint(one_of("purpose", PURPOSES), "known_purpose"),)


class AnswerVersion(Numbered, db.Model):
    """The words of an answer in both languages. `parts_*` is a list of {"free": text} and {"locked": text}.

    Approved text never changes: an edit is a new version, approved by somebody else than its author. `provider_ids` maps a gateway to the
    ids under which it has the words registered, a language each: {"gateway": {"zh": "id"}}.
    """

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), index=True)
    version: Mapped[int]
    status: Mapped[str] = mapped_column(server_default="draft")
    title_zh: Mapped[str]
    title_en: Mapped[str]
    parts_zh: Mapped[list[dict]]
    parts_en: Mapped[list[dict]]
    provider_ids: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    answer: Mapped[Answer] = relationship(back_populates="versions")
    __table_args__ = (UniqueConstraint("answer_id", "version"), CheckConstraint(one_of("status", STATUSES), "known_status"),
                      CheckConstraint("approver_id IS NULL OR approver_id IS DISTINCT FROM author_id", "four_eyes"))

    def parts(self, lang: str) -> list[dict]:
        """The parts in zh or en."""
        return self.parts_zh if lang == "zh" else self.parts_en
