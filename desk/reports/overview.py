"""What stands on the page of figures: five figures with their doubt, satisfaction by week, what it is about, where it moves, who and how."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from desk.reports import charts, shown, splits
from desk.reports.asked import Asked
from desk.reports.shown import Cell
from desk.reports.tables import Table
from reporting.board import Board
from reporting.definition import Definition
from reporting.definitions import BY_KEY
from reporting.figures import Value
from reporting.slices import WEEK, Scope

COUNTED = ("received", "closed", "open", "overdue", "left_out")
SAYS = {"left_out": _l("(merged, withdrawn or noise)")}
# The figures on top, each with what must stand beneath it: (key, set of its rows to name).
TILES = (
    ("satisfied", (("response", "part"), ("score", "of"))),
    ("on_time", (("on_time_first", "rest"), ("extended", "part"))),
    ("closing_time", (("redo", "part"), ("first_response", "of"), ("contact_in_time", "rest"))),
    ("redo", ()),
    ("promises", ()),
)


@dataclass(frozen=True)
class Tile:
    """One key figure: `head` opens it by week, `figure` its tickets; the lines beneath say how sure it is and what must stand beside it."""

    head: Cell
    figure: Cell
    unit: str
    doubt: str
    of: Cell
    beside: list[tuple[Cell, Cell]]
    before: str = ""


def counts(board: Board, scope: Scope) -> list[tuple[str, Cell, str]]:
    """How much there is, each number with its list, and what it is where its name does not say so."""
    return [(str(BY_KEY[key].name), shown.count_cell(BY_KEY[key], scope, board.total(key).n), SAYS.get(key, "")) for key in COUNTED]


def tiles(board: Board, scope: Scope) -> Iterator[Tile]:
    """The key figures."""
    for key, beside in TILES:
        yield _tile(board, BY_KEY[key], scope, beside)


def _tile(board: Board, definition: Definition, scope: Scope, beside) -> Tile:
    value, then = board.total(definition.key), board.before(definition.key)
    return Tile(
        Cell(str(definition.name), shown.table_url(definition, scope, WEEK)), _figure(definition, scope, value),
        shown.unit(definition) if value.estimate else "", _doubt(definition, value), _of(definition, scope, value),
        [_beside(board, BY_KEY[key], scope, which) for key, which in beside],
        _("before: %(value)s", value=shown.figure(definition, then.estimate.value)) if then.estimate and value.estimate else "")


def _figure(definition: Definition, scope: Scope, value: Value) -> Cell:
    which = "part" if definition.part is not None else "of"
    if value.estimate is None:
        return Cell("–", quiet=True)
    return Cell(shown.figure(definition, value.estimate.value), shown.tickets_url(definition, scope, which))


def _doubt(definition: Definition, value: Value) -> str:
    if value.estimate is None:
        return _("too few to tell")
    said = _("95 %% interval %(between)s", between=shown.between(definition, value.estimate))
    return said if value.p90 is None else _("%(doubt)s; 90 %% within %(p90)s", doubt=said, p90=shown.figure(definition, value.p90))


def _of(definition: Definition, scope: Scope, value: Value) -> Cell:
    counted = definition.sets["of"] if definition.kind == "share" else definition.rows.unit
    cell = shown.count_cell(definition, scope, value.n)
    return replace(cell, text=_("%(n)s %(what)s", n=cell.text, what=counted))


def _beside(board: Board, definition: Definition, scope: Scope, which: str) -> tuple[Cell, Cell]:
    value = board.total(definition.key)
    name = Cell(str(definition.name), shown.table_url(definition, scope, WEEK))
    if value.estimate is None:
        return name, replace(shown.count_cell(definition, scope, value.n), text=_("too few (%(n)s)", n=shown.number(value.n)))
    told = f"{shown.figure(definition, value.estimate.value)} {shown.unit(definition)}"
    return name, Cell(told.strip(), shown.tickets_url(definition, scope, which) if shown.of_value(definition, value, which) else None)


def weekly(board: Board, asked: Asked) -> dict:
    """Satisfaction by week: two pictures (wide, narrow) and the numbers beneath them."""
    scope, satisfied, response = asked.scope, BY_KEY["satisfied"], BY_KEY["response"]
    scores, answers = (board.by(each.key, WEEK) for each in (satisfied, response))
    base = board.before("satisfied").estimate

    def url(first: date) -> str:
        return shown.tickets_url(satisfied, scope.during(scope.period.single(first)))
    drawn = [charts.satisfaction(scope.period, scores, answers, base and base.value, url, size) for size in (charts.WIDE, charts.NARROW)]
    return {"wide": drawn[0], "narrow": drawn[1], "base": base and shown.figure(satisfied, base.value),
            "table": splits.side_by_side((satisfied, response), asked, WEEK, [scores, answers])}


def split(board: Board, asked: Asked, by: str) -> Table:
    """The usual figures side by side, by channel or team."""
    return splits.side_by_side(splits.SIDE_BY_SIDE, asked, by, [board.by(each.key, by) for each in splits.SIDE_BY_SIDE])
