"""The values of figures: one query for each definition and way of dividing it, with what the numbers leave in doubt."""
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Date, DateTime, column, func, literal, values

from core import organisation
from core.db import db
from reporting import intervals, worked
from reporting.definition import Definition
from reporting.rates import Interval
from reporting.slices import DIMENSIONS, WEEK, Scope, rows, week_of

TOO_FEW = 10  # of fewer than that a share, mean or time says nothing


@dataclass(frozen=True)
class Value:
    """One figure: `n` counted rows, `part` of them in the numerator of a share, the estimate if they are enough, the 90th percentile of a time."""

    n: int
    part: int | None = None
    estimate: Interval | None = None
    p90: float | None = None


Key = tuple  # of the values of the dimensions asked for, None where a row has none
EMPTY = Value(0)


def total(definition: Definition, scope: Scope) -> Value:
    """The figure of the whole scope."""
    return measure(definition, scope).get((), EMPTY)


def measure(definition: Definition, scope: Scope, *by: str) -> dict[Key, Value]:
    """The figure divided by dimensions (keys of DIMENSIONS, or WEEK), as far as there are rows. Rates are counted only: see exposure."""
    reader = {"share": _shares, "mean": _means, "time": _times}.get(definition.kind, _counts)
    return dict(reader(definition, scope, by))


def _counts(definition: Definition, scope: Scope, by) -> Iterator[tuple[Key, Value]]:
    for *key, n in _grouped(definition, scope, by, func.count()):
        yield tuple(key), Value(n)


def _shares(definition: Definition, scope: Scope, by) -> Iterator[tuple[Key, Value]]:
    for *key, n, part in _grouped(definition, scope, by, func.count(), func.count().filter(definition.part)):
        yield tuple(key), Value(n, part, intervals.share(part, n) if n >= TOO_FEW else None)


def _means(definition: Definition, scope: Scope, by) -> Iterator[tuple[Key, Value]]:
    value = definition.value
    for *key, n, whole, squares in _grouped(definition, scope, by, func.count(), func.sum(value), func.sum(value * value)):
        yield tuple(key), Value(n, None, intervals.mean(n, float(whole), float(squares)) if n >= TOO_FEW else None)


def _times(definition: Definition, scope: Scope, by) -> Iterator[tuple[Key, Value]]:
    found = db.session.execute(rows(definition, scope, (*_columns(definition, scope, by), *definition.span))).all()
    spent: dict[Key, list[float]] = defaultdict(list)
    for row, minutes in zip(found, worked.spans(organisation.calendar(), (row[-2:] for row in found)), strict=True):
        spent[tuple(row[:-2])].append(minutes)
    for key, each in spent.items():
        ordered = sorted(each)
        enough = len(ordered) >= TOO_FEW
        yield key, Value(len(ordered), None, intervals.median(ordered) if enough else None, intervals.quantile(ordered, 0.9) if enough else None)


def _grouped(definition: Definition, scope: Scope, by, *aggregates) -> list:
    weeks = _ends(scope) if definition.at is None and WEEK in by else None
    columns = _columns(definition, scope, by, weeks)
    query = rows(definition, scope, (*columns, *aggregates), moment=None if weeks is None else weeks.c.moment)
    if weeks is not None:
        query = query.join(weeks, literal(True))  # every week meets every ticket that fulfils the condition at its end
    found = db.session.execute(query.group_by(*(column.name for column in columns))).all()
    return [row for row in found if columns or row[-len(aggregates)]]


def _columns(definition: Definition, scope: Scope, by, weeks=None) -> list:
    # Named by number: PostgreSQL would take GROUP BY area for the column of that name, not for what is selected under it.
    week = week_of(definition.at, scope.period) if weeks is None else weeks.c.week
    found = (week if key == WEEK else DIMENSIONS[key].column(scope.actor) for key in by)
    return [each.label(f"by_{number}") for number, each in enumerate(found)]


def _ends(scope: Scope):
    """The end of each week of the period, as a table."""
    ends = [(first, scope.period.single(first).moment) for first in scope.period.mondays()]
    return values(column("week", Date), column("moment", DateTime(timezone=True)), name="weeks").data(ends)
