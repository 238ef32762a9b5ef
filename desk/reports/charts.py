"""The chart of satisfaction by week, as a Vega-Lite specification made from values."""
from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import gettext as _

from reporting.figures import EMPTY, Value
from reporting.pictures import SCHEMA, link, svg
from reporting.weeks import Period

PALE, PAPER = "var(--rd-line-strong)", "var(--rd-paper)"
RESPONSE = 24  # pixels: full height of the bars of the response rate
WIDE, NARROW = (460, 220), (270, 200)
LABEL = 40  # pixels that the name of a week needs


def satisfaction(period: Period, satisfied: Mapping[date, Value], response: Mapping[date, Value], base: float | None,
                 url: Callable[[date], str], size: tuple[int, int] = WIDE) -> str:
    """Share of content retailers by week with its interval, and beneath it how many of those asked answered; nothing of fewer than two weeks."""
    weeks = list(period.mondays())
    points = [_point(first, satisfied[first], period, url) for first in weeks if satisfied.get(first, EMPTY).estimate]
    if len(points) < 2:
        return ""
    x = {"field": "week", "type": "ordinal", "scale": {"domain": [_label(first) for first in weeks]}, "title": None}
    above = {"width": size[0], "height": size[1], "layer": _lines(points, x, base, size)}
    return svg({"$schema": SCHEMA, "vconcat": [above, _bars(weeks, response, x, size)], "spacing": 6})


def _point(first: date, value: Value, period: Period, url) -> dict:
    share, low, high = (100 * end for end in value.estimate)
    said = _("%(week)s: %(share)s %%, %(n)s scores", week=_label(first), share=f"{share:.0f}", n=value.n)
    running = period.running and first == period.last
    return {"week": _label(first), "share": share, "low": low, "high": high, "href": link(url(first)), "said": said, "running": running}


def _label(first: date) -> str:
    return f"W{first.isocalendar()[1]:02}"


def _lines(points: list[dict], x: dict, base: float | None, size: tuple[int, int]) -> list[dict]:
    least = min(60, *(10 * int(point["low"] // 10) for point in points))
    scale = {"scale": {"domain": [least, 100], "zero": False}, "axis": {"tickCount": 4, "domain": False, "ticks": False}, "title": None,
             "type": "quantitative"}
    x, y, data = x | {"axis": None}, {"field": "share"} | scale, {"values": points}
    hollow = {"condition": {"test": "datum.running", "value": PAPER}, "value": "var(--rd-ink)"}
    marks = {"x": x, "y": y, "href": {"field": "href"}, "description": {"field": "said"}, "fill": hollow, "stroke": {"value": "var(--rd-ink)"}}
    return [
        {"data": data, "mark": "area", "encoding": {"x": x, "y": {"field": "low"} | scale, "y2": {"field": "high"}}},
        *([{"data": {"values": [{"base": 100 * base}]}, "mark": "rule", "encoding": {"y": {"field": "base"} | scale}}] if base is not None else []),
        {"data": data, "mark": "line", "encoding": {"x": x, "y": y}},
        {"data": data, "mark": "point", "encoding": marks},
        *(_names(points[-1], base, scale) if size == WIDE else []),
    ]


def _names(last: dict, base: float | None, scale: dict) -> list[dict]:
    """The lines' names at their right end, in place of a legend; moved apart where they would touch."""
    words = [(last["share"], _("satisfied %(share)s %%", share=f"{last['share']:.0f}"), "bold")]
    if base is not None:
        away = 5 if 100 * base >= last["share"] else -5
        at = 100 * base if abs(100 * base - last["share"]) > 5 else last["share"] + away
        words.append((at, _("before %(share)s %%", share=f"{100 * base:.0f}"), "normal"))
    return [{"data": {"values": [{"at": at, "word": word}]}, "mark": {"type": "text", "align": "left", "dx": 8, "fontWeight": weight},
             "encoding": {"x": {"value": WIDE[0]}, "y": {"field": "at"} | scale, "text": {"field": "word"}}} for at, word, weight in words]


def _bars(weeks: list[date], response: Mapping[date, Value], x: dict, size: tuple[int, int]) -> dict:
    shares = [{"week": _label(first), "share": 100 * (value.part or 0) / value.n} for first, value in response.items() if value.n]
    every = max(1, -(-len(weeks) * LABEL // size[0]))
    axis = {"labelAngle": 0, "values": [_label(first) for first in weeks[::every]], "ticks": False}
    return {"width": size[0], "height": RESPONSE, "data": {"values": shares},
            "mark": {"type": "bar", "color": PALE, "aria": False, "width": {"band": 0.6}},
            "encoding": {"x": x | {"axis": axis}, "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": None}}}
