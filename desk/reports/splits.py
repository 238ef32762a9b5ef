"""Several figures side by side for each value of one dimension: channels, teams, weeks."""
from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _

from desk.reports import asked, shown, tables
from desk.reports.asked import Asked
from desk.reports.shown import Cell
from desk.reports.tables import Line, Part, Table
from reporting import figures
from reporting.definition import Definition
from reporting.definitions import BY_KEY
from reporting.figures import EMPTY, Value

# Speed never without redo, satisfaction never without the response rate.
SIDE_BY_SIDE = tuple(BY_KEY[key] for key in ("received", "on_time", "closing_time", "redo", "satisfied", "response"))


def side_by_side(definitions: Sequence[Definition], asked_for: Asked, by: str, found: Sequence[dict] | None = None) -> Table:
    """Their values by one dimension: as already `found` (by value of the dimension), or freshly read."""
    scope = asked_for.scope
    read = [{key: value for (key,), value in figures.measure(each, scope, by).items()} for each in definitions] if found is None else found
    every = dict.fromkeys(key for values in reversed(read) for key in values)
    order = {key: read[0].get(key, EMPTY) for key in every}
    parts = tables.parts(scope, by, order, asked_for.options)
    lines = [_line(definitions, part, [values.get(key, EMPTY) for values in read]) for key, _value, part in parts]
    return Table(str(asked.LABELS[by]), [word for definition in definitions for word in _heads(definition)], lines)


def _heads(definition: Definition) -> list[str]:
    if definition.kind == "count":
        return [str(definition.name)]
    unit = shown.unit(definition)
    return [_("%(name)s, %(unit)s", name=definition.name, unit=unit) if unit else str(definition.name), "n"]


def _line(definitions: Sequence[Definition], part: Part, values: list[Value]) -> Line:
    cells = [cell for definition, value in zip(definitions, values, strict=True) for cell in _cells(definition, part, value)]
    return Line(part.label, asked.address("reports", **asked.args(part.scope)), cells, part.raw, part.mark)


def _cells(definition: Definition, part: Part, value: Value) -> list[Cell]:
    n = shown.count_cell(definition, part.scope, value.n)
    if definition.kind == "count":
        return [n]
    estimate, doubt = shown.estimate_cells(definition, value.estimate if value.n else None)
    href = shown.tickets_url(definition, part.scope, "part") if value.part and value.estimate else None
    return [replace(estimate, href=href, note=doubt.text, text=estimate.text if value.n else ""), n]
