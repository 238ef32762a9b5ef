"""Complaints by category, area and week, as the charts count them: neither noise nor merged nor withdrawn ones, and nothing sealed."""
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from sqlalchemy import Date, and_, cast, func, literal, select

from catalog.models import NOISE, Leaf
from core import organisation
from core.db import db
from reporting.improvement.weeks import WEEK, monday
from retailers.models import Retailer
from tickets.models import Ticket

NOT_CHARTED = (NOISE, "OTH.SUGGEST")  # more of these is nothing to mend
NOT_COUNTED = ("merged", "withdrawn")
_CHARTED = select(Leaf.code).where(Leaf.access != "sealed", Leaf.code.not_in(NOT_CHARTED))

Cell = tuple[str, str]  # category and area


def leaves() -> list[str]:
    """The categories that have charts. Sealed ones have none: a chart would tell managers of matters that do not exist for them."""
    return list(db.session.scalars(_CHARTED.where(Leaf.active).order_by(Leaf.code)))


def counted():
    """The condition on Ticket, joined with its Retailer, of being counted at all."""
    return and_(~Ticket.sealed, Ticket.leaf_code.in_(_CHARTED), Ticket.state.not_in(NOT_COUNTED), Retailer.area != "")


def in_weeks(weeks: Sequence[date]):
    """The condition on Ticket of having come in during one of `weeks`, which need not follow each other."""
    first, last = _midnight(min(weeks)), _midnight(max(weeks) + WEEK)
    return and_(Ticket.received_at >= first, Ticket.received_at < last, _week().in_(weeks))


def of(leaf: str, areas: Iterable[str], weeks: Sequence[date]):
    """A select of the ids of the tickets that are counted in these cells and weeks."""
    return select(Ticket.id).join(Retailer, Retailer.id == Ticket.retailer_id).where(
        counted(), Ticket.leaf_code == leaf, Retailer.area.in_(list(areas)), in_weeks(weeks))


def by_cell(weeks: Sequence[date]) -> dict[Cell, dict[date, int]]:
    """Complaints of neighbouring `weeks`; what has none is left out."""
    found: dict[Cell, dict[date, int]] = {}
    for leaf, area, week, count in _grouped(counted(), in_weeks(weeks)):
        found.setdefault((leaf, area), {})[week] = count
    return found


def by_week(leaf: str, areas: Iterable[str], weeks: Sequence[date]) -> list[int]:
    """Complaints of one category in some areas together, one number for each of `weeks`."""
    if not weeks:
        return []
    found: dict[date, int] = {}
    for _leaf, _area, week, count in _grouped(counted(), Ticket.leaf_code == leaf, Retailer.area.in_(list(areas)), in_weeks(weeks)):
        found[week] = found.get(week, 0) + count
    return [found.get(week, 0) for week in weeks]


def by_area(leaf: str, weeks: Sequence[date]) -> dict[str, int]:
    """Complaints of one category in neighbouring `weeks` together, by area; what has none is left out."""
    found: dict[str, int] = {}
    for _leaf, area, _one, count in _grouped(counted(), Ticket.leaf_code == leaf, in_weeks(weeks)):
        found[area] = found.get(area, 0) + count
    return found


def moments(cells: Sequence[Cell], until: date) -> dict[Cell, list[datetime]]:
    """When the complaints of each cell came, in order, up to the end of the week `until`."""
    found: dict[Cell, list[datetime]] = {cell: [] for cell in cells}
    query = select(Ticket.leaf_code, Retailer.area, Ticket.received_at).join(Retailer, Retailer.id == Ticket.retailer_id).where(
        counted(), Ticket.received_at < _midnight(until + WEEK)).order_by(Ticket.received_at)
    for leaf, area, at in db.session.execute(query):
        if (leaf, area) in found:
            found[leaf, area].append(at)
    return found


def first_week() -> date | None:
    """The first whole week with complaints; None while there is none."""
    first = db.session.scalar(select(func.min(Ticket.received_at)))
    return monday(first.astimezone(organisation.zone()).date()) + WEEK if first else None


def week_of(at: datetime) -> date:
    """The week of an instant."""
    return monday(at.astimezone(organisation.zone()).date())


def _grouped(*conditions):
    inner = select(Ticket.leaf_code.label("leaf"), Retailer.area.label("area"), _week().label("week")).join(
        Retailer, Retailer.id == Ticket.retailer_id).where(*conditions).subquery()
    return db.session.execute(select(inner.c.leaf, inner.c.area, inner.c.week, func.count()).group_by(inner.c.leaf, inner.c.area, inner.c.week))


def _week():
    local = func.timezone(literal(str(organisation.zone())), Ticket.received_at)
    return cast(func.date_trunc("week", local), Date)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), organisation.zone())
