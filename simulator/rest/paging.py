"""Lists in pages, filtered by time, as Twilio cuts them."""
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import jsonify, request

MOST = 1000


def page(key: str, things: Sequence, shape: Callable[[object], dict]):
    """One page of things, with the address of the next."""
    size = max(1, min(MOST, request.args.get("PageSize", 50, type=int)))
    number = max(0, request.args.get("Page", 0, type=int))
    shown = things[number * size:(number + 1) * size]
    more = len(things) > (number + 1) * size
    return jsonify({
        key: [shape(thing) for thing in shown], "page": number, "page_size": size, "start": number * size, "end": number * size + max(0, len(shown) - 1),
        "uri": _at(number), "first_page_uri": _at(0), "previous_page_uri": _at(number - 1) if number else None,
        "next_page_uri": _at(number + 1) if more else None,
    })


def v1_page(key: str, things: list[dict]):
    """All of a short list, as the newer parts of the API answer."""
    return jsonify({key: things, "meta": {"key": key, "page": 0, "page_size": 50, "url": request.url, "first_page_url": request.url,
                                          "previous_page_url": None, "next_page_url": None}})


def within(name: str, at: datetime) -> bool:
    """Whether a time fits the filters `name`, `name>` and `name<` of the request."""
    after, before, day = (_time(request.args.get(name + sign)) for sign in (">", "<", ""))
    return (after is None or at >= after) and (before is None or at <= before) and (day is None or day <= at < day + timedelta(days=1))


def _time(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00") if "T" in text else f"{text}T00:00:00+00:00") if text else None
    except ValueError:
        return None


def _at(number: int) -> str:
    arguments = {name: value for name, value in request.args.items() if name not in ("Page", "PageToken")}
    return f"{request.path}?{urlencode(arguments | {'Page': number})}"
