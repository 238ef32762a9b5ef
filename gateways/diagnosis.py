"""Why a refused request was refused: whether its proof holds by now, or for which other public address it would have held."""
from collections.abc import Iterator
from dataclasses import replace

from flask import current_app

from gateways import doors
from gateways.knock import Knock

PREFIX = "/hooks/"


def holds_now(knock: Knock) -> bool:
    """True if its proof holds under the present settings: the wrong one has been mended since."""
    return _believed(knock, current_app.config["PUBLIC_BASE_URL"])


def signed_for(knock: Knock) -> str | None:
    """The public address for which the sender signed, if it is one of those under which the request may have come to us."""
    return next((base for base in _candidates(knock) if _believed(knock, base)), None)


def _believed(knock: Knock, base: str) -> bool:
    door, place = doors.named(knock.door), knock.url.find(PREFIX)
    return door is not None and place >= 0 and door.refusal(replace(knock, url=base.rstrip("/") + knock.url[place:])) is None


def _candidates(knock: Knock) -> Iterator[str]:
    for header in ("X-Forwarded-Host", "Host"):
        host = knock.headers.get(header, "").partition(",")[0].strip()
        if host:
            yield from (f"{scheme}://{host}" for scheme in ("https", "http"))
