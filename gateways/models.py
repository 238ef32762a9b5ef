"""What knocked at our doors: how often, and what was refused."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Numbered, db


class DoorCount(db.Model):
    """How many requests a door took, refused, and refused without room to keep them, a day (the organisation's own).

    Spread over some rows (`slot`): in a single one every request would wait for the commit of the one before it.
    """

    day: Mapped[date] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True, server_default="0")
    taken: Mapped[int] = mapped_column(server_default="0")
    refused: Mapped[int] = mapped_column(server_default="0")
    dropped: Mapped[int] = mapped_column(server_default="0")


class Quarantined(Numbered, db.Model):
    """A refused request, kept as it came up to a limit, until a person admits or discards it or its time is over."""

    door: Mapped[str]
    rest: Mapped[str] = mapped_column(server_default="")
    at: Mapped[datetime]
    why: Mapped[str]
    url: Mapped[str]
    remote: Mapped[str]
    headers: Mapped[list[dict]]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    cut: Mapped[bool] = mapped_column(server_default="false")
    state: Mapped[str] = mapped_column(server_default="waiting")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    __table_args__ = (CheckConstraint("state IN ('waiting', 'admitted', 'discarded')", "known_state"),
                      CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", "decided_when"),
                      Index("ix_quarantined_at", "at"), Index("ix_quarantined_waiting", "why", postgresql_where="state = 'waiting'"))
