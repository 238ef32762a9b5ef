"""An application on a database of its own, where commits are real: for tests with several processes or connections."""
import re
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from app import create_app
from commands.packs import load as load_pack
from core.db import db
from core.queue import MemoryQueue
from gateways.recording import RecordingGateway
from tests.conftest import never_rest, settings_for


@contextmanager
def committed_app(services, name: str):
    """A new database `name` beside the others, with schema and standard pack; yields (app, URL) inside an app context."""
    server = services["database"].replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = re.sub(r"/postgres\?", f"/{name}?", services["database"])
    app = create_app(settings_for(services | {"database": url}, QUEUE=MemoryQueue(), RATELIMIT_ENABLED=False,
                                  GATEWAYS={"sms": RecordingGateway(), "email": RecordingGateway()}))
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        load_pack(Path(app.root_path) / "packs" / "standard")
        never_rest()
        db.session.commit()
        yield app, url
        db.session.remove()
        db.engine.dispose()
