"""The values of figures: one query for all definitions that count the same rows by the same time, divided as finely as is asked."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from sqlalchemy import Date, DateTime, and_, cast, column, extract, func, literal, or_, values
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION

from core import organisation
from core.db import db
from reporting import intervals, worked
from reporting.definition import Definition
from reporting.rates import Interval
from reporting.slices import ALL, WEEK, Scope, rows, week_of
from reporting.tally import Tally

TOO_FEW = 10  # of fewer than that a share, mean or time says nothing

Key = tuple  # values of the dimensions asked for, None where a row has none
Tallies = dict[str, dict[Key, Tally]]  # by definition


@dataclass(frozen=True)
class Value:
    """One figure: `n` counted rows, `part` of them in the numerator of a share, the estimate if they are enough, the 90th percentile of a time."""

    n: int
    part: int | None = None
    estimate: Interval | None = None
    p90: float | None = None


EMPTY = Value(0)


def total(definition: Definition, scope: Scope) -> Value:
    """The figure of the whole scope."""
    return measure(definition, scope).get((), EMPTY)


def measure(definition: Definition, scope: Scope, *by: str) -> dict[Key, Value]:
    """The figure divided by dimensions (keys of ALL, or WEEK), as far as there are rows. A rate is only counted: see exposure."""
    return {key: value(definition, tally) for key, tally in read((definition,), scope, *by)[definition.key].items()}


def value(definition: Definition, tally: Tally) -> Value:
    """What a tally comes to."""
    n, enough = tally.n, tally.n >= TOO_FEW
    if definition.kind == "share":
        return Value(n, tally.part, intervals.share(tally.part, n) if enough else None)
    if definition.kind == "mean":
        return Value(n, None, intervals.mean(n, tally.total, tally.squares) if enough else None)
    if definition.kind == "time" and enough:
        ordered = tally.ordered
        return Value(n, None, intervals.median(ordered), intervals.quantile(ordered, 0.9))
    return Value(n)


def read(definitions: Iterable[Definition], scope: Scope, *by: str) -> Tallies:
    """The tallies of several definitions; what was not found has no key."""
    ordered = sorted(definitions, key=_source)
    found: Tallies = {definition.key: {} for definition in ordered}
    for _same, group in groupby(ordered, key=_source):
        group = list(group)
        (_read_times if group[0].kind == "time" else _read_sums)(group, scope, by, found)
    return found


def _source(definition: Definition) -> tuple:
    # Times are read row by row, each in a query of its own; the rest can share a query if rows and time are the same.
    return definition.rows.entity.__name__, str(definition.at), definition.key if definition.kind == "time" else ""


def _read_sums(definitions: Sequence[Definition], scope: Scope, by, found: Tallies) -> None:
    weeks = _ends(scope) if definitions[0].at is None and WEEK in by else None
    moment = scope.period.moment if weeks is None else weeks.c.moment
    columns = _columns(definitions[0], scope, by, weeks)
    counted = {definition.key: and_(*definition.conditions(moment)) for definition in definitions}
    sums = [each for definition in definitions for each in _sums(definition, counted[definition.key])]
    query = rows(definitions[0], scope, (*columns, *sums)).where(or_(*counted.values()))
    if weeks is not None:
        query = query.join(weeks, literal(True))  # every week meets every ticket that fulfils the condition at its end
    for row in db.session.execute(query.group_by(*(each.name for each in columns))):
        key, numbers = tuple(row[:len(by)]), row[len(by):]
        for place, definition in enumerate(definitions):
            n, part, whole, squares = numbers[4 * place:4 * place + 4]
            if n:
                found[definition.key][key] = Tally(n, part or 0, float(whole or 0), float(squares or 0))


def _sums(definition: Definition, counted) -> list:
    part, value = definition.part, definition.value
    parts = func.count().filter(counted, part) if part is not None else literal(None)
    sums = [func.sum(each).filter(counted) for each in (value, value * value)] if value is not None else [literal(None), literal(None)]
    return [each.label(f"{definition.key}_{number}") for number, each in enumerate((func.count().filter(counted), parts, *sums))]


def _read_times(definitions: Sequence[Definition], scope: Scope, by, found: Tallies) -> None:
    # As numbers and in arrays: ten thousand moments as Python objects would take longer than everything else on the page.
    (definition,) = definitions
    columns = _columns(definition, scope, by)
    moments = [func.array_agg(cast(extract("epoch", each), DOUBLE_PRECISION)) for each in definition.span]
    query = rows(definition, scope, (*columns, *moments)).where(*definition.conditions(scope.period.moment))
    read = db.session.execute(query.group_by(*(each.name for each in columns)).having(func.count() > 0)).all()
    spent = {tuple(row[:-2]): np.array(row[-2:]) for row in read}
    if spent:
        ruler = worked.Ruler(organisation.calendar(), min(pair[0].min() for pair in spent.values()), max(pair[1].max() for pair in spent.values()))
        found[definition.key] = {key: Tally(len(starts), pieces=[ruler.minutes(starts, ends)]) for key, (starts, ends) in spent.items()}


def _columns(definition: Definition, scope: Scope, by, weeks=None) -> list:
    # Named by number: PostgreSQL would take GROUP BY area for the column of that name, not for what is selected under it.
    week = week_of(definition.at, scope.period) if weeks is None else weeks.c.week
    found = (week if key == WEEK else ALL[key].column(scope.actor) for key in by)
    return [each.label(f"by_{number}") for number, each in enumerate(found)]


def _ends(scope: Scope):
    """The end of each week of the period, as a table."""
    ends = [(first, scope.period.single(first).moment) for first in scope.period.mondays()]
    return values(column("week", Date), column("moment", DateTime(timezone=True)), name="weeks").data(ends)
