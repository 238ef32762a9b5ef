"""What a killed run left behind: its processes are ended, the end of its logs is read."""

from __future__ import annotations

import contextlib
import signal
import time
from pathlib import Path

import psutil

STOP_SECONDS = 30


def end_leftover(pid_file: Path, name: str, how: signal.Signals) -> None:
    """Stop what a killed run left behind and forget its pid.

    A process that is younger than the file is another program that was given the same number.
    Raises RuntimeError when the process does not stop within STOP_SECONDS.
    """
    process = _named(pid_file, name)
    if process:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(how)
        _await_end(process)
    pid_file.unlink(missing_ok=True)


def is_running(pid_file: Path, name: str) -> bool:
    """True while the process that wrote the file runs."""
    process = _named(pid_file, name)
    return process is not None and _runs(process)


def _named(pid_file: Path, name: str) -> psutil.Process | None:
    with contextlib.suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        if name in process.name() and process.create_time() < pid_file.stat().st_mtime + 1:
            return process
    return None


def _runs(process: psutil.Process) -> bool:
    # A zombie has ended, even where nobody collects it.
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _await_end(process: psutil.Process) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while _runs(process):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Process {process.pid} of an earlier run does not stop.")
        time.sleep(0.05)


def end_of(log: Path) -> str:
    """The last eight lines of a log file, or nothing."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-8:]) if log.exists() else ""
