"""How many active shops each area had in each week: kept week by week, because the register knows only today's."""
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from core.db import db
from reporting.improvement.models import AreaWeek
from retailers.models import Retailer

THOUSAND = 1000


def now() -> dict[str, int]:
    """Active shops by area; shops without an area belong to no chart."""
    query = select(Retailer.area, func.count()).where(Retailer.active, Retailer.area != "").group_by(Retailer.area).order_by(Retailer.area)
    return dict(db.session.execute(query).all())


def keep(week: date) -> None:
    """Keep today's numbers as those of `week`, unless some are kept."""
    rows = [{"week": week, "area": area, "retailers": count} for area, count in now().items()]
    if rows:
        db.session.execute(insert(AreaWeek).values(rows).on_conflict_do_nothing())


def read(areas: Sequence[str], weeks: Sequence[date]) -> dict[str, list[float]]:
    """Thousands of active shops in each of `weeks`, by area. KeyError for an area in which no week was ever kept."""
    kept: dict[str, list[tuple[date, int]]] = {}
    query = select(AreaWeek.area, AreaWeek.week, AreaWeek.retailers).where(AreaWeek.area.in_(areas)).order_by(AreaWeek.week)
    for area, week, retailers in db.session.execute(query):
        kept.setdefault(area, []).append((week, retailers))
    return {area: [nearest(kept[area], week) / THOUSAND for week in weeks] for area in areas}


def nearest(kept: Sequence[tuple[date, int]], week: date) -> int:
    """The number of the week itself, else of the next one that was kept, else of the last (pure); `kept` is in order."""
    at = bisect_left(kept, (week, 0))
    return kept[min(at, len(kept) - 1)][1]
