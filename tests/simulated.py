"""The simulator before the application of the tests: its requests go in without a network, its time is moved by hand."""
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random

from flask import Flask

from core import clock
from core.db import db
from simulator.clockwork import ByHand
from simulator.server import Simulator
from simulator.wire import Poster, Reply

ACCOUNT = "AC" + "5" * 32
TOKEN = "a-token-of-the-simulator"


def poster(app: Flask) -> Poster:
    """Carries a request of the simulator into the application."""
    base = app.config["PUBLIC_BASE_URL"].rstrip("/")

    def post(method: str, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
        assert url.startswith(base + "/"), url
        db.session.commit()  # the request gets a session of its own: a door whose work is not committed is found out
        with app.app_context():
            answer = app.test_client().open(url.removeprefix(base), base_url=base, method=method, data=dict(fields), headers=dict(headers))
        return Reply(answer.status_code, answer.text, answer.content_type)

    return post


@contextmanager
def simulated(app: Flask, **more) -> Iterator[Simulator]:
    """A simulator whose signature the application knows."""
    before, app.config["TWILIO_AUTH_TOKEN"] = app.config["TWILIO_AUTH_TOKEN"], TOKEN
    try:
        yield Simulator(app.config["PUBLIC_BASE_URL"], ACCOUNT, TOKEN, post=poster(app), chance=Random(7), clock=ByHand(clock.now()), **more)
    finally:
        app.config["TWILIO_AUTH_TOKEN"] = before
