"""Real workers that are killed with their whole process tree, as a power cut or a short memory kills them."""
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
from rq import Worker
from rq.worker import WorkerStatus

from bench.idle import wait_until_idle
from bench.stand import Stand
from core.machine.leftovers import end_of
from core.queue import RqQueue

ROOT = Path(__file__).resolve().parents[2]


def wait_for(holds, seconds: float = 30, why: str = "it did not happen in time"):
    """Look until `holds()` is true, and give it back; fails after `seconds`."""
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, why
        time.sleep(0.02)
    return found


def kill_tree(pid: int) -> None:
    """SIGKILL a process and everything below it; a worker may have forks with groups of their own, so a group is not enough."""
    os.kill(pid, signal.SIGSTOP)  # it starts no further fork while we look
    for process in [*psutil.Process(pid).children(recursive=True), psutil.Process(pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


class Workforce:
    """Any number of `python worker.py`; a context manager that leaves none behind."""

    def __init__(self, stand: Stand):
        self.stand, self.workers, self.killed = stand, [], 0
        self.queue = RqQueue(stand.redis())
        self.log = stand.folder / "logs" / "workers.log"

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        while self.workers:
            self.kill(0)
        self.queue.connection.close()

    def hire(self, count: int = 1) -> None:
        """Start workers."""
        with self.log.open("ab") as log:
            self.workers += [subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env=self.stand.environment, stdout=log, stderr=log)
                             for _ in range(count)]

    def kill(self, index: int = 0) -> None:
        """Kill one worker with all below it."""
        worker = self.workers.pop(index)
        if worker.poll() is None:
            kill_tree(worker.pid)
        worker.wait()
        self.killed += 1

    def busy(self) -> list[int]:
        """Which workers are at work just now. None of them may have ended by itself."""
        assert all(worker.poll() is None for worker in self.workers), end_of(self.log)
        at_work = {known.pid for known in Worker.all(connection=self.queue.connection) if known.get_state() == WorkerStatus.BUSY}
        return [index for index, worker in enumerate(self.workers) if worker.pid in at_work]

    def idle(self, seconds: float = 60) -> None:
        """Wait until nothing is queued and nobody works."""
        wait_until_idle(self.queue.connection, seconds)
