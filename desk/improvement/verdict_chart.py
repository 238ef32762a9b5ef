"""The verdict as a Vega-Lite spec: the rate after as a multiple of the rate before, here, elsewhere, and one against the other."""
from flask_babel import gettext as _

from desk.improvement.charts import ALONE, number
from reporting.improvement.judging import INTERVALS
from reporting.improvement.models import ImprovementItem, ImprovementVerdict

INK, GREY, ACCENT = "var(--rd-ink)", "var(--rd-ink-3)", "var(--rd-accent)"
LEAST, MOST = 0.1, 10.0  # an interval without an end is drawn to here
MARKS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.4, 2, 3, 5, 10)
WIDTH, ROW, ROOM = 260, 30, 1.1


def verdict_chart(item: ImprovementItem, verdict: ImprovementVerdict) -> dict | None:
    """The intervals on a logarithmic scale, the agreed fall shaded; None where there is nothing to draw."""
    shown = [name for name in INTERVALS if _drawable(verdict.numbers, name)]
    if not shown:
        return None
    rows = [_row(_name(item, name), verdict.numbers[name], name != "others") for name in shown]
    ends = [row[side] for row in rows for side in ("low", "high")]
    domain = [min(*ends, verdict.most) / ROOM, max(*ends, 1.0) * ROOM]
    return {"width": WIDTH, "height": ROW * len(rows), "padding": {"left": 20, "right": 4, "top": 2, "bottom": 2}, "data": {"values": rows},
            "layer": [*_ground(domain, verdict.most), *_intervals(domain)]}


def told(interval: list[float | None]) -> str:
    """A ratio with its interval in words: 0.46 (0.37–0.56)."""
    value, low, high = interval
    return _("%(value)s (%(low)s–%(high)s)", value="–" if value is None else number(value, 2), low=number(low or 0, 2),
             high="∞" if high is None else number(high, 2))


def _name(item: ImprovementItem, name: str) -> str:
    return {"own": _("%(area)s (acted)", area=item.area), "others": _("Comparison areas"), "change": _("one against the other")}[name]


def _drawable(numbers: dict, name: str) -> bool:
    """Without comparison areas the change is the ratio itself; a ratio of none to some has no place on the scale."""
    return bool(numbers.get(name)) and bool(numbers[name][0]) and (name != "change" or bool(numbers.get("others")))


def _row(name: str, interval: list[float | None], ours: bool) -> dict:
    value, low, high = interval
    ends = {"value": value, "low": low or LEAST, "high": high or MOST}
    return {"name": name, "ours": ours, "told": told(interval)} | {side: min(max(end, LEAST), MOST) for side, end in ends.items()}


def _x(domain: list[float], **where) -> dict:
    axis = {"values": [mark for mark in MARKS if domain[0] <= mark <= domain[1]], "format": "~g"}
    return where | {"type": "quantitative", "title": None, "axis": axis, "scale": {"type": "log", "domain": domain, "nice": False}}


def _ground(domain: list[float], most: float) -> list[dict]:
    shaded = {"x": _x(domain, datum=domain[0]), "x2": {"datum": most}}
    return [{"data": ALONE, "mark": {"type": "rect", "color": "var(--rd-accent-wash)"}, "encoding": shaded},
            {"data": ALONE, "mark": {"type": "rule", "color": GREY}, "encoding": {"x": _x(domain, datum=1)}}]


def _intervals(domain: list[float]) -> list[dict]:
    axis = {"domain": False, "ticks": False, "grid": False, "labelLimit": 220, "labelPadding": 8, "labelColor": INK}
    y = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": axis}
    colour = {"field": "ours", "scale": {"domain": [True, False], "range": [ACCENT, INK]}, "legend": None}
    square, words = {"type": "point", "shape": "square", "size": 60}, {"type": "text", "align": "left", "fontWeight": 600}
    return [{"mark": {"type": "rule", "strokeWidth": 1.5, "color": INK}, "encoding": {"x": _x(domain, field="low"), "x2": {"field": "high"}, "y": y}},
            {"mark": square, "encoding": {"x": _x(domain, field="value"), "y": y, "color": colour}},
            {"mark": words, "encoding": {"x": {"value": WIDTH + 12}, "y": y, "text": {"field": "told"}}}]
