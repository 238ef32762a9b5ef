"""The series of one item as its chart shows it: every week from the baseline on, with centre, limits and what is remarkable."""
from dataclasses import dataclass
from datetime import date

import numpy as np

from catalog.queries import today
from reporting.improvement import counts, exposure
from reporting.improvement.freezing import number
from reporting.improvement.models import ImprovementItem
from reporting.improvement.weeks import WEEK, index, monday, newest, span
from reporting.rates import Interval, Period, dispersion, rate
from reporting.trends.u_chart import u_chart

LONGEST = 104  # weeks: more than two years are no longer one picture
AFTER_CHECK = 4


@dataclass(frozen=True)
class Point:
    """One week: complaints, shops, the rate per 1,000 shops with the limits of its week; `signal` if it lies above them or brought the item here."""

    week: date
    count: int
    shops: int
    rate: float
    low: float
    high: float
    signal: bool


@dataclass(frozen=True)
class Series:
    """The points in order, their centre, and the spread of the baseline as a multiple of pure chance."""

    points: tuple[Point, ...]
    centre: float
    sigma_z: float


def read(item: ImprovementItem) -> Series:
    """The series from the tickets as they are now."""
    weeks = span(item.baseline_first, _last(item))[:LONGEST]
    numbers, shops = counts.by_week(item.leaf_code, [item.area], weeks), exposure.read([item.area], weeks)[item.area]
    ordinary = slice(0, index(item.baseline_first, item.baseline_last) + 1)
    chart = u_chart(np.array(numbers, dtype=float), np.array(shops), ordinary)
    found = zip(weeks, numbers, shops, chart.points, chart.low, chart.high, strict=True)
    points = (Point(week, count, round(thousands * exposure.THOUSAND), float(value), float(low), float(high), _remarkable(item, week, value > high))
              for week, count, thousands, value, low, high in found)
    return Series(tuple(points), float(chart.centre), float(chart.sigma_z))


def risen(item: ImprovementItem) -> tuple[int, Interval]:
    """Complaints of the weeks that brought the item here, as they were frozen, and their rate with its interval."""
    weeks = span(item.trigger_first, item.trigger_last)
    shops = exposure.read([item.area], weeks)[item.area]
    period = Period(counts.by_week(item.leaf_code, [item.area], weeks), shops)
    frozen = number(item, "signal", 1)
    return frozen, rate(Period([frozen], [sum(shops)]), dispersion(period))


def watched(item: ImprovementItem) -> tuple[date, date] | None:
    """The first and last week of the watch."""
    if item.watch_from is None or item.check_date is None:
        return None
    return item.watch_from, monday(item.check_date)


def _last(item: ImprovementItem) -> date:
    latest = max(newest(today()), item.trigger_last)
    return latest if item.check_date is None else min(latest, max(monday(item.check_date) + WEEK * AFTER_CHECK, item.trigger_last))


def _remarkable(item: ImprovementItem, week: date, above: bool) -> bool:
    return bool(above) and week > item.baseline_last or item.trigger_first <= week <= item.trigger_last

