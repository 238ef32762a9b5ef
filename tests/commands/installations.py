"""Installations of their own: each with its own database on the tests' server and its own folder of files."""
import contextlib
from collections.abc import Iterator
from pathlib import Path

import psycopg

import config
from app import create_app
from core.db import db
from core.queue import MemoryQueue
from gateways.recording import RecordingGateway


def address(url: str) -> str:
    """The URL as psycopg takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


@contextlib.contextmanager
def installation(services: dict, folder: Path, name: str) -> Iterator:
    """An application on a new, empty database."""
    with psycopg.connect(address(services["database"]), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    app = create_app(_settings(services, folder, name))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        with psycopg.connect(address(services["database"]), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _settings(services: dict, folder: Path, name: str) -> dict:
    loaded = config.load({"DATABASE_URL": services["database"].replace("/postgres?", f"/{name}?"), "REDIS_URL": services["redis"],
                          "SECRET_KEY": "b" * 40, "STORAGE_URL": f"file://{folder}/{name}", "DATA_DIR": str(folder)})
    return loaded | {"TESTING": True, "QUEUE": MemoryQueue(), "GATEWAYS": {"sms": RecordingGateway(), "email": RecordingGateway()}}


def call(app, *args, code: int = 0) -> str:
    """Run one flask command in English; its output."""
    result = app.test_cli_runner(env={"LC_ALL": "C.UTF-8"}).invoke(args=[str(arg) for arg in args])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output
