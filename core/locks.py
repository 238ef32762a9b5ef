"""Locks between processes, held by PostgreSQL until the transaction ends."""
from sqlalchemy import text

from core.db import db


def hold(space: str, number: int = 0) -> None:
    """Wait for, then hold, the lock (`space`, `number`) until commit or rollback."""
    db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:space), :number)"), {"space": space, "number": number})


def hold_for(space: str, name: str) -> None:
    """`hold` for something that has a name and no number; two names may share a lock, which costs a moment and no more."""
    db.session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:space), hashtext(:name))"), {"space": space, "name": name})
