"""The staff that the browser tests sign in as, on a running installation, and a look at its rows from outside."""
from dataclasses import dataclass

from bench.stand import Stand
from core import clock, settings
from core.db import db
from core.queue import MemoryQueue
from reporting.improvement import judging
from tests import builders
from tests.reporting.improvement import stories
from tests.reporting.planting import morning

MANY = {"DLV": 4, "REG.ENFORCE": 2, "REG.LICENCE": 2, "SVC.CONDUCT": 2, "SVC.MANNER": 2}  # wider than a telephone
STAFF = {
    "rexian": {"name": "周敏", "roles": ("hotline",), "in_team": "hotline"},
    "chuli1": {"name": "林浩", "roles": ("handler",), "certificates": MANY},
    "chuli2": {"name": "何静", "roles": ("handler",), "certificates": {"DLV": 4}},
    "jingli": {"name": "陈立", "roles": ("manager",), "leads": True},
    "zhijian": {"name": "吴倩", "roles": ("qa",)},
    "hegui": {"name": "郑岩", "roles": ("compliance", "manager"), "in_team": "compliance", "certificates": {"RPT": 4}},
    "lianluo": {"name": "孙航", "roles": ("liaison", "handler"), "in_team": "enforcement", "certificates": {"RPT": 3}},
    "guanli": {"name": "钱宁", "roles": ("admin",)},
}

STATES = ("received", "dispatched", "needs_info", "in_progress", "in_review", "answered", "closed")
WIDE = "https://orders.example.test/delivery/" + "0123456789abcdef" * 6


@dataclass(frozen=True)
class Office:
    """A running installation; `row` and `value` read its tables from outside."""

    stand: Stand

    def row(self, sql: str, *values) -> tuple:
        """The one row of a query."""
        with self.stand.connect() as rows:
            return rows.execute(sql, values).fetchone()

    def ticket(self, case_no: str, columns: str) -> tuple:
        """Some columns of a ticket."""
        return self.row(f"SELECT {columns} FROM ticket WHERE case_no = %s", case_no)


def fill(stand: Stand) -> Office:
    """Invite the staff, make a shop, and tickets in every usual state. Needs the stand's app context."""
    settings.put("triage_automatic", False)  # in these journeys people decide what a complaint is,
    settings.put("seal_probability", 1.0)  # and the first model, once it is learned, seals none of the words that are no words
    people = {login: builders.staff(login, language="zh", **facts) for login, facts in STAFF.items()}
    shop = builders.retailer(licence_no="330106112233", shop_name="城西利民便利店", owner_name="李桂芳", phone="+8613800138000")
    _tickets(people, shop)
    _improvement(people["jingli"])
    db.session.commit()
    return Office(stand)


def _tickets(people: dict, shop) -> None:
    """One in each state; two with words that no line can hold."""
    for state in STATES:
        builders.ticket(state, handler=people["chuli1"], reviewer=people["jingli"], manager=people["jingli"], text=f"{WIDE} {state}")
    builders.opened("送货员说明天来，明天又说明天来。" * 60, shop=shop)
    builders.opened(WIDE * 3, shop=builders.retailer(shop_name=WIDE[:60], owner_name=WIDE[:40]))


def _improvement(manager) -> None:
    """An improvement item with its verdict."""
    item = stories.waiting(MemoryQueue(), manager, agreed=stories.agreement(comparison_areas=("west",)))
    with clock.frozen(morning(stories.CHECK)):
        judging.judge(item)
