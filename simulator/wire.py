"""What goes over the wire: requests to the application, signed as the provider signs, and a log of both directions."""
import itertools
import time
import uuid
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode

import requests
from twilio.request_validator import HMAC_SHA1, HMAC_SHA256, SIGNATURE_HEADER, SIGNATURE_SETTINGS_HEADER, RequestValidator

from simulator.clockwork import Clockwork

TIMEOUT = 15  # as long as the provider waits for an answer
LINES = 2000
SHORT = {HMAC_SHA1: "SHA-1", HMAC_SHA256: "SHA-256"}


@dataclass(frozen=True)
class Reply:
    """What the application answered; status 0 means that it did not, and `text` then says why."""

    status: int
    text: str = ""
    content_type: str = ""


Poster = Callable[[str, str, Mapping[str, str], Mapping[str, str]], Reply]


@dataclass(frozen=True)
class Line:
    """One line of the log. `direction` is in (to the application), out (from it) or own (inside the provider)."""

    id: int
    at: datetime
    direction: str
    kind: str
    note: str = ""
    signature: str = ""
    status: int | None = None
    ms: int | None = None


class Wire:
    """`lose` holds kinds of requests that never leave the provider; `algorithm` is how the others are signed."""

    def __init__(self, token: str, clock: Clockwork, post: Poster):
        self.token, self.clock, self._post = token, clock, post
        self.algorithm = HMAC_SHA1
        self.lose: set[str] = set()
        self.log: deque[Line] = deque(maxlen=LINES)
        self._ids = itertools.count(1)

    def note(self, direction: str, kind: str, **more) -> None:
        """Write a line of the log."""
        self.log.append(Line(next(self._ids), self.clock.now(), direction, kind, **more))

    def since(self, last: int) -> list[dict]:
        """The lines after the one with this id, ready for JSON."""
        return [asdict(line) | {"at": line.at.isoformat()} for line in list(self.log) if line.id > last]

    def send(self, kind: str, url: str, fields: Mapping[str, str], note: str = "", method: str = "POST", forged: bool = False,
             idempotency: str = "") -> Reply:
        """Ask the application at `url`, signed unless `forged`; what it answered."""
        if kind in self.lose:
            self.note("own", f"{kind}.lost", note=note)
            return Reply(0, "lost")
        if method.upper() == "GET" and fields:
            url, fields = f"{url}{'&' if '?' in url else '?'}{urlencode(fields)}", {}
        began = time.perf_counter()
        reply = self._post(method.upper(), url, fields, self._headers(url, fields, forged, idempotency))
        spent = round((time.perf_counter() - began) * 1000)
        self.note("in", kind, note=note, signature="forged" if forged else SHORT[self.algorithm], status=reply.status, ms=spent)
        return reply

    def _headers(self, url: str, fields: Mapping[str, str], forged: bool, idempotency: str) -> dict[str, str]:
        token = "somebody-else" if forged else self.token
        headers = {SIGNATURE_HEADER: RequestValidator(token).compute_signature(url, fields, self.algorithm),
                   "I-Twilio-Idempotency-Token": idempotency or str(uuid.uuid4()), "User-Agent": "TwilioProxy/1.1"}
        if self.algorithm != HMAC_SHA1:
            headers[SIGNATURE_SETTINGS_HEADER] = f"key=webhooks_sharedkey_simulator,algorithm={self.algorithm}"
        return headers


def by_http(method: str, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
    """The poster of the real process: one request of its own, without what the environment says of proxies."""
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.request(method, url, data=dict(fields) or None, headers=dict(headers), timeout=TIMEOUT)
        except requests.RequestException as error:
            return Reply(0, type(error).__name__)
    return Reply(answer.status_code, answer.text, answer.headers.get("Content-Type", ""))
