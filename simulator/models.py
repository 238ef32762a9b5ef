"""What an account at the provider holds: texts, calls, recordings and pictures."""
from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Media:
    """A picture of a text."""

    sid: str
    data: bytes
    content_type: str


@dataclass
class Text:
    """One message, ours or a retailer's. `arrived` says that the handset shows it; `marks` are words of the page about its way."""

    sid: str
    at: datetime
    sender: str
    to: str
    body: str
    direction: str
    status: str
    service_sid: str | None = None
    status_callback: str | None = None
    error_code: int | None = None
    arrived: bool = True
    media: list[Media] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    sent_at: datetime | None = None


@dataclass
class CallRecord:
    """One call or one leg of it, as the account lists it."""

    sid: str
    at: datetime
    sender: str
    to: str
    direction: str
    status: str = "ringing"
    parent_sid: str | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def duration(self) -> int | None:
        """Whole seconds of talk, at least one; None until it has ended, 0 if nobody answered."""
        if self.ended_at is None:
            return None
        return max(1, round((self.ended_at - self.answered_at).total_seconds())) if self.answered_at else 0


@dataclass
class RecordingFile:
    """What was recorded of a call: pieces of sound, and the words in them, which only the page knows."""

    sid: str
    call_sid: str
    at: datetime
    pieces: list[tuple[str, int]]
    source: str
    words: str = ""
    channels: int = 1
    status: str = "completed"

    @property
    def duration(self) -> int:
        """Whole seconds."""
        return sum(seconds for _, seconds in self.pieces)


def rfc2822(at: datetime | None) -> str | None:
    """A time as the provider writes it."""
    return at.strftime("%a, %d %b %Y %H:%M:%S +0000") if at else None
