"""Who served a shop before: kept when a card changes, so that nobody judges what he did there lately."""
from datetime import datetime

from sqlalchemy import select

from core import clock
from core.db import db
from retailers.models import SERVING_ROLES, FormerService, Retailer

COLUMNS = {f"{role}_id": role for role in SERVING_ROLES}


def note_end(shop: Retailer, column: str, before: int | None) -> None:
    """Somebody no longer serves the shop in the role of this column of its card."""
    if column in COLUMNS and before is not None:
        db.session.add(FormerService(retailer_id=shop.id, user_id=before, role=COLUMNS[column], until=clock.now()))


def now(shop: Retailer | None) -> set[int]:
    """Ids of those who serve a shop, in whatever role."""
    return {getattr(shop, column) for column in COLUMNS} - {None} if shop else set()


def since(shop: Retailer | None, at: datetime) -> set[int]:
    """Ids of those who served a shop until some time after this instant and do so no more in that role."""
    if shop is None:
        return set()
    return set(db.session.scalars(select(FormerService.user_id).where(FormerService.retailer_id == shop.id, FormerService.until >= at)))


def former(shop: Retailer) -> list[FormerService]:
    """Who served a shop before, the latest first."""
    return list(db.session.scalars(select(FormerService).filter_by(retailer_id=shop.id).order_by(FormerService.until.desc(), FormerService.id)))
