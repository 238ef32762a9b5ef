"""Tests: an account whose messages, calls and recordings are put there by hand, and that fails on demand."""
from collections.abc import Iterable
from datetime import datetime

from gateways.line import Fetched, LineFailure, Listed


class RecordingLine:
    """`has` is everything in the account by kind, `files` the bytes by address; each failure put into `failures` is raised once."""

    def __init__(self, name: str = "twilio"):
        self.name = name
        self.has: dict[str, list[Listed]] = {"messages": [], "calls": [], "recordings": []}
        self.files: dict[str, Fetched] = {}
        self.failures: list[LineFailure] = []
        self.asked: list[tuple[str, datetime]] = []
        self.deleted: list[str] = []

    def messages(self, since: datetime) -> Iterable[Listed]:
        """The messages from `since` on."""
        return self._listed("messages", since)

    def calls(self, since: datetime) -> Iterable[Listed]:
        """The calls from `since` on."""
        return self._listed("calls", since)

    def recordings(self, since: datetime) -> Iterable[Listed]:
        """The recordings from `since` on."""
        return self._listed("recordings", since)

    def fetch(self, url: str, most_bytes: int) -> Fetched:
        """The bytes put under this address."""
        self._fail()
        if url not in self.files:
            raise LineFailure(404, "not found", gone=True)
        if len(self.files[url].data) > most_bytes:
            raise LineFailure("too_big", f"more than {most_bytes} bytes")
        return self.files[url]

    def delete_recording(self, sid: str) -> None:
        """Remember that it was deleted."""
        self._fail()
        self.deleted.append(sid)
        self.has["recordings"] = [listed for listed in self.has["recordings"] if listed.sid != sid]

    def _listed(self, kind: str, since: datetime) -> list[Listed]:
        self.asked.append((kind, since))
        self._fail()
        return sorted((listed for listed in self.has[kind] if listed.at >= since), key=lambda listed: listed.at)

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
