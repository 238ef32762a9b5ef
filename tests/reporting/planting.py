"""Closed tickets of many weeks, put straight into the database: shops in areas, and so many complaints a week."""
import itertools
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from catalog import queries as catalog
from core.db import db
from reporting.improvement.weeks import WEEK
from retailers.models import Retailer
from tests import builders
from tickets.models import Ticket

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 1, 5)  # a Monday
# Weeks as they come when 15 are expected, and when 30 are.
ORDINARY = [15, 11, 22, 16, 16, 21, 10, 18, 12, 12, 13, 17, 21, 17, 13, 11, 13]
DOUBLED = [26, 30, 30, 24, 26, 37, 33, 23, 36, 28, 31]
numbers = itertools.count(1)


def shop(area: str = "east", count: int = 1500) -> Retailer:
    """One shop to complain, and as many silent ones in the area as make `count`."""
    rows = [{"licence_no": f"W{next(numbers):09}", "shop_name": "Silent", "area": area} for _other in range(count - 1)]
    if rows:
        db.session.execute(insert(Retailer), rows)
    return builders.retailer(area=area)


def plant(complainant: Retailer, counts, first: date = FIRST, leaf: str = "DLV.LATE", cause: str = "logistics", **columns) -> None:
    """`counts` complaints in the weeks from `first` on, spread over each week."""
    team = catalog.leaf(leaf).team_id
    rows = [_row(complainant.id, team, leaf, cause, _moment(first + WEEK * week, which, count)) | columns
            for week, count in enumerate(counts) for which in range(count)]
    if rows:
        db.session.execute(insert(Ticket), rows)
        db.session.flush()


def _moment(week: date, which: int, count: int) -> datetime:
    return datetime.combine(week, time(), ZONE) + timedelta(minutes=10) + timedelta(days=7) * which / count


def _row(shop_id: int, team_id: int, leaf: str, cause: str, at: datetime) -> dict:
    number = f"W{next(numbers):09}"
    return {"case_no": number, "token": number, "subject": "The goods came late.", "channel": "web", "retailer_id": shop_id, "state": "closed",
            "leaf_code": leaf, "team_id": team_id, "desired_outcome": "explanation", "outcome": "upheld", "root_cause": cause, "remedy": "explained",
            "received_at": at, "answered_at": at, "ended_at": at, "closed_by_rule": "accepted"}


def morning(week: int, weekday: int = 2) -> datetime:
    """Nine o'clock on a day (Wednesday by default) of week number `week` after FIRST."""
    return datetime.combine(FIRST + WEEK * week + timedelta(days=weekday), time(9), ZONE)
