"""A retailer at the public form, over HTTP: opens it, fills it in, sends it, reads the receipt. Cheap, so that it measures the server."""
import html
import http.client
import random
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input[^>]*\btype="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')
STEPS = ("form", "post", "receipt")


class Refused(Exception):
    """The complaint was not accepted; the text says what came instead of a receipt."""


@dataclass(frozen=True)
class Receipt:
    """An accepted complaint, and the seconds that each of STEPS took."""

    token: str
    seconds: tuple[float, ...]


class Retailer:
    """One person on one connection, behind an address of his own (the caps count by address)."""

    def __init__(self, url: str, timeout: float = 30):
        self.address = urlsplit(url).netloc
        self.timeout = timeout
        self.connection = http.client.HTTPConnection(self.address, timeout=timeout)
        self.cookie = ""
        self.headers = {"X-Forwarded-For": f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"}

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.connection.close()

    def file(self, what: str, phone: str, shop: str, **more: str) -> Receipt:
        """File one complaint. Raises Refused, and OSError or HTTPException when the server does not answer."""
        marks = [time.perf_counter()]
        fields = hidden_fields(self.read("/"))
        marks.append(time.perf_counter())
        status, place, body = self.send("/", fields | {"what": what, "kind": "complaint", "shop": shop, "phone": phone, "who": "open"} | more)
        marks.append(time.perf_counter())
        if status != 302:
            raise Refused(f"{status}: {' '.join(re.findall('rd-f__err[^>]*>([^<]+)', body)) or body[:300]}")
        self.read(urlsplit(place).path)
        marks.append(time.perf_counter())
        return Receipt(urlsplit(place).path.rsplit("/", 1)[-1], tuple(b - a for a, b in zip(marks, marks[1:], strict=False)))

    def read(self, path: str) -> str:
        """GET a page that must be there. Raises Refused."""
        status, _place, body = self._ask("GET", path)
        if status != 200:
            raise Refused(f"GET {path}: {status}")
        return body

    def send(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """POST a form; status, where it leads, and the page."""
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict | None = None) -> tuple[int, str, str]:
        cookie = {"Cookie": self.cookie} if self.cookie else {}
        try:
            self.connection.request(method, path, body, self.headers | cookie | (headers or {}))
            answer = self.connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):
            self.connection.close()  # a kept connection may end at any time; what was sent is not sent again by itself
            if method == "POST":
                raise
            self.connection.request(method, path, body, self.headers | cookie)
            answer = self.connection.getresponse()
        page = answer.read().decode()
        set_cookie = answer.getheader("Set-Cookie")
        self.cookie = set_cookie.partition(";")[0] if set_cookie else self.cookie
        return answer.status, answer.getheader("Location") or "", page


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden inputs of a page, the CSRF token and the form's key among them."""
    found = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(page))
    return {tag["name"]: html.unescape(tag.get("value", "")) for tag in found if "name" in tag}
