"""The state of one account: its number, what passed through it, who opted out, and how it errs when told to."""
import threading
import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from simulator.clockwork import Clockwork
from simulator.models import CallRecord, Media, RecordingFile, Text

API = "/2010-04-01/Accounts"
KEPT = 20_000  # of each kind; the oldest go first, so that a long run does not fill the memory


@dataclass
class Number:
    """The hotline's number as it is set up in the provider's console."""

    sid: str
    e164: str
    sms_url: str
    voice_url: str
    status_callback: str
    # The provider tells a number's own callback only of the end of a call.
    call_events: tuple[str, ...] = ("completed",)


@dataclass
class Account:
    """One account. `url` is where its resources can be read; it is known once the server listens."""

    sid: str
    token: str
    number: Number
    service_sid: str
    clock: Clockwork
    url: str = "http://127.0.0.1"
    messages: dict[str, Text] = field(default_factory=dict)
    calls: dict[str, CallRecord] = field(default_factory=dict)
    recordings: dict[str, RecordingFile] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    opted_out: set[str] = field(default_factory=set)
    notes: deque[tuple[datetime, str, str]] = field(default_factory=lambda: deque(maxlen=1000))
    errors: deque[tuple[int, int]] = field(default_factory=deque)
    failing_until: datetime | None = None
    failing_status: int = 500
    delay: float = 0.0
    recording_delay: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, kind: str, thing):
        """Put a thing into one of the lists; the result is the thing."""
        with self.lock:
            things = getattr(self, kind)
            things[thing.sid] = thing
            while len(things) > KEPT:
                things.pop(next(iter(things)))
        return thing

    def listed(self, kind: str) -> list:
        """The things of one kind, the newest first."""
        with self.lock:
            return list(reversed(getattr(self, kind).values()))

    def address(self, *parts: str) -> str:
        """The absolute address of a resource."""
        return "/".join((self.url + API, self.sid, *parts))

    def next_error(self) -> tuple[int, int] | None:
        """(HTTP status, error number) that the next request is to be refused with, if any."""
        if self.failing_until and self.clock.now() < self.failing_until:
            return self.failing_status, 20500
        return self.errors.popleft() if self.errors else None

    def fail_for(self, seconds: float, status: int = 500) -> None:
        """Answer every request with this HTTP status for so many seconds."""
        self.failing_until, self.failing_status = self.clock.now() + timedelta(seconds=seconds), status


def new_sid(prefix: str) -> str:
    """An id in the provider's shape."""
    return prefix + uuid.uuid4().hex
