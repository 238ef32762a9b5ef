"""The weekly look at every chart, category by area: what rose so surely that it becomes a candidate."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from sqlalchemy import func, select

from catalog.queries import today
from core import clock
from core.db import db
from reporting.improvement import counts, exposure
from reporting.improvement.drafting import Rise, draft
from reporting.improvement.models import ImprovementItem, TrendLook
from reporting.improvement.weeks import WEEK, newest, span
from reporting.trends.chart import GUARD, LEAST, LONGEST, baseline
from reporting.trends.rules import Points
from reporting.trends.signals import frequent, rare, weekly

HISTORY = LONGEST + GUARD
ENOUGH = LEAST + GUARD
CATCH_UP = 4  # weeks looked at when the machine stood still, or has just been set up: older ones nobody can act on
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Grid:
    """Complaints and thousands of active shops by cell and week."""

    cells: tuple[counts.Cell, ...]
    weeks: tuple[date, ...]
    counts: Points
    exposures: Points

    @property
    def last(self) -> int:
        """The number of the week that is looked at."""
        return len(self.weeks) - 1


def next_week() -> date | None:
    """The week to look at next; None when all that are over have been looked at."""
    latest = newest(today())
    seen = db.session.scalar(select(func.max(TrendLook.week)))
    week = latest - WEEK * (CATCH_UP - 1) if seen is None else max(seen + WEEK, latest - WEEK * (CATCH_UP - 1))
    return week if week <= latest else None


def look(week: date) -> list[ImprovementItem]:
    """Look at all charts of one week, make candidates, and keep that it was looked at."""
    exposure.keep(week)
    grid = read(week)
    rises = [*_weekly(grid), *_rare(grid)] if grid else []
    made = [item for item in map(draft, rises) if item is not None]
    db.session.add(TrendLook(week=week, at=clock.now(), charts=len(grid.cells) if grid else 0, rose=len(rises)))
    return made


def read(week: date) -> Grid | None:
    """The grid that ends with `week`; None while there are too few weeks, or no shops."""
    begun = counts.first_week()
    weeks = span(max(begun, week - WEEK * (HISTORY - 1)), week) if begun else ()
    areas = list(exposure.now())
    if len(weeks) < ENOUGH or not areas:
        return None
    found, shops = counts.by_cell(weeks), exposure.read(areas, weeks)
    cells = tuple((leaf, area) for leaf in counts.leaves() for area in areas)
    numbers = [[found.get(cell, {}).get(one, 0) for one in weeks] for cell in cells]
    return Grid(cells, weeks, np.array(numbers, dtype=float), np.array([shops[area] for _leaf, area in cells]))


def _weekly(grid: Grid) -> Iterator[Rise]:
    signals, ordinary = weekly(grid.counts, grid.exposures, grid.last), baseline(grid.last)
    for chart in map(int, np.flatnonzero(signals.found)):
        trigger = signals.trigger(chart, grid.last)
        weeks = grid.weeks[ordinary.start:min(ordinary.stop, trigger.start)]
        yield Rise(grid.cells[chart], "weekly", signals.names(chart), grid.weeks[trigger.start:trigger.stop], weeks)


def _rare(grid: Grid) -> Iterator[Rise]:
    """Cells with few complaints are judged by the days between them, in the weeks in which one came."""
    few = [cell for cell, often in zip(grid.cells, frequent(grid.counts, grid.last), strict=True) if not often]
    chosen = {cell: at for cell, at in counts.moments(few, grid.weeks[-1]).items() if _judgeable(at, grid.weeks[-1])}
    if not chosen:
        return
    signals = rare([_gaps(at) for at in chosen.values()])
    for chart, (cell, at) in enumerate(chosen.items()):
        if signals.found[chart]:
            yield from _rare_rise(cell, signals.names(chart), at, signals.trigger(chart, len(_gaps(at)) - 1))


def _judgeable(at: Sequence[datetime], week: date) -> bool:
    gaps = _gaps(at)
    return len(gaps) >= ENOUGH and counts.week_of(at[-1]) == week and gaps[baseline(len(gaps) - 1)].sum() > 0


def _gaps(at: Sequence[datetime]) -> Points:
    """Days between neighbouring complaints, the newest HISTORY of them."""
    return np.array([(late - early) / DAY for early, late in zip(at, at[1:], strict=False)][-HISTORY:])


def _rare_rise(cell: counts.Cell, rules: tuple[str, ...], at: Sequence[datetime], trigger: range) -> Iterator[Rise]:
    """A gap is named by the complaint that ends it. With too few weeks before the first of them there is nothing to compare with."""
    first = counts.week_of(at[len(at) - len(trigger)])
    before = span(max(counts.first_week(), first - WEEK * LONGEST), first - WEEK)
    if len(before) >= LEAST:
        yield Rise(cell, "rare", rules, span(first, counts.week_of(at[-1])), before)
