"""Tickets and what hangs on them: clocks, the thread, replies, promises, call tasks."""
from datetime import datetime

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from catalog.models import SEVERITIES, TYPES, Leaf, Team
from core.db import EMPTY_JSON, Numbered, db, one_of
from core.files import Attachment
from retailers.models import Retailer
from tickets.closing_rule import WAYS
from tickets.lifecycle import OPEN, STATES

CHANNELS = ("web", "sms", "phone", "visit", "counter", "email", "file")
CLOCKS = ("ack", "triage", "sign", "contact", "update", "resolve", "callback", "info", "demand", "pass_on", "fast")


class Ticket(Numbered, db.Model):
    """One matter of one retailer. `state` changes only in tickets.services.transition."""

    case_no: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="received")
    version: Mapped[int] = mapped_column(server_default="1")
    type: Mapped[str] = mapped_column(server_default="complaint")
    leaf_code: Mapped[str | None] = mapped_column(ForeignKey("leaf.code"), index=True)
    severity: Mapped[str] = mapped_column(server_default="S3")
    subject: Mapped[str]
    wish: Mapped[str] = mapped_column(server_default="")
    desired_outcome: Mapped[str | None]
    problem: Mapped[str] = mapped_column(server_default="")
    order_no: Mapped[str] = mapped_column(server_default="")
    occurred: Mapped[str] = mapped_column(server_default="")
    amount: Mapped[str] = mapped_column(server_default="")
    facts: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)

    channel: Mapped[str]
    language: Mapped[str] = mapped_column(server_default="zh")
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailer.id"), index=True)
    shop_text: Mapped[str] = mapped_column(server_default="")
    contact_name: Mapped[str] = mapped_column(server_default="")
    contact_phone: Mapped[str | None] = mapped_column(index=True)
    contact_email: Mapped[str | None]
    captured_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    confidential: Mapped[bool] = mapped_column(server_default="false")
    anonymous: Mapped[bool] = mapped_column(server_default="false")
    sealed: Mapped[bool] = mapped_column(server_default="false")
    support_needs: Mapped[bool] = mapped_column(server_default="false")
    supervised: Mapped[bool] = mapped_column(server_default="false")
    named_ids: Mapped[list[int]] = mapped_column(db.ARRAY(db.Integer), server_default="{}")
    aside: Mapped[bool] = mapped_column(server_default="false")
    decider_ids: Mapped[list[int]] = mapped_column(db.ARRAY(db.Integer), server_default="{}")

    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"), index=True)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    former_ids: Mapped[list[int]] = mapped_column(db.ARRAY(db.Integer), server_default="{}")
    awaits_routing: Mapped[bool] = mapped_column(server_default="false")
    return_state: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))

    received_at: Mapped[datetime]
    dispatched_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_by_rule: Mapped[str | None]
    last_inbound_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    due_kind: Mapped[str | None]

    asks: Mapped[int] = mapped_column(server_default="0")
    returns: Mapped[int] = mapped_column(server_default="0")
    extensions: Mapped[int] = mapped_column(server_default="0")
    redos: Mapped[int] = mapped_column(server_default="0")
    escalation: Mapped[int] = mapped_column(server_default="0")
    urgings: Mapped[int] = mapped_column(server_default="0")

    outcome: Mapped[str | None]
    root_cause: Mapped[str | None]
    remedy: Mapped[str | None]
    cause_note: Mapped[str] = mapped_column(server_default="")
    accepted: Mapped[bool | None]
    score: Mapped[int | None]
    score_reason: Mapped[str] = mapped_column(server_default="")

    is_demo: Mapped[bool] = mapped_column(server_default="false")
    search_tokens: Mapped[str] = mapped_column(server_default="")
    search_vector: Mapped[str | None] = mapped_column(TSVECTOR, Computed("to_tsvector('simple', search_tokens)", persisted=True), deferred=True)

    leaf: Mapped[Leaf | None] = relationship()
    team: Mapped[Team | None] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    captured_by: Mapped[User | None] = relationship(foreign_keys=[captured_by_id])
    retailer: Mapped[Retailer | None] = relationship()
    merged_into: Mapped["Ticket | None"] = relationship(remote_side="Ticket.id")
    messages: Mapped[list["Message"]] = relationship(back_populates="ticket", order_by="Message.at, Message.id")
    clocks: Mapped[list["Clock"]] = relationship(back_populates="ticket", order_by="Clock.id")
    open_promises: Mapped[list["Promise"]] = relationship(
        primaryjoin="and_(Promise.ticket_id == Ticket.id, Promise.kept.is_(None))", order_by="Promise.due_at, Promise.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint(one_of("state", STATES), "known_state"),
        CheckConstraint(one_of("severity", SEVERITIES), "known_severity"),
        CheckConstraint(one_of("type", TYPES), "known_type"),
        CheckConstraint(one_of("channel", CHANNELS), "known_channel"),
        CheckConstraint("state NOT IN ('in_progress', 'in_review') OR assignee_id IS NOT NULL", "worked_on_by_somebody"),
        CheckConstraint("state NOT IN ('dispatched', 'in_progress', 'in_review', 'answered', 'closed') OR "
                        "(leaf_code IS NOT NULL AND desired_outcome IS NOT NULL AND team_id IS NOT NULL)", "classified"),
        CheckConstraint("(state = 'needs_info') = (return_state IS NOT NULL)", "asking_knows_the_way_back"),
        CheckConstraint("return_state IN ('received', 'in_progress')", "known_return_state"),
        CheckConstraint("state <> 'in_progress' OR signed_at IS NOT NULL", "signed"),
        CheckConstraint("state NOT IN ('answered', 'closed') OR answered_at IS NOT NULL", "answered"),
        CheckConstraint("state <> 'closed' OR (outcome IS NOT NULL AND root_cause IS NOT NULL AND remedy IS NOT NULL AND "
                        "(ended_by_id IS NULL) = (closed_by_rule IS NOT NULL))", "closed_with_reasons"),
        CheckConstraint("state <> 'closed' OR ended_by_id IS NULL OR ended_by_id IS DISTINCT FROM assignee_id", "never_closed_by_its_handler"),
        CheckConstraint(f"closed_by_rule IS NULL OR {one_of('closed_by_rule', WAYS)} AND state = 'closed'", "known_closing_rule"),
        CheckConstraint("(state IN ('closed', 'merged', 'declined', 'transferred', 'withdrawn')) = (ended_at IS NOT NULL)", "ended"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", "merged_into_one"),
        CheckConstraint("merged_into_id <> id", "not_into_itself"),
        CheckConstraint("NOT anonymous OR (contact_phone IS NULL AND contact_email IS NULL AND contact_name = '' AND retailer_id IS NULL)", "anonymous"),
        CheckConstraint("NOT anonymous OR pin_hash IS NOT NULL", "anonymous_has_pin"),
        CheckConstraint("asks <= 2 AND returns <= 2 AND extensions <= 1", "within_limits"),
        CheckConstraint("score BETWEEN 1 AND 5", "score"),
        CheckConstraint("assignee_id IS NULL OR state NOT IN ('dispatched', 'needs_info', 'in_progress', 'in_review') OR "
                        "NOT (assignee_id = ANY(named_ids))", "never_to_the_person_named"),
        Index("ix_ticket_state_due", "state", "due_at"),
        Index("ix_ticket_received_at", "received_at"),
        Index("ix_ticket_search", "search_vector", postgresql_using="gin"),
    )

    @property
    def is_open(self) -> bool:
        """True while somebody has to do something."""
        return self.state in OPEN

    @property
    def round(self) -> int:
        """The answer round: 1, and one more for each redo."""
        return self.redos + 1


class Clock(Numbered, db.Model):
    """One promise of time. `at_70` and `at_90` are the warning instants; the fired columns make each warning happen once."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    original_due_at: Mapped[datetime]
    at_70: Mapped[datetime]
    at_90: Mapped[datetime]
    minutes: Mapped[int]
    working: Mapped[bool]
    paused_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    fired_70: Mapped[datetime | None]
    fired_90: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship(back_populates="clocks")
    __table_args__ = (CheckConstraint(one_of("kind", CLOCKS), "known_kind"),
                      Index("ix_clock_running", "due_at", postgresql_where="stopped_at IS NULL AND paused_at IS NULL"),
                      Index("uq_clock_one_running", "ticket_id", "kind", unique=True, postgresql_where="stopped_at IS NULL"))


class Message(Numbered, db.Model):
    """One entry of the thread: in (from the retailer), out (to him), call (spoken), note (staff only), system (what happened)."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    channel: Mapped[str] = mapped_column(server_default="")
    purpose: Mapped[str] = mapped_column(server_default="")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    author_name: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(server_default="zh")
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("intake_record.id", use_alter=True))
    answer_code: Mapped[str | None]
    answer_version: Mapped[int | None]
    delivery: Mapped[str] = mapped_column(server_default="none")
    delivery_note: Mapped[str] = mapped_column(server_default="")
    dedupe_key: Mapped[str | None] = mapped_column(unique=True)
    ticket: Mapped[Ticket] = relationship(back_populates="messages")
    author: Mapped[User | None] = relationship()
    attachments: Mapped[list[Attachment]] = relationship(order_by=Attachment.id)
    __table_args__ = (CheckConstraint("kind IN ('in', 'out', 'call', 'note', 'system')", "known_kind"),
                      CheckConstraint("delivery IN ('none', 'page', 'queued', 'sending', 'sent', 'delivered', 'failed', 'unknown')", "known_delivery"))


