"""One clock on the wall for all processes of a proof: it goes on by itself and is moved ahead by hand. The program knows nothing of it.

It is a file: the time of its last change is what the clock showed when somebody last set it, the time of its last access when that was.
"""
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import clock

FILE = "WALL_CLOCK"
ROOT = Path(__file__).resolve().parents[2]
FOR_PROCESSES = Path(__file__).resolve().parent / "by_the_wall"


def hang(file: str | Path):
    """From here on `core.clock` reads the time from this file, in this process; returns what it read it from before."""
    before, clock.now = clock.now, lambda: clock._frozen[-1] if clock._frozen else _time_of(file)
    return before


def _time_of(file: str | Path) -> datetime:
    stat = os.stat(file)
    return datetime.fromtimestamp(stat.st_mtime + time.time() - stat.st_atime, UTC)


class Wall:
    """The clock; `environment` makes a child process live by it."""

    def __init__(self, file: Path, at: datetime):
        file.touch()
        self.file = file
        self.environment = {FILE: str(file), "PYTHONPATH": f"{FOR_PROCESSES}{os.pathsep}{ROOT}"}
        self._set(at)

    @property
    def now(self) -> datetime:
        """What it shows."""
        return _time_of(self.file)

    def ahead(self, by: timedelta) -> None:
        """So much time passes at once, for all processes."""
        self._set(self.now + by)

    def until(self, at: datetime) -> None:
        """Time passes until then; none if it is later already."""
        self._set(max(self.now, at))

    def _set(self, at: datetime) -> None:
        os.utime(self.file, (time.time(), at.timestamp()))

    @contextmanager
    def here(self) -> Iterator[None]:
        """This process lives by it as well."""
        before = hang(self.file)
        try:
            yield
        finally:
            clock.now = before
