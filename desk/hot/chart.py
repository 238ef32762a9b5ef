"""The hours of a hot issue as a Vega-Lite specification: bars what came in, a line what is usual."""
from collections.abc import Sequence

from flask_babel import gettext as _

from core import organisation
from desk.hot.words import number
from reporting.hot.queries import Hour
from reporting.pictures import svg

WIDE, NARROW = (660, 200), (300, 180)
NAMES = 6  # under the axis, at most
LOUD, QUIET = "var(--rd-s1)", "var(--rd-line-strong)"


def hours(course: Sequence[Hour], size: tuple[int, int] = WIDE) -> str:
    """The picture; "" without an hour to show."""
    if not course:
        return ""
    rows = [_row(at, hour) for at, hour in enumerate(course)]
    x = {"field": "at", "type": "ordinal", "title": None, "axis": _axis(course), "scale": {"paddingInner": 0.15}}
    y = {"type": "quantitative", "title": None, "axis": {"tickCount": 4, "domain": False, "ticks": False}}
    colour = {"condition": {"test": "datum.loud", "value": LOUD}, "value": QUIET}
    bars = {"mark": {"type": "bar", "aria": True}, "encoding": {"x": x, "y": y | {"field": "count"}, "fill": colour, "description": {"field": "said"}}}
    line = {"mark": {"type": "line", "interpolate": "step"}, "encoding": {"x": x, "y": y | {"field": "usual"}}}
    return svg({"width": size[0], "height": size[1], "data": {"values": rows}, "layer": [bars, line]})


def _row(at: int, hour: Hour) -> dict:
    said = _("%(hour)s: %(count)s complaints, usual are %(usual)s", hour=clock(hour), count=hour.count, usual=number(hour.usual))
    return {"at": at, "count": hour.count, "usual": hour.usual, "loud": hour.count > 3 * max(1.0, hour.usual), "said": said}


def _axis(course: Sequence[Hour]) -> dict:
    every = -(-len(course) // NAMES)
    return {"values": list(range(0, len(course), every)), "labelExpr": f"{[clock(hour) for hour in course]}[datum.value]", "labelAngle": 0}


def clock(hour: Hour) -> str:
    """When an hour begins, on the clock of the organisation."""
    return f"{hour.at.astimezone(organisation.zone()):%H:%M}"
