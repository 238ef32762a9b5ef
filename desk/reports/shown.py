"""Figures as people read them: numbers in the reader's language, intervals, links to exactly the tickets behind them."""
import math
from dataclasses import dataclass

from flask_babel import gettext as _

from desk.reports import asked
from reporting.definition import Definition
from reporting.figures import Value
from reporting.rates import Interval
from reporting.slices import Scope

PERCENT, HOUR = 100, 60


@dataclass(frozen=True)
class Cell:
    """One place of a table: `text` is read, `note` beneath it, `raw` is what a file gets."""

    text: str
    href: str | None = None
    raw: object = None
    quiet: bool = False
    note: str = ""


def number(value: float, digits: int = 0) -> str:
    """A number with so many digits after the point; Chinese and English write it alike, and a page has five hundred."""
    return f"{value:,.{digits}f}"


def unit(definition: Definition) -> str:
    """What the estimate is given in."""
    return {"share": "%", "time": _("h"), "rate": ""}.get(definition.kind, "") if definition.minutes == HOUR else _("days")


def _scaled(definition: Definition, value: float) -> float:
    return value * PERCENT if definition.kind == "share" else value / definition.minutes if definition.kind == "time" else value


def _digits(definition: Definition) -> int:
    return 2 if definition.kind in ("mean", "rate") else 1


def figure(definition: Definition, value: float) -> str:
    """An estimate without its unit."""
    return number(_scaled(definition, value), _digits(definition))


def raw(definition: Definition, value: float | None) -> float | None:
    """The same number for a file."""
    return None if value is None or not math.isfinite(value) else round(_scaled(definition, value), 4)


def between(definition: Definition, interval: Interval) -> str:
    """The interval as 82.9–86.5; an end that nothing bounds is told by a sign."""
    low, high = (figure(definition, end) if math.isfinite(end) else "∞" for end in interval[1:])
    return f"{low}–{high}"


def estimate_cells(definition: Definition, interval: Interval | None) -> list[Cell]:
    """The estimate and its interval, or that there is too little to tell."""
    if interval is None:
        return [Cell(_("too few"), quiet=True), Cell("", quiet=True)]
    return [Cell(figure(definition, interval.value), raw=raw(definition, interval.value)),
            Cell(between(definition, interval), raw=f"{raw(definition, interval.low)}..{raw(definition, interval.high)}", quiet=True)]


def tickets_url(definition: Definition, scope: Scope, which: str = "of") -> str:
    """The list of exactly the rows of one set."""
    return asked.address("report_tickets", figure=definition.key, rows=which, **asked.args(scope))


def table_url(definition: Definition, scope: Scope, by: str) -> str:
    """The page of one figure by one dimension."""
    return asked.address("report_table", figure=definition.key, by=by, **asked.args(scope))


def count_cell(definition: Definition, scope: Scope, n: int, which: str = "of") -> Cell:
    """A number of rows that opens them; nought opens nothing."""
    return Cell(number(n), tickets_url(definition, scope, which) if n else None, n)


def of_value(definition: Definition, value: Value, which: str) -> int:
    """How many rows a set of the figure has."""
    return {"of": value.n, "part": value.part or 0, "rest": value.n - (value.part or 0)}[which]
