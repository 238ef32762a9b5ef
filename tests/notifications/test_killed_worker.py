"""A real worker, killed with SIGKILL while the mail server has the words and the database does not know it yet."""
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from core import clock
from core.actor import SYSTEM
from core.db import db
from core.jobs import run
from core.queue import RqQueue
from notifications.models import OutboundMessage
from tests import builders
from tests.committed import committed_app
from tests.gateways.mail_catcher import catching
from tickets.models import CallTask
from tickets.services import conversation

pytestmark = pytest.mark.proof
ROOT = Path(__file__).parents[2]


@contextmanager
def worker(environment, *arguments):
    process = subprocess.Popen([sys.executable, "worker.py", *arguments], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_for(holds, seconds=30):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def row():
    db.session.rollback()
    return db.session.scalar(db.select(OutboundMessage))


def kill_all(process):
    """What a power cut does, or the machine when memory is short."""
    pids = children(process)
    process.kill()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def test_it_goes_out_once_and_somebody_calls(services, redis):
    with committed_app(services, "killed_worker") as (_app, url), catching() as (catcher, port):
        environment = os.environ | {"DATABASE_URL": url, "REDIS_URL": services["redis"], "SECRET_KEY": "t" * 40, "DATA_DIR": str(services["root"]),
                                    "STORAGE_URL": f"file://{services['root']}/files", "MAIL_URL": f"smtp://127.0.0.1:{port}"}
        catcher.delay = 6
        ticket = builders.ticket("in_progress", shop=builders.retailer(phone=None, email="shop@example.test"))
        message = conversation.say(ticket, SYSTEM, "We are working on it.", "interim")
        db.session.commit()
        queue = RqQueue(Redis.from_url(services["redis"]))
        queue.enqueue("deliver", message.id)
        with worker(environment) as process:
            wait_for(lambda: len(catcher.messages) == 1)
            kill_all(process)
        assert row().state == "sending"
        catcher.delay = 0
        deliver_again(queue, environment, message.id)
        assert row().state == "sending"
        with clock.frozen(clock.now() + timedelta(minutes=4)):
            run("sweep_messages")
            run("sweep_messages")
        deliver_again(queue, environment, message.id)
        assert (row().state, row().attempts, message.delivery) == ("unknown", 1, "unknown")
        assert db.session.scalars(db.select(CallTask.dedupe_key)).all() == [f"undelivered:{row().id}"]
        assert [mail["To"] for mail in catcher.messages] == ["shop@example.test"]


def deliver_again(queue, environment, message_id):
    """Both jobs come once more, as after a redelivery, and a fresh worker performs them."""
    queue.enqueue("deliver", message_id)
    queue.enqueue("transmit", row().id)
    with worker(environment, "--burst") as process:
        process.wait(60)
