"""The verdict on an item whose watch is over: counted, computed, frozen with every number it rests on."""
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from catalog.queries import today
from core import clock
from core.actor import SYSTEM
from core.db import db
from reporting.effect import Comparison, Effect, Verdict, verdict, weeks_before
from reporting.improvement import counts, exposure
from reporting.improvement.freezing import freeze
from reporting.improvement.models import ImprovementItem, ImprovementVerdict
from reporting.improvement.transition import move
from reporting.improvement.weeks import WEEK, index, monday, within
from reporting.rates import Interval, Period, rate

INTERVALS = ("own", "others", "change")  # of the numbers: the area itself, the comparison areas, one against the other
NO_WEEKS = "no_weeks"  # the actions were done so late that no whole week was left to watch


@dataclass(frozen=True)
class Sides:
    """The weeks that are compared."""

    before: tuple[date, ...]
    after: tuple[date, ...]


def due() -> list[int]:
    """Ids of items whose watch is over."""
    return list(db.session.scalars(select(ImprovementItem.id).where(ImprovementItem.state == "waiting", ImprovementItem.check_date < today())
                                   .order_by(ImprovementItem.id)))


def judge(item: ImprovementItem) -> ImprovementVerdict:
    """Compute and keep the verdict of the present round. DomainError `wrong_state` or `check_date_over`."""
    move(item, "judge", SYSTEM)
    sides = compared(item)
    result, reason, numbers = computed(item, sides)
    _freeze(item, sides)
    row = ImprovementVerdict(round=item.round, at=clock.now(), result=result, reason=reason, most=item.most, numbers=numbers, owner_id=item.owner_id)
    item.verdicts.append(row)
    return row


def compared(item: ImprovementItem) -> Sides:
    """The weeks before without the trigger's, and the whole weeks from the last action to the check date."""
    def number(week: date) -> int:
        return index(item.baseline_first, week)

    trigger = range(number(item.trigger_first), number(item.trigger_last) + 1)
    before = weeks_before(trigger, number(monday(item.acted_on)))
    return Sides(tuple(item.baseline_first + WEEK * week for week in before), within(item.watch_from, item.check_date))


def computed(item: ImprovementItem, sides: Sides) -> tuple[str, str, dict]:
    """Result, reason and numbers, from the tickets as they are now."""
    if not sides.after or not sides.before:
        return "inconclusive", NO_WEEKS, {}
    before, after = (_period(item, [item.area], weeks) for weeks in (sides.before, sides.after))
    others = _others(item, sides)
    found = verdict(before, after, item.most, others)
    return found.result, found.reason, _told(sides, before, after, others, found)


def _others(item: ImprovementItem, sides: Sides) -> Comparison | None:
    if not item.comparison_areas:
        return None
    return Comparison(*(_period(item, item.comparison_areas, weeks) for weeks in (sides.before, sides.after)))


def _period(item: ImprovementItem, areas: Sequence[str], weeks: Sequence[date]) -> Period:
    shops = exposure.read(areas, weeks)
    return Period(counts.by_week(item.leaf_code, areas, weeks), [sum(numbers) for numbers in zip(*shops.values(), strict=True)])


def _told(sides: Sides, before: Period, after: Period, others: Comparison | None, found: Verdict) -> dict:
    spread = found.effect.dispersion
    told = {"before": _side(sides.before, before, spread), "after": _side(sides.after, after, spread), **_effect(found.effect)}
    if others:
        told |= {"others_before": _side(sides.before, others.before), "others_after": _side(sides.after, others.after)}
    return told


def _side(weeks: Sequence[date], period: Period, spread: float = 1.0) -> dict:
    return {"weeks": [week.isoformat() for week in weeks], "counts": list(period.counts), "exposures": list(period.exposures),
            "events": period.events, "exposure": period.exposure, "rate": _finite(rate(period, spread))}


def _effect(effect: Effect) -> dict:
    plain = asdict(effect)
    return {name: _finite(plain[name]) for name in INTERVALS} | {"dispersion": effect.dispersion}


def _finite(interval: Interval | None) -> list[float | None] | None:
    """As JSON, which knows neither infinity nor what is not a number."""
    return None if interval is None else [side if math.isfinite(side) else None for side in interval]


def _freeze(item: ImprovementItem, sides: Sides) -> None:
    for name in ("before", "after"):
        weeks = getattr(sides, name)
        freeze(item, name, [item.area], weeks)
        freeze(item, f"others_{name}", item.comparison_areas, weeks)
