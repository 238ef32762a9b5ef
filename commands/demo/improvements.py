"""Removing what trends made of the demo: its improvement items with their traces, and the shops of areas that nobody has any more."""
from collections import Counter

from sqlalchemy import delete, exists, select

from core.audit import AuditEntry
from core.db import db
from reporting.improvement import counts
from reporting.improvement.models import AreaWeek, ImprovementItem, TrendLook
from retailers.models import Retailer


def remove_items(done: Counter) -> None:
    """Remove the improvement items that demo complaints brought; what hangs on them goes with them."""
    items = list(db.session.scalars(select(ImprovementItem).where(ImprovementItem.is_demo)))
    traces = delete(AuditEntry).where(AuditEntry.action.like("improvement.%"), AuditEntry.target.in_([item.number for item in items]))
    done["traces"] += db.session.execute(traces, execution_options={"synchronize_session": False}).rowcount
    removed = delete(ImprovementItem).where(ImprovementItem.id.in_([item.id for item in items]))
    done["improvement items"] += db.session.execute(removed, execution_options={"synchronize_session": False}).rowcount


def remove_areas() -> None:
    """Forget how many shops there were in areas that have none left, unless a real item still reckons with areas."""
    db.session.execute(delete(AreaWeek).where(AreaWeek.area.not_in(select(Retailer.area)), ~exists().where(ImprovementItem.id.is_not(None))))


def remove_looks() -> None:
    """Forget that weeks before the first complaint that is left were looked at: it was done for the demo only."""
    begun = counts.first_week()
    db.session.execute(delete(TrendLook).where(TrendLook.week < begun) if begun else delete(TrendLook))
