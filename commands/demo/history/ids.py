"""Fresh ids from the database's own sequences, a block at a time: nothing else that runs just now can get the same ones."""
from collections.abc import Iterator

from sqlalchemy import text

from core.db import db

BLOCK = 4_000
NUMBERED = ("ticket", "intake_record", "clock", "escalation", "demand", "ticket_return", "message", "outbound_message", "reply", "promise", "extension", "call_task", "call_try", "quality_check",
            "survey", "survey_score", "routing_decision", "audit_entry", "notice")


def fresh() -> dict[str, Iterator[int]]:
    """An endless row of ids for every table that has them."""
    return {table: _of(table) for table in NUMBERED}


def _of(table: str) -> Iterator[int]:
    block = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    while True:
        yield from db.session.scalars(block, {"table": table, "count": BLOCK}).all()
