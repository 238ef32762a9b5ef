"""Freezing the tickets that a figure of an improvement item counts, so that it leads to exactly them for ever."""
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import insert

from core.db import db
from reporting.improvement import counts
from reporting.improvement.models import ImprovementItem, ImprovementTicket


def freeze(item: ImprovementItem, period: str, areas: Sequence[str], weeks: Sequence[date]) -> None:
    """Keep the tickets of the item's category in these areas and weeks as those of `period` in the present round."""
    if not weeks or not areas:
        return
    found = counts.of(item.leaf_code, areas, weeks).subquery()
    rows = select(literal(item.id), found.c.id, literal(period), literal(item.round))
    columns = ["item_id", "ticket_id", "period", "round"]
    db.session.execute(insert(ImprovementTicket).from_select(columns, rows).on_conflict_do_nothing())


def frozen(item: ImprovementItem, period: str, in_round: int):
    """A select of the ids of the tickets of one period."""
    return select(ImprovementTicket.ticket_id).filter_by(item_id=item.id, period=period, round=in_round)


def number(item: ImprovementItem, period: str, in_round: int) -> int:
    """How many tickets were frozen for one period."""
    return db.session.scalar(select(func.count()).select_from(frozen(item, period, in_round).subquery()))
