"""Charts as SVG, drawn on the server from Vega-Lite specifications; one picture serves light and dark."""
import contextlib
import hashlib
import importlib
import json
import re
import zlib
from functools import lru_cache
from itertools import count

from flask import current_app
from redis.exceptions import RedisError

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
HOST = "https://here.invalid"  # a relative address would be taken for one of the library's own site: given with this host, taken off again
KEPT_SECONDS = 24 * 3600
THEME = {
    "background": None, "font": "sans-serif", "view": {"stroke": None}, "padding": 2,
    "axis": {"aria": False, "domainColor": "var(--rd-line-strong)", "gridColor": "var(--rd-line)", "tickColor": "var(--rd-line-strong)",
             "labelColor": "var(--rd-ink-2)", "titleColor": "var(--rd-ink-2)", "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
    "line": {"color": "var(--rd-ink)", "strokeWidth": 1.5, "aria": False}, "rule": {"color": "var(--rd-ink-3)", "aria": False},
    "area": {"color": "var(--rd-accent-wash)", "aria": False}, "bar": {"color": "var(--rd-ink-3)"},
    "point": {"color": "var(--rd-ink)", "filled": True, "size": 36, "opacity": 1}, "text": {"color": "var(--rd-ink)", "fontSize": 12, "aria": False},
}
_TIDY = (
    (re.compile(r' (?:style|font-family|role|aria-roledescription|class|pointer-events)="[^"]*"'), ""),  # the CSP forbids the first
    (re.compile(r"<a (?:xlink:)?href=\"" + re.escape(HOST)), '<a tabindex="-1" href="'),  # the way by keyboard is the table beneath
    (re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>'), r'<svg viewBox="0 0 \1 \2" width="\1" height="\2">'),
)
_numbers = count()


def link(path: str) -> str:
    """A path of ours as a specification must say it."""
    return HOST + path


def svg(spec: dict) -> str:
    """The picture of a Vega-Lite specification in our theme, its links (made by `link`) leading to our own pages.

    What was drawn once is not drawn again: it is kept by what it shows, here and for the other processes beside the queue.
    """
    return _unique(_drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False)))


@lru_cache(maxsize=256)
def _drawn(spec: str) -> str:
    key = "picture:" + hashlib.sha256((spec + repr(THEME)).encode()).hexdigest()
    return _kept(key) or _keep(key, _draw(spec))


def _draw(spec: str) -> str:
    # Imported here and not above: a hundred megabytes and a second, wanted only in a process that draws.
    converter = importlib.import_module("vl_convert")
    drawn = converter.vegalite_to_svg(spec, config=THEME, show_warnings=False, allowed_base_urls=[])
    for pattern, instead in _TIDY:
        drawn = pattern.sub(instead, drawn)
    return drawn


def _kept(key: str) -> str | None:
    try:
        found = current_app.extensions["redis"].get(key)
    except RedisError:  # drawing again costs a tenth of a second: no reason to refuse the page
        return None
    return zlib.decompress(found).decode() if found else None


def _keep(key: str, drawn: str) -> str:
    with contextlib.suppress(RedisError):
        current_app.extensions["redis"].set(key, zlib.compress(drawn.encode()), ex=KEPT_SECONDS)
    return drawn


def _unique(drawn: str) -> str:
    """Names of clips and gradients must differ between the pictures of one page."""
    number = next(_numbers)
    return re.sub(r'(\bid="|url\(#)', rf"\g<1>p{number}-", drawn) if 'id="' in drawn else drawn
