"""An account at a provider, for tests: what is behind its addresses, or the failure that each raises."""
from collections.abc import Iterable
from datetime import datetime

from gateways.line import Fetched, LineFailure, Listed


class PictureLine:
    """`behind` maps addresses to bytes, or to the LineFailure that fetching them raises; `asked` keeps what was fetched."""

    def __init__(self, name: str = "twilio"):
        self.name, self.behind, self.asked = name, {}, []

    def messages(self, since: datetime) -> Iterable[Listed]:
        return ()

    def calls(self, since: datetime) -> Iterable[Listed]:
        return ()

    def recordings(self, since: datetime) -> Iterable[Listed]:
        return ()

    def fetch(self, url: str, most_bytes: int) -> Fetched:
        """The bytes behind `url`; an address that nobody named is a foreign one."""
        self.asked.append(url)
        found = self.behind.get(url, LineFailure("foreign"))
        if isinstance(found, LineFailure):
            raise found
        if len(found) > most_bytes:
            raise LineFailure("too_big")
        return Fetched(found, "image/jpeg")

    def delete_recording(self, sid: str) -> None:
        return None
