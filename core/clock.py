"""The only reader of the time."""
import time
from contextlib import contextmanager
from datetime import UTC, datetime

_frozen: list[datetime] = []


def now() -> datetime:
    """The present instant, timezone-aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


def sleep(seconds: float) -> None:
    """Wait. A time that is held still does not pass, so nobody waits for it."""
    if not _frozen and seconds > 0:
        time.sleep(seconds)


@contextmanager
def frozen(at: datetime):
    """Hold the time at `at` (aware); used by tests and by the demo, which walks the real services through past days."""
    _frozen.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.pop()
