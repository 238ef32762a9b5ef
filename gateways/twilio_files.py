"""Pictures and recordings fetched from Twilio: from its own host only, and from where that sends us, up to a size."""
from urllib.parse import urljoin, urlsplit

import requests

from gateways.line import Fetched, LineFailure

CHUNK = 64 * 1024
MOST_HOPS = 3
GONE = (404, 410)
# Where Twilio sends whoever asks for a picture or a recording. The addresses there are signed: our credentials never go along.
STORES = (".twilio.com", ".twiliocdn.com", ".amazonaws.com")


def fetch(home: str, credentials: tuple[str, str], url: str, most_bytes: int, timeout: float) -> Fetched:
    """What is behind `url`, which must stand below `home`. Raises LineFailure."""
    if not _stands_below(home, url):
        raise LineFailure("foreign", _host(url))
    for _hop in range(MOST_HOPS):
        with _asked(url, credentials, timeout) as answer:
            if not answer.is_redirect:
                return _read(answer, most_bytes)
            url = urljoin(url, answer.headers["Location"])
        if not _stands_below(home, url):
            credentials = None
            if not _is_store(url):
                raise LineFailure("foreign", _host(url))
    raise LineFailure("redirects", "it leads on and on")


def _asked(url: str, credentials: tuple[str, str] | None, timeout: float) -> requests.Response:
    try:
        answer = requests.get(url, auth=credentials, timeout=timeout, stream=True, allow_redirects=False)
    except (requests.RequestException, ValueError) as error:
        raise LineFailure("connection", type(error).__name__) from error
    if answer.status_code >= 400:
        answer.close()
        raise LineFailure(answer.status_code, answer.reason or "", gone=answer.status_code in GONE)
    return answer


def _read(answer: requests.Response, most_bytes: int) -> Fetched:
    """The body, never more of it in memory than is allowed, whatever its head says."""
    data = bytearray()
    try:
        for chunk in answer.iter_content(CHUNK):
            data += chunk
            if len(data) > most_bytes:
                raise LineFailure("too_big", f"more than {most_bytes} bytes")
    except requests.RequestException as error:
        raise LineFailure("connection", type(error).__name__) from error
    return Fetched(bytes(data), answer.headers.get("Content-Type", "").partition(";")[0].strip().lower())


def _stands_below(home: str, url: str) -> bool:
    own, there = urlsplit(home), _parts(url)
    return there is not None and (there.scheme, there.netloc) == (own.scheme, own.netloc)


def _is_store(url: str) -> bool:
    there = _parts(url)
    return there is not None and there.scheme == "https" and there.port in (None, 443) and (there.hostname or "").endswith(STORES)


def _host(url: str) -> str:
    there = _parts(url)
    return there.hostname or "" if there is not None else ""


def _parts(url: str):
    """The parts of an address; None for one that cannot be read, or that carries a name and a password."""
    try:
        there = urlsplit(url)
        there.port  # noqa: B018  (it is checked only when it is read)
    except ValueError:
        return None
    return None if "@" in there.netloc else there
