"""Child processes with a log file each: started together, watched, started again, stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from core.machine.leftovers import end_leftover, end_of

STOP_SECONDS = 20
PAUSE_SECONDS = 10  # a program that ends at once is not started more often than this
LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Program:
    """One child; when an essential one ends there is nothing left to keep running."""

    name: str
    folder: Path
    command: Sequence[str]
    essential: bool = False


class Family:
    """The children of one launcher; a context manager that starts the essential ones, and stops all of them.

    `start_rest` starts the others: a person waits for the web server, so it has the processors to itself until it answers.
    """

    def __init__(self, programs: Sequence[Program], folder: Path, environment: dict[str, str],
                 say: Callable[[str], None]):
        self.programs, self.folder, self.environment, self.say = programs, folder, environment, say
        self.running: dict[str, subprocess.Popen] = {}
        self._started: dict[str, float] = {}
        self._reported: set[str] = set()

    def __enter__(self) -> Family:
        with contextlib.ExitStack() as undo:
            undo.callback(self.stop)
            for program in self.programs:
                if program.essential:
                    self._start(program)
            undo.pop_all()
        return self

    def start_rest(self) -> None:
        """Start what does not run yet."""
        for program in self.programs:
            if program.name not in self.running:
                self._start(program)

    def __exit__(self, *_: object) -> None:
        self.stop()

    def check(self) -> bool:
        """Report what ended and start it again; False when an essential program ended."""
        ended = [program for program in self.programs if program.name in self.running and self.running[program.name].poll() is not None]
        for program in ended:
            long_enough = time.monotonic() - self._started[program.name] > PAUSE_SECONDS
            # A worker that has done enough ends by itself to be replaced: nobody need hear of that.
            if program.essential or self.running[program.name].returncode or not long_enough:
                self._report(program)
            if not program.essential and long_enough:
                self._start(program)
        return not any(program.essential for program in ended)

    def stop(self) -> None:
        """Ask all of them to end, wait STOP_SECONDS, then kill what is left with its own children."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for name, process in self.running.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0, deadline - time.monotonic()))
            _kill_rest(process)
            self._pid_file(name).unlink(missing_ok=True)

    def _start(self, program: Program) -> None:
        # A session of its own: Ctrl-C reaches only the launcher, which then stops them in order.
        with _opened_log(self.log(program.name)) as log:
            process = subprocess.Popen(program.command, cwd=program.folder, env=self.environment,
                                       stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        self.running[program.name] = process
        self._started[program.name] = time.monotonic()
        self._reported.discard(program.name)
        self._pid_file(program.name).write_text(str(process.pid))

    def _report(self, program: Program) -> None:
        if program.name in self._reported:
            return
        self._reported.add(program.name)
        code, log = self.running[program.name].returncode, self.log(program.name)
        self.say(f"{program.name} ended unexpectedly (exit code {code}). The end of {log}:\n{end_of(log)}")

    def log(self, name: str) -> Path:
        """Where the words of the program `name` go."""
        return self.folder / "logs" / f"{name}.log"

    def _pid_file(self, name: str) -> Path:
        return self.folder / "run" / f"{name}.pid"


def end_leftovers(folder: Path) -> None:
    """Stop the children of a launcher that was killed. Raises RuntimeError when one does not stop."""
    for pid_file in sorted((folder / "run").glob("*.pid")):
        end_leftover(pid_file, "python", signal.SIGTERM)


def _opened_log(path: Path):
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _kill_rest(process: subprocess.Popen) -> None:
    """Kill what is left of a child: itself, its descendants, and its group when it went before them."""
    if process.poll() is None:  # once it is collected, its number may be another program's
        _kill_descendants(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _kill_descendants(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        for descendant in psutil.Process(pid).children(recursive=True):
            descendant.kill()
