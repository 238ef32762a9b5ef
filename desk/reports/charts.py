"""The pictures of the page of figures, as Vega-Lite specifications made from values."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from reporting.figures import EMPTY, Value
from reporting.pictures import link, svg

INK, GREY, PALE, ACCENT = "var(--rd-ink)", "var(--rd-ink-3)", "var(--rd-line-strong)", "var(--rd-accent)"
BAR, STEP = 18, 32  # pixels: the bar of a category, and from one to the next
RESPONSE = 24  # pixels: full height of the bars of the response rate
WIDE, NARROW = (600, 230), (300, 210)


def satisfaction(weeks: Sequence[date], satisfied: Mapping[date, Value], response: Mapping[date, Value], base: float | None, url, size=WIDE) -> str:
    """Share of content retailers by week with its interval, and beneath it how many of those asked answered."""
    points = [_point(first, satisfied[first], url) for first in weeks if satisfied.get(first, EMPTY).estimate]
    if len(points) < 2:
        return ""
    labels = [_label(first) for first in weeks]
    least = min(60, *(10 * int(point["low"] // 10) for point in points))
    bars = [{"week": _label(first), "share": 100 * (value.part or 0) / value.n} for first, value in response.items() if value.n]
    x = {"field": "week", "type": "ordinal", "scale": {"domain": labels}, "title": None}
    above = {"width": size[0], "height": size[1], "layer": _lines(points, x, least, base, labels[-1])}
    below = {"width": size[0], "height": RESPONSE, "data": {"values": bars}, "mark": {"type": "bar", "color": PALE, "aria": False, "width": {"band": 0.6}},
             "encoding": {"x": x | {"axis": _ticks(labels, size)}, "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": None}}}
    return svg({"$schema": SCHEMA, "vconcat": [above, below], "spacing": 6})


SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def _point(first: date, value: Value, url) -> dict:
    share, low, high = (100 * end for end in value.estimate)
    said = _("%(week)s: %(share)s %%, %(n)s scores", week=_label(first), share=f"{share:.0f}", n=value.n)
    return {"week": _label(first), "share": share, "low": low, "high": high, "href": link(url(first)), "said": said}


def _label(first: date) -> str:
    return f"W{first.isocalendar()[1]:02}"


def _ticks(labels: Sequence[str], size: tuple[int, int]) -> dict:
    every = max(1, -(-len(labels) * 40 // size[0]))
    return {"labelAngle": 0, "values": list(labels[::every]), "ticks": False}


def _lines(points: list[dict], x: dict, least: int, base: float | None, last: str) -> list[dict]:
    scale = {"scale": {"domain": [least, 100], "zero": False}, "axis": {"tickCount": 4, "domain": False, "ticks": False}, "title": None, "type": "quantitative"}
    x = x | {"axis": None}
    y = {"field": "share"} | scale
    data = {"values": points}
    layers = [
        {"data": data, "mark": {"type": "area", "interpolate": "linear"}, "encoding": {"x": x, "y": {"field": "low"} | scale, "y2": {"field": "high"}}},
        {"data": data, "mark": "line", "encoding": {"x": x, "y": y}},
        {"data": data, "mark": "point", "encoding": {"x": x, "y": y, "href": {"field": "href"}, "description": {"field": "said"}}},
    ]
    mean = {"data": {"values": [{"base": 100 * base}]}, "mark": "rule", "encoding": {"y": {"field": "base"} | scale}} if base is not None else None
    return [mean, *layers] if mean else layers


@dataclass(frozen=True)
class Bar:
    """One category: its name, how much, what that is in words, how much with those before it in per cent, and where it leads."""

    name: str
    value: float
    text: str
    cumulative: str
    href: str
    first: bool


def pareto(bars: Sequence[Bar], width: int = 110) -> str:
    """Categories by how much there is of them, the first in our ink; the share of all together with those before stands at the end."""
    values = [{"name": bar.name, "value": bar.value, "text": bar.text, "cumulative": bar.cumulative, "href": link(bar.href), "ours": bar.first,
               "said": f"{bar.name}: {bar.text}"} for bar in bars]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None,
         "axis": {"domain": False, "ticks": False, "labelLimit": 112, "labelColor": INK, "minExtent": 112}}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(bar.value for bar in bars)]}}
    bar = {"mark": {"type": "bar", "height": BAR}, "encoding": {"y": y, "x": x, "color": {"condition": {"test": "datum.ours", "value": ACCENT}, "value": GREY},
                                                               "href": {"field": "href"}, "description": {"field": "said"}}}
    number = {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"y": y, "x": x, "text": {"field": "text"}}}
    share = {"mark": {"type": "text", "align": "right", "color": GREY}, "encoding": {"y": y, "x": {"value": width + 80}, "text": {"field": "cumulative"}}}
    return svg({"$schema": SCHEMA, "width": width, "height": {"step": STEP}, "data": {"values": values}, "layer": [bar, number, share]})
