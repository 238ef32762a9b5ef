"""Weeks of ordinary complaints put straight into the database, and floods that come in by the real road."""
from datetime import datetime, timedelta

from sqlalchemy import insert

from core import clock
from core.actor import SYSTEM
from core.db import db
from tests import builders
from tests.reporting.planting import _row
from tickets.models import Ticket
from tickets.services import triaging
from catalog import queries as catalog

NOW = datetime.fromisoformat("2026-11-18T02:00:00+00:00")  # a Wednesday, ten in the morning in Shanghai
WEEKS = 9


def ordinary(leaf: str = "DLV.LATE", a_day: int = 3, area: str = "north", deliverer=None) -> None:
    """Nine weeks with so many complaints a day, of shops of one area."""
    team = catalog.leaf(leaf).team_id
    shops = [builders.retailer(area=area, deliverer_id=deliverer) for _shop in range(5)]
    rows = [_row(shops[(day + one) % 5].id, team, leaf, "logistics", NOW - timedelta(days=day, hours=-one * 7 % 24))
            for day in range(1, WEEKS * 7) for one in range(a_day)]
    db.session.execute(insert(Ticket), rows)
    db.session.flush()


def arrives(at: datetime, leaf: str = "DLV.LATE", text: str = "The goods have not come.", shop=None, dispatch: bool = True, **raw) -> Ticket:
    """One complaint at an instant, classified, and dispatched to its team without anybody to take it."""
    with clock.frozen(at):
        ticket = builders.opened(text, shop=shop or builders.retailer(area="north"), **raw)
        builders.classify(ticket, leaf)
        if dispatch:
            triaging.dispatch(ticket, SYSTEM)
            ticket.awaits_routing = False
        db.session.commit()
    return ticket


def flood(count: int, leaf: str = "DLV.LATE", every: int = 20, start: datetime = NOW, **how) -> list[Ticket]:
    """So many complaints of different shops, one every so many seconds."""
    return [arrives(start + timedelta(seconds=every * one), leaf, **how) for one in range(count)]
