"""Making a candidate of a signal: baseline with interval, its tickets frozen, the manager who might own it."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.models import User
from catalog.models import Leaf, Membership
from core import clock, settings
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from core.settings import Setting
from reporting.improvement import counts, exposure
from reporting.improvement.freezing import freeze
from reporting.improvement.lifecycle import OPEN
from reporting.improvement.models import ImprovementItem
from reporting.improvement.weeks import WEEK, span
from reporting.rates import Period, dispersion, rate
from tickets.models import Ticket

settings.define(
    Setting("improvement_quiet_weeks", "int", 8, "improvement",
            "Weeks after an improvement item has ended until the same category and area may bring a new one"),
)


@dataclass(frozen=True)
class Rise:
    """A signal of one cell: on which chart, by which rules, in which weeks, and the weeks that say what was ordinary."""

    cell: counts.Cell
    chart: str
    rules: tuple[str, ...]
    trigger: tuple[date, ...]
    ordinary: tuple[date, ...]


def draft(rise: Rise) -> ImprovementItem | None:
    """The candidate for a rise; None where one is open, has ended lately, or the same weeks have brought one before."""
    if _known(rise):
        return None
    leaf, area = rise.cell
    baseline = Period(counts.by_week(leaf, [area], rise.ordinary), exposure.read([area], rise.ordinary)[area])
    item = ImprovementItem(leaf_code=leaf, area=area, found_at=clock.now(), chart=rise.chart, rules=list(rise.rules), reached={},
                           trigger_first=rise.trigger[0], trigger_last=rise.trigger[-1], owner_id=_owner(leaf), **_figures(rise.ordinary, baseline))
    item.reached = {"candidate": item.found_at.isoformat()}
    db.session.add(item)
    db.session.flush()
    _freeze(item, rise)
    record(SYSTEM, Did.IMPROVEMENT_FOUND, target=item.number, leaf=leaf, area=area)
    return item


def _known(rise: Rise) -> bool:
    quiet = clock.now() - WEEK * settings.get("improvement_quiet_weeks")
    same = select(ImprovementItem.id).filter_by(leaf_code=rise.cell[0], area=rise.cell[1])
    late = ImprovementItem.state.in_(OPEN) | (ImprovementItem.ended_at > quiet) | (ImprovementItem.trigger_last >= rise.trigger[0])
    return db.session.scalar(same.where(late).limit(1)) is not None


def _figures(weeks: Sequence[date], baseline: Period) -> dict:
    found = rate(baseline, dispersion(baseline))
    return {"baseline_first": weeks[0], "baseline_last": weeks[-1], "baseline_count": baseline.events, "baseline_exposure": baseline.exposure,
            "baseline_rate": found.value, "baseline_low": found.low, "baseline_high": found.high}


def _owner(leaf_code: str) -> int | None:
    """The manager who leads the team of the category."""
    leads = select(User.id).join(Membership, Membership.user_id == User.id).join(Leaf, Leaf.team_id == Membership.team_id)
    return db.session.scalar(leads.where(Leaf.code == leaf_code, Membership.leads, User.active, User.roles.contains(["manager"])).order_by(User.id))


def _freeze(item: ImprovementItem, rise: Rise) -> None:
    freeze(item, "baseline", [item.area], rise.ordinary)
    freeze(item, "signal", [item.area], span(item.trigger_first, item.trigger_last))
    demo = select(Ticket.id).where(Ticket.is_demo, Ticket.id.in_(counts.of(item.leaf_code, [item.area], rise.trigger)))
    item.is_demo = db.session.scalar(demo.limit(1)) is not None
