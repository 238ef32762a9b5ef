"""The weekly look at all charts (pure): which cells rose so surely that an improvement item is drafted."""
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reporting.trends.chart import Chart, baseline
from reporting.trends.evidence import RATE, Signals, judged, p_values, shared
from reporting.trends.rules import Points
from reporting.trends.t_chart import t_chart
from reporting.trends.u_chart import u_chart

FREQUENT = 1.0  # complaints a week in the baseline; below it the weekly chart is mostly zeros and the days between are charted


def frequent(counts: Points, week: int) -> NDArray[np.bool_]:
    """The cells that have a weekly chart when week number `week` (from 0) is judged; the others have one of the days between."""
    return counts[..., baseline(week)].mean(-1) >= FREQUENT


def weekly(counts: Points, exposures: Points, week: int, rate: float = RATE) -> Signals:
    """The cells (last axis but one) that signal in week number `week` (from 0) of their weekly charts.

    A false alarm may be spent where the complaints are: a cell weighs by its baseline. Raises ValueError with too few weeks.
    """
    counts, exposures = (part[..., :week + 1] for part in np.broadcast_arrays(np.asarray(counts, dtype=float), exposures))
    frozen, usable = baseline(week), frequent(counts, week)
    chart = u_chart(counts, exposures, frozen)
    holding, p = p_values(chart.z, counts, exposures, frozen, shared(chart.sigma_z, usable))
    return judged(holding, p, counts[..., frozen].sum(-1) * usable, rate)


def rare(gaps: Sequence[Points], rate: float = RATE) -> Signals:
    """The cells that signal with their newest complaint; `gaps` of each cell are the days between its complaints, in order.

    Cells may have different numbers of gaps. They are one family of charts, apart from the weekly ones, all with the same weight.
    Raises ValueError if one has too few gaps, or if there is no cell.
    """
    gaps = [np.asarray(days, dtype=float) for days in gaps]
    charts = [t_chart(days, baseline(len(days) - 1)) for days in gaps]
    sigma_z = np.stack([chart.sigma_z for chart in charts])
    dispersion = shared(sigma_z, np.ones(len(charts), dtype=bool))
    looks = [_look(*cell) for cell in zip(charts, gaps, dispersion, strict=True)]
    holding, p = (np.concatenate(parts, axis=-1) for parts in zip(*looks, strict=True))
    return judged(holding, p, np.ones_like(p), rate)


def _look(chart: Chart, days: Points, dispersion: float) -> tuple[NDArray[np.bool_], Points]:
    frozen = baseline(len(days) - 1)
    complaints = np.ones_like(days)
    complaints[frozen.start] = 0  # the baseline ends with a complaint, not on a date chosen before: one of them says nothing
    return p_values(chart.z[None], complaints[None], days[None], frozen, np.array([dispersion]))
