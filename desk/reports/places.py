"""Where it is: the commonest categories in each area, and which of them moved by more than chance explains."""
from collections import Counter

from flask_babel import gettext as _

from desk.reports import matters, names, shown
from desk.reports.asked import LABELS, Asked
from desk.reports.matters import RECEIVED
from desk.reports.shown import Cell
from desk.reports.tables import Line, Table
from reporting import exposure, figures
from reporting.definitions import BY_KEY
from reporting.moves import Counts, Move, moves

SHOWN = 6
RATE = BY_KEY["rate"]


def moving(asked: Asked, counted: Counts) -> list[dict] | None:
    """Pairs of category and area that changed, in words, each number with its tickets; None where nothing can be compared."""
    found = moves(asked.scope, counted)
    return None if found is None else [_move(asked, move) for move in found]


def _move(asked: Asked, move: Move) -> dict:
    scope = asked.scope.narrowed(leaf=move.leaf, area=move.area)
    return {"leaf": matters.name(asked, move.leaf), "area": move.area, "up": move.ratio.value > 1,
            "before": shown.count_cell(RECEIVED, scope.during(scope.period.before()), move.before),
            "now": shown.count_cell(RECEIVED, scope, move.now), "ratio": _("× %(ratio)s", ratio=shown.figure(RATE, move.ratio.value)),
            "between": shown.between(RATE, move.ratio)}


def grid(asked: Asked, counted: Counts) -> Table:
    """The commonest categories by area: tickets of the period, and beneath them how many that is for each 1,000 shops and week."""
    cells, leaves = Counter(), Counter()
    for (leaf, area, week), n in counted.items():
        if week >= asked.scope.period.first:
            cells[leaf, area] += n
            leaves[leaf] += n
    rows, active = [leaf for leaf, _n in leaves.most_common(SHOWN)], exposure.active(asked.scope)
    present = {area for leaf, area in cells if leaf in rows}
    areas = [area for area in active if area in present] + ([None] if None in present else [])
    lines = [_line(asked, leaf, [(area, cells[leaf, area], active.get(area, 0)) for area in areas]) for leaf in rows]
    return Table(str(LABELS["leaf"]), [area or names.missing("area") for area in areas], lines)


def _line(asked: Asked, leaf: str | None, cells: list[tuple[str | None, int, int]]) -> Line:
    scope = asked.scope.narrowed(leaf=names.value_of(leaf))
    return Line(matters.name(asked, leaf), shown.table_url(RATE, scope, "area"), [_cell(scope, *cell) for cell in cells], names.value_of(leaf))


def _cell(scope, area: str | None, n: int, retailers: int) -> Cell:
    rate = exposure.rate(figures.Value(n), retailers, scope.period.elapsed) if n else None
    found = shown.count_cell(RECEIVED, scope.narrowed(area=names.value_of(area)), n)
    return Cell(found.text, found.href, n, note=shown.figure(RATE, rate.value) if rate else "", quiet=not n)
