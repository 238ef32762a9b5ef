"""The simulator's time: the real one in its process, one that is moved by hand in tests."""
import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

log = logging.getLogger(__name__)
HANDS = 8  # what is due runs beside each other: one slow answer of the application must not hold up the others


class Clockwork(Protocol):
    """What time it is, and what is to happen later."""

    def now(self) -> datetime:
        """The time, in UTC."""
        ...

    def later(self, seconds: float, action: Callable[[], object]) -> None:
        """Have `action` called after so many seconds, never before this returns."""
        ...


class ByHand:
    """Time that stands still until `advance` moves it; what is due then runs in the thread that moved it."""

    def __init__(self, start: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)):
        self._now, self._due, self._order = start, [], itertools.count()

    def now(self) -> datetime:
        """The time, in UTC."""
        return self._now

    def later(self, seconds: float, action: Callable[[], object]) -> None:
        """Have `action` called once the time was moved by so many seconds."""
        heapq.heappush(self._due, (self._now + timedelta(seconds=seconds), next(self._order), action))

    def advance(self, seconds: float = 0) -> None:
        """Move the time on and do, in order, everything that falls due on the way."""
        until = self._now + timedelta(seconds=seconds)
        while self._due and self._due[0][0] <= until:
            self._now, _, action = heapq.heappop(self._due)
            action()
        self._now = until


class RealTime:
    """The real time: a few threads wait for what falls due, and do it."""

    def __init__(self):
        self._due, self._order = [], itertools.count()
        self._changed = threading.Condition()
        for n in range(HANDS):
            threading.Thread(target=self._work, name=f"clockwork-{n}", daemon=True).start()

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def later(self, seconds: float, action: Callable[[], object]) -> None:
        """Have `action` called after so many seconds, in another thread."""
        with self._changed:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._order), action))
            self._changed.notify_all()  # each of them looks how long it has to wait now

    def _work(self) -> None:
        while True:
            _guarded(self._next_due())

    def _next_due(self) -> Callable[[], object]:
        with self._changed:
            while not self._due or self._due[0][0] > time.monotonic():
                self._changed.wait(self._due[0][0] - time.monotonic() if self._due else None)
            return heapq.heappop(self._due)[2]


def _guarded(action: Callable[[], object]) -> None:
    try:
        action()
    except Exception:
        log.exception("what was to happen now failed")
