"""Where jobs wait: RQ on Redis or Valkey in real life, a plain list in tests."""
from datetime import datetime, timedelta

import structlog
from redis.exceptions import RedisError
from rq import Queue, Retry

from core import clock
from core.jobs import JOBS, run

log = structlog.get_logger()
HEAVY = "slow"
MANY = "many"  # messages that go to many at once: no answer to one reader waits behind them
QUEUES = ("urgent", "default", MANY, HEAVY)
# Seconds that a job may take. The usual ones run in the worker itself: rq holds them for abandoned 90 s after its last word.
TIMEOUTS = {"urgent": 60, "default": 60, MANY: 60, HEAVY: 900}
CROWDED = 200  # with so many waiting, sweeps add none: they would only bring the same rows again
PATIENCE = {"socket_timeout": 1, "socket_connect_timeout": 1}  # seconds: a Valkey that does not answer must not keep complaints out


class RqQueue:
    """Jobs on Redis. The database is the truth: a lost enqueue is logged and found again by the sweeps."""

    def __init__(self, connection):
        self.connection = connection
        self._queues = {name: Queue(name, connection=connection, serializer="json") for name in QUEUES}

    def named(self, name: str) -> Queue:
        """The RQ queue of this name, for workers."""
        return self._queues[name]

    def enqueue(self, name: str, *args) -> None:
        """Put the job `name` on its queue. A silent Redis is not an error for the caller."""
        self._put(name, args, lambda queue, *what, **how: queue.enqueue(*what, **how))

    def enqueue_at(self, at: datetime, name: str, *args) -> None:
        """Put the job `name` on its queue when `at` comes, within a second or two: the scheduler that a worker runs looks every second."""
        # RQ cuts off what is less than a second; a job that comes a moment too early finds nothing due and leaves it to the sweep.
        whole = at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)
        self._put(name, args, lambda queue, *what, **how: queue.enqueue_at(whole, *what, **how))

    def _put(self, name: str, args, put) -> None:
        job = JOBS[name]
        retry = Retry(max=len(job.retry), interval=list(job.retry)) if job.retry else None
        try:
            put(self._queues[job.queue], "core.jobs.perform", name, *args, retry=retry, result_ttl=60, failure_ttl=86400, job_timeout=TIMEOUTS[job.queue])
        except RedisError as error:
            log.warning("enqueue_lost", job=name, args=args, error=str(error))

    def enqueue_if_room(self, name: str, *args) -> None:
        """What sweeps and the schedule use: `enqueue`, unless the queue is crowded. The next round brings what still waits."""
        try:
            crowded = self._queues[JOBS[name].queue].count >= CROWDED
        except RedisError as error:
            log.warning("enqueue_lost", job=name, args=args, error=str(error))
            return
        if not crowded:
            self.enqueue(name, *args)


class MemoryQueue:
    """Jobs in a list; `run()` performs them, so a test reads as a story."""

    def __init__(self):
        self.waiting: list[tuple] = []
        self.later: list[tuple] = []  # (when, job, *arguments)

    def enqueue(self, name: str, *args) -> None:
        """Remember the job `name`; unknown names fail at once."""
        JOBS[name]
        self.waiting.append((name, *args))

    def enqueue_at(self, at: datetime, name: str, *args) -> None:
        """Remember the job `name` for later: `run` performs it once `at` has come."""
        JOBS[name]
        self.later.append((at, name, *args))

    def enqueue_if_room(self, name: str, *args) -> None:
        """`enqueue`, unless the queue of this job is crowded."""
        if sum(JOBS[waiting].queue == JOBS[name].queue for waiting, *_args in self.waiting) < CROWDED:
            self.enqueue(name, *args)

    def run(self, most: int = 1000) -> int:
        """Perform waiting jobs, those they enqueue too; returns how many ran. More than `most` means a loop: RuntimeError."""
        done = 0
        while self._come():
            if done == most:
                raise RuntimeError("jobs keep enqueueing jobs")
            name, *args = self.waiting.pop(0)
            run(name, *args)
            done += 1
        return done

    def _come(self) -> bool:
        """Take over what was put off until now; True if there is something to do."""
        now = clock.now()
        self.waiting += [entry[1:] for entry in self.later if entry[0] <= now]
        self.later = [entry for entry in self.later if entry[0] > now]
        return bool(self.waiting)

    def clear(self) -> None:
        """Forget everything, as an emptied Redis would."""
        self.waiting.clear()
        self.later.clear()
