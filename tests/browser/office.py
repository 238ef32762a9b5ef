"""The staff that the browser tests sign in as, on a running installation, and a look at its rows from outside."""
from dataclasses import dataclass

from bench.stand import Stand
from core.db import db
from tests import builders

STAFF = {
    "rexian": {"name": "周敏", "roles": ("hotline",), "in_team": "hotline"},
    "chuli1": {"name": "林浩", "roles": ("handler",), "certificates": {"DLV": 4}},
    "chuli2": {"name": "何静", "roles": ("handler",), "certificates": {"DLV": 4}},
    "jingli": {"name": "陈立", "roles": ("manager",), "leads": True},
    "zhijian": {"name": "吴倩", "roles": ("qa",)},
    "hegui": {"name": "郑岩", "roles": ("compliance",), "certificates": {"RPT": 4, "SVC": 4}},
    "lianluo": {"name": "孙航", "roles": ("liaison",), "in_team": "enforcement"},
    "guanli": {"name": "钱宁", "roles": ("admin",)},
}


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
    """Invite the staff and make one shop. Needs the stand's app context."""
    for login, facts in STAFF.items():
        builders.staff(login, language="zh", **facts)
    builders.retailer(licence_no="330106112233", shop_name="城西利民便利店", owner_name="李桂芳", phone="+8613800138000")
    db.session.commit()
    return Office(stand)
