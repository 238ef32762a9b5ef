"""One embedded PostgreSQL and Valkey and one migrated schema a run; each test in a transaction that is rolled back."""
import socket
import tempfile
from pathlib import Path

import pytest
from flask_migrate import upgrade
from redis import Redis

from app import create_app
from core import settings
from core.db import db
from core.limits import limiter
from core.machine import embedded
from core.queue import MemoryQueue
from gateways.recording import RecordingGateway


@pytest.fixture(scope="session")
def services():
    """URLs of the two servers, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="redress-test-") as folder:
        root = Path(folder)
        with embedded.postgres(root / "pg", fsync="off", synchronous_commit="off") as database, embedded.valkey(root / "valkey") as redis:
            yield {"database": database, "redis": redis, "root": root}


def settings_for(services, **more) -> dict:
    """The configuration of a test application."""
    import config
    return config.load({"DATABASE_URL": services["database"], "REDIS_URL": services["redis"], "SECRET_KEY": "t" * 40,
                        "STORAGE_URL": f"file://{services['root']}/files", "DATA_DIR": str(services["root"]),
                        "PUBLIC_BASE_URL": "http://redress.test"}) | {"TESTING": True, "SERVER_NAME": None} | more


def never_rest() -> None:
    """Words go out at any hour: what a test sees must not depend on when it runs."""
    for key in ("quiet_from", "quiet_until"):
        settings.put(key, "00:00")


@pytest.fixture(scope="session")
def app(services):
    """One application, its schema made by the migrations."""
    app = create_app(settings_for(services, QUEUE=MemoryQueue(), GATEWAYS={"sms": RecordingGateway(), "email": RecordingGateway()}))
    limiter.enabled = False  # connected, but off: all tests share one address; those that test limits switch them on
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        from commands.packs import load as load_pack
        load_pack(Path(app.root_path) / "packs" / "standard")
        never_rest()
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()  # an open connection at exit is a warning, and warnings are errors
    app.extensions["redis"].close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Only this machine may be reached."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wants to reach {address}")
        return real(self, address)
    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def database(app):
    """A transaction around the test: commits inside become savepoints, everything is rolled back at the end."""
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        real_engines = db._app_engines[app]
        db._app_engines[app] = {None: connection}
        factory = db.session.session_factory
        factory.configure(join_transaction_mode="create_savepoint")
        app.extensions["queue"].clear()
        limiter.enabled = False  # another application made in this run switches the shared limiter on
        for gateway in app.extensions["gateways"].values():
            gateway.sent.clear()
        yield db
        db.session.remove()
        outer.rollback()
        connection.close()
        db._app_engines[app] = real_engines


@pytest.fixture
def queue(app, database):
    """The list of jobs; `queue.run()` performs them."""
    return app.extensions["queue"]


@pytest.fixture
def gateways(app, database):
    """What went out: gateways["sms"].sent, gateways["email"].sent."""
    return app.extensions["gateways"]


@pytest.fixture
def redis(services):
    """A real, empty Valkey."""
    connection = Redis.from_url(services["redis"])
    connection.flushall()
    return connection
