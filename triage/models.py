"""What the machine learned from, what it learned, and what it proposed for each ticket."""
from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import SEVERITIES
from core.db import EMPTY_ARRAY, EMPTY_JSON, Numbered, db, one_of
from tickets.models import Ticket


class TriageCue(db.Model):
    """Words that raise a severity (kind `severity`) or tell what is wanted (kind `outcome`), see triage.cues; or what is spoken of

    (kind `subject`, triage.duplicates.subjects; `common` is for these).
    """

    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str] = mapped_column(server_default="")
    name_en: Mapped[str] = mapped_column(server_default="")
    severity: Mapped[str] = mapped_column(server_default="")
    when: Mapped[str] = mapped_column(server_default="")
    words: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    leaves: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    common: Mapped[bool] = mapped_column(server_default="false")
    position: Mapped[int] = mapped_column(server_default="0")
    __table_args__ = (CheckConstraint("kind IN ('severity', 'outcome', 'subject')", "known_kind"),
                      CheckConstraint(f"kind <> 'severity' OR {one_of('severity', SEVERITIES)}", "known_severity"))


class TriageExample(Numbered, db.Model):
    """A text whose category is known: from a pack, or from a ticket that a person decided (then it goes with the ticket)."""

    text: Mapped[str]
    leaf_code: Mapped[str] = mapped_column(ForeignKey("leaf.code"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), unique=True)
    corrects: Mapped[str | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
    __table_args__ = (Index("uq_triage_example_pack_text", sql("md5(text)"), unique=True, postgresql_where="ticket_id IS NULL"),)


class TriageModel(Numbered, db.Model):
    """One trained version with its scores; at most one is live. `refused` says why a new one did not go live.

    `confusion` is what cross-validation took the examples of each category for: {leaf: {taken for: examples}}.
    """

    made_at: Mapped[datetime]
    made_with: Mapped[str]
    blob: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(Computed("octet_length(blob)", persisted=True))
    examples: Mapped[int]
    from_people: Mapped[int]
    scores: Mapped[dict]
    confusion: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    threshold: Mapped[float]
    live: Mapped[bool] = mapped_column(server_default="false")
    live_since: Mapped[datetime | None]
    live_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    refused: Mapped[str] = mapped_column(server_default="")
    live_by: Mapped[User | None] = relationship()
    __table_args__ = (Index("uq_triage_model_one_live", "live", unique=True, postgresql_where="live"),)

    @property
    def usable(self) -> bool:
        """Older versions are kept as a line with their scores, without the model itself."""
        return self.size > 0


class TriageProposal(Numbered, db.Model):
    """What the machine made of one ticket, and what was decided. `ranking` holds [leaf, probability], the likeliest first.

    `waits` lists why a person must look; none means that it was dispatched unseen. `automatic` stays true when a person
    corrects it later, so that such corrections can be counted.
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), unique=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("triage_model.id"))
    at: Mapped[datetime]
    ranking: Mapped[list[dict]]
    severity: Mapped[str | None]
    hits: Mapped[list[dict]]
    facts: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    outcome: Mapped[str] = mapped_column(server_default="none")
    waits: Mapped[list[str]] = mapped_column(server_default=EMPTY_ARRAY)
    automatic: Mapped[bool] = mapped_column(server_default="false")
    decided_leaf: Mapped[str | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (Index("ix_triage_proposal_at", "at"),)

    @property
    def leaf(self) -> str | None:
        """The likeliest category."""
        return self.ranking[0]["leaf"] if self.ranking else None
