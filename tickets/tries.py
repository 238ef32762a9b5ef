"""Calls in vain: each time that somebody called a retailer and reached nobody."""
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Numbered, db


class CallTry(Numbered, db.Model):
    """Somebody called in vain in the answer round `round`. Only tries in different half-days count (tickets.half_days)."""

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    round: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
