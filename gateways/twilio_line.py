"""What came to our number, read from the account by Twilio's real client; and the bytes behind its addresses."""
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from twilio.rest import Client

from gateways import twilio_files
from gateways.line import Fetched, LineFailure, Listed
from gateways.twilio_client import HOME, TIMEOUT, HttpClient, first_secret
from gateways.twilio_fields import call_fields, media_url, message_fields, recording_fields
from gateways.twilio_refusals import told

PAGE = 200


class TwilioLine:
    """`number` is the hotline's own; without it everything inbound of the account counts. `base_url` replaces Twilio's own host."""

    name = "twilio"

    def __init__(self, account_sid: str, auth_token: str, number: str = "", base_url: str = "", timeout: float = TIMEOUT):
        self.credentials, self.timeout = (account_sid, first_secret(auth_token)), timeout
        self.client = Client(*self.credentials, http_client=HttpClient(base_url, timeout))
        self.ours = {"to": number} if number else {}
        self.home = base_url.rstrip("/") or HOME

    def messages(self, since: datetime) -> Iterable[Listed]:
        """Inbound messages from `since` on, the oldest first."""
        def ask(since: datetime) -> list:
            return [row for row in self.client.messages.list(date_sent_after=since, page_size=PAGE, **self.ours) if row.direction == "inbound"]
        return _since(since, ask, lambda row: row.date_sent or row.date_created, lambda row: message_fields(row, self._pictures(row)))

    def calls(self, since: datetime) -> Iterable[Listed]:
        """Inbound calls from `since` on, the oldest first."""
        def ask(since: datetime) -> list:
            return [row for row in self.client.calls.list(start_time_after=since, page_size=PAGE, **self.ours) if row.direction == "inbound"]
        return _since(since, ask, lambda row: row.start_time or row.date_created, call_fields)

    def recordings(self, since: datetime) -> Iterable[Listed]:
        """Finished recordings from `since` on, the oldest first."""
        def ask(since: datetime) -> list:
            return [row for row in self.client.recordings.list(date_created_after=since, page_size=PAGE) if row.status == "completed"]
        return _since(since, ask, lambda row: row.date_created, lambda row: recording_fields(self.home, row))

    def fetch(self, url: str, most_bytes: int) -> Fetched:
        """What is behind an address of Twilio's."""
        return twilio_files.fetch(self.home, self.credentials, url, most_bytes, self.timeout)

    def delete_recording(self, sid: str) -> None:
        """Delete a recording; one that is gone is fine."""
        try:
            told(lambda: self.client.recordings(sid).delete())
        except LineFailure as failure:
            if not failure.gone:
                raise

    def _pictures(self, message) -> list[tuple[str, str]]:
        """The pictures of a message; none if somebody has deleted them there meanwhile: its words are still worth having."""
        if not int(message.num_media or 0):
            return []
        try:
            media = told(lambda: message.media.list())
        except LineFailure as failure:
            if failure.gone:
                return []
            raise
        return [(media_url(self.home, message, one), one.content_type) for one in media]


def _since(since: datetime, ask: Callable, at: Callable, fields: Callable) -> list[Listed]:
    """Twilio compares days and lists the newest first: what is older than the instant is left out here, and the order turned round."""
    def read() -> list[Listed]:
        rows = sorted((row for row in ask(since.astimezone(UTC)) if at(row) >= since), key=at)
        return [Listed(row.sid, at(row), fields(row)) for row in rows]
    return told(read)
