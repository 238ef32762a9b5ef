"""Whoever texts the hotline, as its provider tells it: signed requests at the real door, on one connection. Cheap, so that it measures the server."""
import http.client
import time
import uuid
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

DOOR = "/hooks/twilio/sms"
HOTLINE = "+12025550123"  # what the stand-in for Twilio calls its own


class Texter:
    """A provider's machine: `token` signs, `url` is the public address of the web server."""

    def __init__(self, url: str, token: str, timeout: float = 30):
        self.url, self.validator = url, RequestValidator(token)
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.connection.close()

    def text(self, sender: str, body: str, sid: str = "") -> tuple[str, float]:
        """Tell the door of a text; its SID and the seconds that the answer took. Raises OSError where it is not taken in."""
        sid = sid or "SM" + uuid.uuid4().hex
        fields = {"MessageSid": sid, "SmsSid": sid, "From": sender, "To": HOTLINE, "Body": body, "NumMedia": "0", "NumSegments": "1"}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "I-Twilio-Idempotency-Token": sid,
                   "X-Twilio-Signature": self.validator.compute_signature(self.url + DOOR, fields)}
        return sid, self._timed("POST", DOOR, urlencode(fields), headers)

    def look(self, path: str) -> float:
        """GET a page; the seconds that the answer took."""
        return self._timed("GET", path)

    def _timed(self, method: str, path: str, body: str | None = None, headers: dict | None = None) -> float:
        began = time.perf_counter()
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise OSError(f"{path}: {answer.status}")
        return time.perf_counter() - began
