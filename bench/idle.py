"""Are the workers done? Asked of Redis from outside."""
import time
from collections.abc import Callable

from redis import Redis
from rq import Worker
from rq.registry import StartedJobRegistry

from core.queue import QUEUES, RqQueue

LOOKS, PAUSE = 8, 0.1


def wait_until_idle(connection: Redis, seconds: float = 300) -> float:
    """Wait until nothing is queued and nobody works; the moment (time.monotonic) from which that was so. Raises TimeoutError.

    Looked at several times: a job just taken is for a moment in no list.
    """
    queue, until = RqQueue(connection), time.monotonic() + seconds
    quiet, since = 0, time.monotonic()
    while quiet < LOOKS:
        if time.monotonic() > until:
            raise TimeoutError("the workers do not come to an end")
        quiet = quiet + 1 if _left(queue) == 0 else 0
        since = time.monotonic() if quiet <= 1 else since
        time.sleep(PAUSE)
    return since


def wait_for_workers(connection: Redis, count: int, seconds: float = 60) -> None:
    """Wait until so many workers take jobs: each has gone the way of a complaint once before it does. Raises TimeoutError."""
    wait_until(lambda: Worker.count(connection) >= count, seconds)


def wait_until(so: Callable[[], bool], seconds: float) -> None:
    """Ask again and again until it is so. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while not so():
        if time.monotonic() > until:
            raise TimeoutError(f"it is not so after {seconds} s")
        time.sleep(PAUSE)


def _left(queue: RqQueue) -> int:
    queues = [queue.named(name) for name in QUEUES]
    return sum(one.count + StartedJobRegistry(queue=one).get_job_count(cleanup=False) for one in queues)
