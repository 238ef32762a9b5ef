"""The chart of categories by how much there is of them, as a Vega-Lite specification made from values."""
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.pictures import SCHEMA, link, svg

ACCENT, GREY, INK = "var(--rd-accent)", "var(--rd-ink-3)", "var(--rd-ink)"
BAR, STEP = 18, 32  # pixels: the bar of a category, and from one to the next
NAME, LONGEST, NUMBERS = 138, 64, 84  # pixels: room for names, the longest bar, the numbers at the right


@dataclass(frozen=True)
class Bar:
    """One category: its name, how much, what that is in words, how much it is with those before it, where it leads; `ours` is the first."""

    name: str
    value: float
    text: str
    cumulative: str
    href: str
    ours: bool


def pareto(bars: Sequence[Bar]) -> str:
    """The bars from nought on, the number behind each, and at the end the share of all together with those before."""
    values = [{"name": bar.name, "value": bar.value, "text": bar.text, "cumulative": bar.cumulative, "href": link(bar.href), "ours": bar.ours,
               "said": f"{bar.name}: {bar.text}"} for bar in bars]
    axis = {"domain": False, "ticks": False, "labelLimit": NAME - 6, "labelColor": INK, "minExtent": NAME, "maxExtent": NAME}
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}
    x = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(bar.value for bar in bars)]}}
    colour = {"condition": {"test": "datum.ours", "value": ACCENT}, "value": GREY}
    layers = [
        {"mark": {"type": "bar", "height": BAR},
         "encoding": {"y": y, "x": x, "color": colour, "href": {"field": "href"}, "description": {"field": "said"}}},
        {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"y": y, "x": x, "text": {"field": "text"}}},
        {"mark": {"type": "text", "align": "right", "color": GREY},
         "encoding": {"y": y, "x": {"value": LONGEST + NUMBERS}, "text": {"field": "cumulative"}}},
    ]
    return svg({"$schema": SCHEMA, "width": LONGEST, "height": {"step": STEP}, "data": {"values": values}, "layer": layers})
