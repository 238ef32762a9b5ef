"""The audit trail: who did what to which thing, in one grammar: `<thing>.<verb in the past>`."""
import enum
from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from core import clock
from core.actor import Actor
from core.db import EMPTY_JSON, db


class Did(enum.StrEnum):
    """Every action that leaves a trace."""

    TICKET_OPENED = "ticket.opened"
    TICKET_MOVED = "ticket.moved"
    TICKET_TRIAGED = "ticket.triaged"
    TICKET_SHOP_NAMED = "ticket.shop_named"
    TICKET_STAFF_NAMED = "ticket.staff_named"
    TICKET_ASSIGNED = "ticket.assigned"
    TICKET_ROUTED = "ticket.routed"
    TICKET_DECIDERS_NAMED = "ticket.deciders_named"
    TICKET_NOTED = "ticket.noted"
    TICKET_MESSAGED = "ticket.messaged"
    TICKET_SEALED = "ticket.sealed"
    TICKET_UNSEALED = "ticket.unsealed"
    TICKET_SEVERITY_CHANGED = "ticket.severity_changed"
    TICKET_SECOND_DECIDED = "ticket.second_decided"
    TICKET_MERGE_REFUSED = "ticket.merge_refused"
    TICKET_REPEATED = "ticket.repeated"
    TICKET_SUPERVISED = "ticket.supervised"
    TICKET_ESCALATED = "ticket.escalated"
    TICKET_URGED = "ticket.urged"
    DEMAND_ANSWERED = "demand.answered"
    TICKET_RATED = "ticket.rated"
    TICKET_CHECKED = "ticket.checked"
    TICKET_QUALITY_SEEN = "ticket.quality_seen"
    TICKET_LEFT_OUT = "ticket.left_out"
    PARENT_OPENED = "parent.opened"
    PARENT_GATHERED = "parent.gathered"
    PARENT_NOTICED = "parent.noticed"
    PARENT_RESOLVED = "parent.resolved"
    HOT_ISSUE_OPENED = "hot_issue.opened"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_DECIDED = "extension.decided"
    PROMISE_MADE = "promise.made"
    PROMISE_SETTLED = "promise.settled"
    CALL_TASK_DONE = "call_task.done"
    CALLED_IN_VAIN = "call_task.in_vain"
    CALL_TASK_OPENED = "call_task.opened"
    INTAKE_STORED = "intake.stored"
    IDENTITY_SEEN = "identity.seen"
    FILE_SEEN = "file.seen"
    MESSAGE_SENT = "message.sent"
    MESSAGE_FAILED = "message.failed"
    USER_SIGNED_IN = "user.signed_in"
    USER_SIGN_IN_FAILED = "user.sign_in_failed"
    USER_SIGNED_OUT = "user.signed_out"
    USER_INVITED = "user.invited"
    USER_CHANGED = "user.changed"
    USER_LEFT = "user.left"
    USER_TAKEN_BACK = "user.taken_back"
    USER_PASSWORD_CHANGED = "user.password_changed"
    USER_PASSWORD_RESET_ASKED = "user.password_reset_asked"
    SESSION_REVOKED = "session.revoked"
    LEAVE_ENTERED = "leave.entered"
    DUTY_ENTERED = "duty.entered"
    RELATION_DECLARED = "relation.declared"
    CERTIFICATE_CHANGED = "certificate.changed"
    SETTING_CHANGED = "setting.changed"
    CATALOG_CHANGED = "catalog.changed"
    ANSWER_CHANGED = "answer.changed"
    RETAILER_CHANGED = "retailer.changed"
    IMPROVEMENT_FOUND = "improvement.found"
    IMPROVEMENT_MOVED = "improvement.moved"
    IMPROVEMENT_GIVEN = "improvement.given"
    IMPROVEMENT_PLANNED = "improvement.planned"
    IMPROVEMENT_ACTED = "improvement.acted"
    CALL_TAKEN = "call.taken"
    CALL_FILED = "call.filed"
    RECORDING_HEARD = "recording.heard"
    TRANSCRIPT_ADDED = "transcript.added"
    TRANSCRIPT_CONFIRMED = "transcript.confirmed"
    KNOCK_SEEN = "knock.seen"
    KNOCK_ADMITTED = "knock.admitted"
    KNOCK_DISCARDED = "knock.discarded"
    OPT_OUT_SET = "opt_out.set"
    OPT_OUT_LIFTED = "opt_out.lifted"
    JOB_RETRIED = "job.retried"
    TRIAGE_MODEL_LIVE = "triage_model.live"
    TRIAGE_MODEL_REFUSED = "triage_model.refused"
    DATA_IMPORTED = "data.imported"
    DEMO_REMOVED = "demo.removed"


class AuditEntry(db.Model):
    """One trace. Rows are only ever added; a trigger in the database refuses changes."""

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[str]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(index=True)
    target: Mapped[str] = mapped_column(server_default="")
    sealed: Mapped[bool] = mapped_column(server_default="false")
    detail: Mapped[dict] = mapped_column(server_default=EMPTY_JSON)
    __table_args__ = (Index("ix_audit_entry_at", "at"),)


def record(actor: Actor, action: Did, *, ticket=None, target: str = "", **detail) -> None:
    """Leave a trace in the present transaction. `detail` must be JSON; put no sealed text in it."""
    db.session.add(AuditEntry(
        at=clock.now(), actor_kind=actor.kind, actor_id=actor.id, actor_name=actor.name, action=action.value,
        ticket_id=ticket.id if ticket else None, sealed=bool(ticket and ticket.sealed), target=target, detail=detail))
