"""One Redress for a measure or a proof: servers, tables and processes as launch.py starts them, in a folder that is gone afterwards."""
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import psycopg
from flask import Flask
from redis import Redis

import config
import launch
from app import create_app
from core.db import db
from core.machine import data_folder
from core.machine.installation import Installation
from core.machine.leftovers import end_of
from core.machine.processes import Family, Program
from core.machine.web_address import Address

NOT_OURS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "STORAGE_URL", "PUBLIC_BASE_URL", "HOST", "PORT", "DATA_DIR", "MAIL_URL", "SMS_GATEWAY")
READY_SECONDS = 60
APPLICATION = "app:create_app()"
ALL = ("web", "worker-1", "worker-2", "scheduler")


class Stand:
    """An installation whose servers run and whose tables are made."""

    def __init__(self, place: Installation, environment: dict[str, str]):
        self.place, self.environment, self.url, self.folder = place, environment, place.address.url, place.folder
        self.programs = {program.name: program for program in launch.programs(place.address)}

    def flask(self, *words: str) -> str:
        """Run one flask command; what it printed. Raises CalledProcessError."""
        command = [*launch.FLASK, *words]
        return subprocess.run(command, cwd=launch.ROOT, env=self.environment, check=True, text=True, stdout=subprocess.PIPE).stdout

    @contextlib.contextmanager
    def running(self, *names: str, more: Sequence[Program] = ()) -> Iterator[Family]:
        """Run these programs of the launcher and `more`; with "web" from the moment it answers. Raises RuntimeError."""
        chosen = [*(self.programs[name] for name in names), *more]
        with Family(chosen, self.folder, self.environment, launch.say) as family:
            if "web" in names:
                self._await_web(family)
            family.start_rest()
            yield family

    def _await_web(self, family: Family) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self.place.address.answers("/health/ready"):
            if not family.check() or time.monotonic() > deadline:
                raise RuntimeError(f"The web server did not start: {end_of(family.log(self.programs['web'].name))}")
            time.sleep(0.05)

    @contextlib.contextmanager
    def app(self, **overrides) -> Iterator[Flask]:
        """The application inside this process, in an app context: to prepare rows with the real services and the real queue."""
        app = create_app(config.load(self.environment) | overrides)
        try:
            with app.app_context():
                yield app
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
            app.extensions["redis"].close()

    @contextlib.contextmanager
    def beside(self, application: str) -> Iterator[str]:
        """Serve another application with the same server, threads and database; yields its address."""
        other = Stand(replace(self.place, address=Address("127.0.0.1", free_port())), self.environment)
        web = other.programs["web"]
        other.programs["web"] = replace(web, name="beside", command=[application if word == APPLICATION else word for word in web.command])
        with other.running("web"):
            yield other.url

    def connect(self) -> psycopg.Connection:
        """A connection that commits each statement: for looking at rows from outside."""
        return psycopg.connect(self.environment["DATABASE_URL"].replace("+psycopg", ""), autocommit=True)

    def redis(self) -> Redis:
        """A connection to the queue's server."""
        return Redis.from_url(self.environment["REDIS_URL"])


@contextlib.contextmanager
def standing(**given: str) -> Iterator[Stand]:
    """Start the servers and make the tables; `given` are environment variables that win.

    One proxy is trusted, so that each client of a measure can name an address of its own in X-Forwarded-For.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # a measure that is stopped leaves no server behind
    with tempfile.TemporaryDirectory(prefix="redress-stand-", ignore_cleanup_errors=True) as folder:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        own = {"DATA_DIR": folder, "PORT": str(free_port()), "TRUSTED_PROXIES": "1", "SMS_GATEWAY": "console"}
        place = Installation.read(launch.ROOT, inherited | own | given)
        data_folder.prepare(place.folder)
        with place.services() as environment:
            stand = Stand(place, environment)
            stand.flask("setup")
            yield stand


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
