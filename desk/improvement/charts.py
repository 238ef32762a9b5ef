"""The u' chart of an improvement item as a Vega-Lite spec: what was measured, what was expected, what we did and watched."""
from collections.abc import Callable
from datetime import date

from flask_babel import format_decimal
from flask_babel import gettext as _

from core.i18n import day
from reporting.improvement import series
from reporting.improvement.models import ImprovementItem
from reporting.improvement.series import Point, Series
from reporting.improvement.weeks import index, label, monday
from reporting.pictures import link

GREY, ACCENT, SHEET = "var(--rd-ink-3)", "var(--rd-accent)", "var(--rd-sheet)"
HALF = 0.5
ROOM = 1.08  # above the highest point
EVERY = 4  # weeks between two names under the axis
ALONE = {"values": [{}]}  # the data of a mark that is drawn once
DIAMOND = {"type": "point", "shape": "diamond", "size": 90, "fill": SHEET, "stroke": "var(--rd-s1)", "strokeWidth": 2}


def number(value: float, places: int = 1) -> str:
    """A number as it is read."""
    return format_decimal(value, f"0.{'0' * places}")


def weeks_chart(item: ImprovementItem, found: Series, href: Callable[[date], str]) -> dict:
    """Black what was measured, grey what was expected, red diamonds the signal, accent what we did; points lead to `href(week)`."""
    return {
        "width": 660, "height": 270, "data": {"values": [_row(at, point, href) for at, point in enumerate(found.points)]},
        "layer": [*_bands(item, found), *_expected(found), *_action(item),
                  {"mark": {"type": "line"}, "encoding": {"x": _x(found, field="x"), "y": _y(found, field="rate")}},
                  _points(found, {"type": "point"}, "!datum.signal"), _points(found, DIAMOND, "datum.signal")],
    }


def _row(at: int, point: Point, href: Callable[[date], str]) -> dict:
    told = _("%(week)s: %(count)s complaints, %(shops)s shops, %(rate)s per 1,000", week=label(point.week), count=point.count, shops=point.shops,
             rate=number(point.rate))
    return {"x": at, "rate": point.rate, "low": point.low, "high": point.high, "signal": point.signal, "href": link(href(point.week)), "told": told}


def _x(found: Series, **where) -> dict:
    names = [label(point.week) for point in found.points]
    axis = {"grid": False, "values": list(range(0, len(names), EVERY)), "labelExpr": f"{names}[datum.value]"}
    return where | {"type": "quantitative", "title": None, "scale": {"domain": [-HALF, len(names) - HALF], "nice": False}, "axis": axis}


def _y(found: Series, **where) -> dict:
    top = ROOM * max(max(point.rate, point.high) for point in found.points)
    return where | {"type": "quantitative", "title": None, "scale": {"domain": [0, top or 1], "nice": False}, "axis": {"tickCount": 4}}


def _expected(found: Series) -> list[dict]:
    end = found.points[-1]
    words = ((found.centre, _("mean %(value)s", value=number(found.centre))), (end.high, _("upper limit %(value)s", value=number(end.high))),
             (end.low, _("lower limit %(value)s", value=number(end.low))))
    return [_drawn_once({"type": "rule", "color": GREY}, y=_y(found, datum=found.centre)), *(_limit(found, side) for side in ("low", "high")),
            *(_named(found, value, text) for value, text in words if value > 0)]


def _limit(found: Series, side: str) -> dict:
    mark = {"type": "line", "interpolate": "step", "color": GREY, "strokeWidth": 1, "strokeDash": [4, 3]}
    return {"mark": mark, "encoding": {"x": _x(found, field="x"), "y": _y(found, field=side)}}


def _named(found: Series, value: float, text: str) -> dict:
    mark = {"type": "text", "text": text, "align": "left", "dx": 6, "color": GREY}
    return _drawn_once(mark, x=_x(found, datum=len(found.points) - HALF), y=_y(found, datum=value))


def _bands(item: ImprovementItem, found: Series) -> list[dict]:
    watched, last = series.watched(item), len(found.points) - 1
    shown = [(item.baseline_first, item.baseline_last, "var(--rd-sunken)", _("ordinary weeks"))]
    shown += [(*watched, "var(--rd-accent-wash)", _("watch"))] if watched else []
    numbered = [(index(item.baseline_first, first), index(item.baseline_first, end), *how) for first, end, *how in shown]
    return [part for first, end, *how in numbered if first <= min(end, last) for part in _band(found, first, min(end, last), *how)]


def _band(found: Series, first: int, last: int, colour: str, text: str) -> list[dict]:
    start, mark = _x(found, datum=first - HALF), {"type": "text", "text": text, "align": "left", "dx": 4, "dy": -8, "color": "var(--rd-ink-2)"}
    return [_drawn_once({"type": "rect", "color": colour}, x=start, x2={"datum": last + HALF}), _drawn_once(mark, x=start, y={"value": 0})]


def _action(item: ImprovementItem) -> list[dict]:
    """A line where the first action was done."""
    done = min((action.done_on for action in item.present_actions if action.done_on), default=None)
    if done is None:
        return []
    at = {"datum": index(item.baseline_first, monday(done)) - HALF + done.weekday() / 7, "type": "quantitative"}
    text = {"type": "text", "text": day(done), "align": "left", "dx": 5, "dy": 10, "color": ACCENT, "fontWeight": 600}
    return [_drawn_once({"type": "rule", "color": ACCENT, "strokeWidth": 2}, x=at), _drawn_once(text, x=at, y={"value": 0})]


def _points(found: Series, mark: dict, which: str) -> dict:
    return {"transform": [{"filter": which}], "mark": mark,
            "encoding": {"x": _x(found, field="x"), "y": _y(found, field="rate"), "href": {"field": "href"}, "description": {"field": "told"}}}


def _drawn_once(mark: dict, **where) -> dict:
    return {"data": ALONE, "mark": mark, "encoding": where}
