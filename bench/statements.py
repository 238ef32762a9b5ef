"""The SQL of one complaint: recorded from the real application, and said again with fresh keys by the bare page."""
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import event

from bench.retailer import hidden_fields
from core.db import db
from portal import form_key

WORDS = {"what": "货还没有送到", "kind": "complaint", "shop": "小店", "phone": "13800138000", "who": "open"}


@dataclass
class Recording:
    """What one request says to the database: (statement, parameters), a statement of None is the commit."""

    said: list[tuple[str | None, dict]] = field(default_factory=list)


@contextmanager
def recorded(app: Flask) -> Iterator[Recording]:
    """Everything that the application says to its database inside the block."""
    recording = Recording()

    def say(_connection, _cursor, statement, parameters, _context, _many):
        recording.said.append((statement, parameters))

    def commit(_connection):
        recording.said.append((None, {}))
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", say)
    event.listen(engine, "commit", commit)
    yield recording
    event.remove(engine, "before_cursor_execute", say)
    event.remove(engine, "commit", commit)


class Complaint:
    """One complaint filed in the real application: what each of its three requests said, and which keys in it must be fresh."""

    def __init__(self, app: Flask):
        client = app.test_client()
        client.get("/")  # what is read once a process is not part of a request
        with recorded(app) as self.form:
            page = client.get("/").text
        fields = hidden_fields(page)
        with recorded(app) as self.post:
            place = client.post("/", data=fields | WORDS).headers["Location"]
        with recorded(app) as self.receipt:
            assert client.get(place).status_code == 200
        with app.app_context():
            external_id = form_key.external_id(fields["form_key"])
            case_no = db.session.execute(db.text("SELECT case_no FROM intake_record WHERE external_id = :id"), {"id": external_id}).scalar_one()
        self.token = place.rsplit("/", 1)[-1]
        self.keys = {external_id: lambda: secrets.token_hex(20), case_no: lambda: f"{secrets.randbelow(10**10):010}", self.token: lambda: secrets.token_urlsafe(18)}

    def fresh(self) -> dict[str, str]:
        """New keys for old ones."""
        return {key: make() for key, make in self.keys.items()}


def replay(connection, recording: Recording, keys: dict[str, str]) -> None:
    """Say it all again on a psycopg connection, reading every result."""
    for statement, parameters in recording.said:
        if statement is None:
            connection.commit()
            continue
        cursor = connection.execute(statement, {name: _renewed(value, keys) for name, value in parameters.items()})
        if cursor.description:
            cursor.fetchall()
    connection.rollback()


def _renewed(value, keys: dict[str, str]):
    return keys.get(value, value) if isinstance(value, str) else value
