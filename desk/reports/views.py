"""The pages of figures: all of them, one by a dimension, the tickets behind one, the definitions, and each table as a file."""
from flask import abort, render_template, request

from desk.blueprint import desk, needs
from desk.reports import asked, behind, csv_file, files, matters, overview, places, shared, splits, tables
from reporting import moves, slices
from reporting.board import Board
from reporting.definition import Definition
from reporting.definitions import BY_KEY, DEFINITIONS
from reporting.slices import DIMENSIONS, WEEK

DIVIDED_BY = (WEEK, *DIMENSIONS)


@desk.get("/reports")
@needs("reports")
def reports():
    """Five figures with their doubt, satisfaction by week, what it is about, where it moves, by channel and team."""
    scope = asked.read()
    weigh = request.args.get("weigh") if request.args.get("weigh") in matters.WEIGHTS else "count"
    return render_template("desk/reports/overview.html", asked=scope, period=asked.said(scope.scope.period), weigh=weigh,
                           about=matters.about(scope, weigh), returned=tables.table(BY_KEY["returns"], scope.scope, "reason", scope.options), **_board(scope), **_places(scope))


def _board(scope: asked.Asked) -> dict:
    board = Board(scope.scope)
    return {"shared": shared.shared(scope, board.total("received").n), "counts": overview.counts(board, scope.scope), "tiles": list(overview.tiles(board, scope.scope)),
            "weekly": overview.weekly(board, scope), "splits": {by: overview.split(board, scope, by) for by in ("channel", "team")}}


def _places(scope: asked.Asked) -> dict:
    counted = moves.counts(scope.scope)
    return {"moving": places.moving(scope, counted), "grid": places.grid(scope, counted)}


@desk.get("/reports/table")
@needs("reports")
def report_table():
    """One figure by one dimension."""
    scope, figure = asked.read(), behind.definition()
    by = _by(figure)
    found = tables.table(figure, scope.scope, by, scope.options)
    return render_template("desk/reports/table.html", asked=scope, figure=figure, by=by, table=found, period=asked.said(scope.scope.period),
                           labels=asked.LABELS, dimensions=_dimensions(figure), beside=[BY_KEY[key] for key in figure.beside])


@desk.get("/reports/table.csv")
@needs("reports")
def report_table_file():
    """The same as a file."""
    scope, figure = asked.read(), behind.definition()
    by = _by(figure)
    return csv_file.answer(f"{figure.key}-{by}", files.of_table((figure,), scope, tables.table(figure, scope.scope, by, scope.options)))


@desk.get("/reports/splits.csv")
@needs("reports")
def report_splits_file():
    """Several figures side by side, by one dimension, as a file."""
    scope, by = asked.read(), _by()
    return csv_file.answer(f"figures-{by}", files.of_table(splits.SIDE_BY_SIDE, scope, splits.side_by_side(splits.SIDE_BY_SIDE, scope, by)))


@desk.get("/reports/tickets")
@needs("reports")
def report_tickets():
    """Exactly the tickets behind one number."""
    scope, figure = asked.read(), behind.definition()
    which = behind.chosen_set(figure)
    page, rows = behind.page(figure, scope, which)
    return render_template("desk/reports/tickets.html", asked=scope, figure=figure, which=which, page=page, rows=rows,
                           period=asked.said(scope.scope.period))


@desk.get("/reports/tickets.csv")
@needs("reports")
def report_tickets_file():
    """The same as a file, without words and names."""
    scope, figure = asked.read(), behind.definition()
    which = behind.chosen_set(figure)
    return csv_file.answer(f"{figure.key}-tickets", files.of_tickets(figure, scope, which))


@desk.get("/reports/definitions")
@needs("reports")
def report_definitions():
    """What each figure is, where it comes from, and what must stand beside it."""
    return render_template("desk/reports/definitions.html", definitions=DEFINITIONS, by_key=BY_KEY)


def _by(figure: Definition | None = None) -> str:
    by = request.args.get("by", WEEK)
    return by if by in _dimensions(figure) else abort(404)


def _dimensions(figure: Definition | None) -> tuple[str, ...]:
    return (*DIVIDED_BY, *(slices.own(figure) if figure else ()))
