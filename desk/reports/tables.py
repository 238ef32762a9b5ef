"""Tables of figures: one figure by one dimension, or several figures side by side; the page and the file show the same one."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from desk.reports import asked, names, shown
from desk.reports.shown import Cell
from reporting import exposure, figures
from reporting.definition import Definition
from reporting.figures import EMPTY, Value
from reporting.slices import WEEK, Scope
from reporting.weeks import WEEK as ONE_WEEK

SETS = ("part", "rest", "of")


@dataclass(frozen=True)
class Line:
    """One row: what it is about, where that leads, its cells; `mark` says what is unusual about it."""

    label: str
    href: str | None
    cells: list[Cell]
    raw: str
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """`heads` are the words over the cells, without the first column's (`label`)."""

    label: str
    heads: list[str]
    lines: list[Line]


def table(definition: Definition, scope: Scope, by: str, options: dict) -> Table:
    """One figure by one dimension: the most rows first, weeks in their order."""
    found = {key: value for (key,), value in figures.measure(definition, scope, by).items()}
    active = exposure.active(scope) if definition.kind == "rate" and by == "area" else {}
    everywhere = exposure.everywhere(scope) if definition.kind == "rate" else 0
    lines = [_line(definition, part, value, active.get(key, 0) if by == "area" else everywhere)
             for key, value, part in parts(scope, by, found, options)]
    return Table(str(asked.LABELS[by]), heads(definition), lines)


@dataclass(frozen=True)
class Part:
    """One slice: its scope, and how it is called."""

    scope: Scope
    label: str
    raw: str
    mark: str = ""


def parts(scope: Scope, by: str, found: dict, options: dict) -> Iterator[tuple[object, Value, Part]]:
    """Each slice with its value, in the order in which a table shows them."""
    if by == WEEK:
        yield from ((first, found.get(first, EMPTY), _week(scope, first)) for first in scope.period.mondays())
        return
    labels = dict(options[by])
    for key, value in sorted(found.items(), key=lambda pair: -pair[1].n):
        name = names.value_of(key)
        yield key, value, Part(scope.narrowed(**{by: name}), names.missing(by) if key is None else labels.get(name, name), name)


def _week(scope: Scope, first: date) -> Part:
    period = scope.period.single(first)
    words = {"week": f"{first.isocalendar()[1]:02}", "first": asked.day(first), "last": asked.day(first + ONE_WEEK - ONE_WEEK / 7)}
    return Part(scope.during(period), _("W%(week)s, %(first)s – %(last)s", **words), first.isoformat(), _("still running") if period.running else "")


def _line(definition: Definition, part: Part, value: Value, retailers: int) -> Line:
    cells = CELLS[definition.kind](definition, part.scope, value, retailers)
    return Line(part.label, asked.address("reports", **asked.args(part.scope)), cells, part.raw, part.mark)


def heads(definition: Definition) -> list[str]:
    """The words over the cells of `table`."""
    unit = shown.unit(definition)
    counted, doubt = str(definition.rows.unit), _("%(level)s interval", level="95 %")
    return {
        "count": [counted],
        "rate": [_("per 1,000 a week"), doubt, counted, _("retailers")],
        "share": [_("%(name)s, %%", name=definition.name), doubt, *(str(definition.sets[which]) for which in SETS if which in definition.sets)],
        "mean": [str(definition.name), doubt, counted],
        "time": [_("median, %(unit)s", unit=unit), doubt, _("90 %% within, %(unit)s", unit=unit), counted],
    }[definition.kind]


def _count(definition: Definition, scope: Scope, value: Value, retailers: int) -> list[Cell]:
    return [shown.count_cell(definition, scope, value.n)]


def _rate(definition: Definition, scope: Scope, value: Value, retailers: int) -> list[Cell]:
    known = exposure.rate(value, retailers, scope.period.elapsed)
    shops = [Cell(shown.number(retailers), raw=retailers)]
    return [*shown.estimate_cells(definition, known), *_count(definition, scope, value, retailers), *shops]


def _share(definition: Definition, scope: Scope, value: Value, retailers: int) -> list[Cell]:
    return [*shown.estimate_cells(definition, value.estimate),
            *(shown.count_cell(definition, scope, shown.of_value(definition, value, which), which) for which in SETS)]


def _mean(definition: Definition, scope: Scope, value: Value, retailers: int) -> list[Cell]:
    return [*shown.estimate_cells(definition, value.estimate), *_count(definition, scope, value, retailers)]


def _time(definition: Definition, scope: Scope, value: Value, retailers: int) -> list[Cell]:
    p90 = Cell("" if value.p90 is None else shown.figure(definition, value.p90), raw=shown.raw(definition, value.p90))
    return [*shown.estimate_cells(definition, value.estimate), p90, *_count(definition, scope, value, retailers)]


CELLS = {"count": _count, "rate": _rate, "share": _share, "mean": _mean, "time": _time}
