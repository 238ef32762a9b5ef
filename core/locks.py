"""Locks between processes, held by PostgreSQL until the transaction ends."""
from sqlalchemy import text

from core.db import db


def hold(space: str, number: int = 0) -> None:
    """Wait for, then hold, the lock (`space`, `number`) until commit or rollback."""
    db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:space), :number)"), {"space": space, "number": number})
