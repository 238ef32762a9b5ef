"""What can be read from a provider's account: everything that came to our number, and the bytes behind a picture or a recording."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Fetched:
    """The bytes behind an address of the provider."""

    data: bytes
    content_type: str


@dataclass(frozen=True)
class Listed:
    """One thing in the provider's account. `fields` are named as in the webhook that should have told us of it."""

    sid: str
    at: datetime
    fields: dict[str, str]


class LineFailure(Exception):
    """The provider could not be asked, or refused; `gone` says that it has the thing no more, so that another try is of no use."""

    def __init__(self, code: str | int, message: str = "", gone: bool = False):
        super().__init__(f"{code} {message}".strip())
        self.code, self.message, self.gone = str(code), message, gone


@runtime_checkable
class Line(Protocol):
    """An account at a provider of numbers. Every method raises LineFailure and touches the network: call none inside a transaction."""

    name: str

    def messages(self, since: datetime) -> Iterable[Listed]:
        """Inbound messages from `since` on, the oldest first."""
        ...

    def calls(self, since: datetime) -> Iterable[Listed]:
        """Inbound calls from `since` on, the oldest first."""
        ...

    def recordings(self, since: datetime) -> Iterable[Listed]:
        """Finished recordings from `since` on, the oldest first."""
        ...

    def fetch(self, url: str, most_bytes: int) -> Fetched:
        """What is behind an address of the provider's, with our credentials; LineFailure `too_big` beyond `most_bytes`, `foreign` for another host."""
        ...

    def delete_recording(self, sid: str) -> None:
        """Delete a recording at the provider; one that is gone is fine."""
        ...
