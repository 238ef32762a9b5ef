"""Against how many shops complaints are counted: rates for each 1,000 active retailers and week."""
from sqlalchemy import func, select

from core.db import db
from reporting import rates
from reporting.figures import Value
from reporting.rates import Interval
from reporting.slices import NONE, Scope
from retailers.models import Retailer


def active(scope: Scope) -> dict[str, int]:
    """Active retailers today by area, of the area chosen; those without an area belong to none."""
    query = select(Retailer.area, func.count()).where(Retailer.active, Retailer.area != "").group_by(Retailer.area).order_by(Retailer.area)
    area = scope.chosen.get("area")
    return dict(db.session.execute(query.where(Retailer.area == area) if area not in (None, NONE) else query).all())


def everywhere(scope: Scope) -> int:
    """All active retailers of the scope, with an area or without."""
    area = scope.chosen.get("area")
    query = select(func.count()).select_from(Retailer).where(Retailer.active)
    return db.session.scalar(query if area is None else query.where(Retailer.area == ("" if area == NONE else area)))


def rate(value: Value, retailers: int, weeks: float) -> Interval | None:
    """Complaints for each 1,000 of so many retailers and week, with the exact interval; None where there is nobody to complain."""
    if not retailers or weeks <= 0:
        return None
    return rates.rate(rates.Period((value.n,), (retailers * weeks / 1000,)))
