"""The rows that say when each periodic job is due next."""
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from core.db import db


class ScheduledJob(db.Model):
    """When a periodic job is due next."""

    job: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