class Reply(Numbered, db.Model):
    """The answer of one round while it is written and reviewed: rendered text, what it came from, and the reviewer's word.

    `score` is the retailer's, once the round is over because it had to be done again.
    """

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("answer_version.id"))
    language: Mapped[str]
    values: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    parts: Mapped[list[dict]]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="draft")
    comment: Mapped[str] = mapped_column(server_default="")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    score: Mapped[int | None]
    at: Mapped[datetime]
    __table_args__ = (CheckConstraint("state IN ('draft', 'submitted', 'sent_back', 'sent')", "known_state"),
                      CheckConstraint("reviewer_id IS NULL OR reviewer_id <> author_id", "four_eyes"),
                      CheckConstraint("score BETWEEN 1 AND 5", "score"),
                      Index("ix_reply_sent", "ticket_id", "round", "author_id", "score", postgresql_where="state = 'sent'"),
                      Index("uq_reply_one_open", "ticket_id", unique=True, postgresql_where="state IN ('draft', 'submitted')"))


class Promise(Numbered, db.Model):
    """A dated commitment made to the retailer."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    due_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kept: Mapped[bool | None]
    settled_at: Mapped[datetime | None]


class Extension(Numbered, db.Model):
    """A request for more time, and the manager's decision."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str]
    new_due_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    approved: Mapped[bool | None]
    __table_args__ = (CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", "four_eyes"),
                      Index("uq_extension_one_open", "ticket_id", unique=True, postgresql_where="decided_at IS NULL"))


class CallTask(Numbered, db.Model):
    """Somebody has to call: a message could not be delivered, a low score, a bare stop word."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    result: Mapped[str] = mapped_column(server_default="")
    note: Mapped[str] = mapped_column(server_default="")
    ticket: Mapped[Ticket] = relationship()
    __table_args__ = (CheckConstraint("result IN ('', 'reached', 'unreached', 'not_needed')", "known_result"),)


class ChecklistMark(db.Model):
    """An item of the leaf's checklist that was checked for this ticket."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class MergeRefusal(db.Model):
    """Two tickets that somebody found not to be the same matter; never proposed again. Lower id first."""

    first_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    __table_args__ = (CheckConstraint("first_id < second_id", "order"),)


class QualityCheck(Numbered, db.Model):
    """What QA thinks of one answered round: passed or not, and why."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("ticket_id", "round"),)
