"""Twilio's HTTP client with a time limit, and another host where one is named (the stand-in of tests and development)."""
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

TIMEOUT = 10.0
HOME = "https://api.twilio.com"


def secrets_of(setting: str) -> list[str]:
    """The secrets in TWILIO_AUTH_TOKEN: it may name several with commas, so that a new one can be brought in without a gap."""
    return [secret.strip() for secret in setting.split(",")]


def first_secret(setting: str) -> str:
    """The secret that signs our own requests."""
    return secrets_of(setting)[0]


class HttpClient(TwilioHttpClient):
    """Without connections that a forked worker would share. `date` is what the other side's clock said last."""

    def __init__(self, base_url: str = "", timeout: float = TIMEOUT):
        # Without a timeout of its own the client waits for ever.
        super().__init__(pool_connections=False, timeout=timeout)
        self.base, self.date = urlsplit(base_url), ""

    def request(self, method: str, url: str, *args, **kwargs) -> Response:
        """As the client's own, to the other host if there is one: the client has no setting for it."""
        if self.base.netloc:
            own = urlsplit(url)
            url = urlunsplit((self.base.scheme, self.base.netloc, self.base.path.rstrip("/") + own.path, own.query, ""))
        response = super().request(method, url, *args, **kwargs)
        self.date = response.headers.get("Date", "")
        return response
