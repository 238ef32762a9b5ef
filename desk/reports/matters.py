"""What it is about: categories by how much there is of them, with and without the first."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desk.reports import names, shown
from desk.reports.asked import Asked
from desk.reports.pareto import Bar, pareto
from desk.reports.shown import Cell
from reporting import figures
from reporting.definitions import BY_KEY

SHOWN = 8
# Tickets weigh by severity as they do on a handler's desk.
WEIGHTS = {"count": {}, "severity": {"S1": 4, "S2": 2, "S4": 0.5}}
RECEIVED = BY_KEY["received"]


@dataclass(frozen=True)
class Matters:
    """Two pictures, with and without the first category, how much they show, and the numbers of all categories."""

    pictures: list[str]
    totals: list[str]
    lines: list[tuple[str, Cell, str, str]]


def about(asked: Asked, weigh: str) -> Matters:
    """The categories of what was received; `weigh` is a key of WEIGHTS."""
    tickets, weighed = Counter(), Counter()
    for (leaf, severity), value in figures.measure(RECEIVED, asked.scope, "leaf", "severity").items():
        tickets[leaf] += value.n
        weighed[leaf] += value.n * WEIGHTS[weigh].get(severity, 1)
    order = sorted(weighed.most_common(), key=_unsorted)  # what nobody has sorted yet is no category: it stands last
    parts = [order, order[1:]]
    return Matters([_picture(asked, part, number == 0) for number, part in enumerate(parts)],
                   [shown.number(sum(n for _leaf, n in part)) for part in parts], _lines(asked, order, tickets))


def _picture(asked: Asked, order: Sequence[tuple], with_first: bool) -> str:
    whole, so_far, bars = sum(n for _leaf, n in order), 0, []
    for place, (leaf, n) in enumerate(_fitting(order)):
        so_far += n
        share = f"{shown.number(100 * so_far / whole)} %"
        bars.append(Bar(name(asked, leaf), n, shown.number(n), share, _url(asked, leaf), with_first and place == 0 and leaf is not None))
    return pareto(bars) if bars else ""


def _unsorted(line: tuple) -> bool:
    return line[0] is None


def _fitting(order: Sequence[tuple]) -> list[tuple]:
    """As many as the picture has room for, what is not sorted yet always among them."""
    loose = [line for line in order if _unsorted(line)]
    return [line for line in order if not _unsorted(line)][:SHOWN - len(loose)] + loose


def _lines(asked: Asked, order: Sequence[tuple], tickets: Counter) -> list[tuple[str, Cell, str, str]]:
    whole, so_far, lines = sum(n for _leaf, n in order), 0, []
    for leaf, n in order:
        so_far += n
        cell = Cell(shown.number(tickets[leaf]), _url(asked, leaf), tickets[leaf])
        lines.append((name(asked, leaf), cell, shown.number(n), f"{shown.number(100 * so_far / whole)} %"))
    return lines


def name(asked: Asked, leaf: str | None) -> str:
    """A category as it is called."""
    return names.missing("leaf") if leaf is None else dict(asked.options["leaf"]).get(leaf, leaf)


def _url(asked: Asked, leaf: str | None) -> str:
    return shown.tickets_url(RECEIVED, asked.scope.narrowed(leaf=names.value_of(leaf)))
