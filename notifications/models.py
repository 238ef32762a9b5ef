"""Messages on their way out, and the notices of the staff."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.db import Numbered, db, one_of
from notifications.manners import LANES
from tickets.models import Ticket

STATES = ("queued", "sending", "sent", "delivered", "failed", "unknown", "cancelled")


class OutboundMessage(Numbered, db.Model):
    """One message to one address. `dedupe_key` makes it unique; it leaves `queued` before the network is touched,

    so a worker killed in between leaves `sending`, which becomes `unknown` and a call task, never a second message. `reference` names it
    to the gateway and in delivery reports; `reason` is why it waits or failed, one of ours, `error` the gateway's own words.
    """

    channel: Mapped[str]
    address: Mapped[str]
    subject: Mapped[str] = mapped_column(server_default="")
    body: Mapped[str]
    purpose: Mapped[str]
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str] = mapped_column(unique=True, server_default=text("replace(gen_random_uuid()::text, '-', '')"))
    lane: Mapped[str] = mapped_column(server_default="single")
    segments: Mapped[int] = mapped_column(server_default="0")
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(server_default="queued")
    not_before: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    gateway: Mapped[str] = mapped_column(server_default="")
    gateway_id: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(server_default="")
    error: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    ticket: Mapped[Ticket | None] = relationship()
    __table_args__ = (CheckConstraint("state IN ('queued','sending','sent','delivered','failed','unknown','cancelled')", "known_state"),
                      CheckConstraint("channel IN ('sms', 'email')", "known_channel"),
                      CheckConstraint(one_of("lane", LANES), "known_lane"),
                      CheckConstraint("state NOT IN ('sent', 'delivered') OR sent_at IS NOT NULL", "sent_when"),
                      Index("ix_outbound_message_address", "address", "claimed_at"),
                      Index("ix_outbound_message_lost", "created_at", postgresql_where="state IN ('failed', 'unknown')"),
                      Index("ix_outbound_message_said", "address", "created_at"),
                      Index("ix_outbound_message_due", "created_at", postgresql_where="state IN ('queued', 'sending')"))


class GatewayPace(db.Model):
    """When the next message may go through a gateway: every worker takes its turn from this row."""

    gateway: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class Notice(Numbered, db.Model):
    """A line for a member of staff, in the page's bell; `path` leads to what is no ticket."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(server_default="")
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()
    ticket: Mapped[Ticket | None] = relationship()
