"""What the jobs of hot issues are killed over: a flood in an area of its own, an alarm nobody heard of, a settled parent with one child."""
import itertools
from datetime import timedelta

from core import clock
from core.db import db
from reporting.hot.models import HotIssue
from tests import builders
from tests.reporting.hot.floods import arrives
from tickets.fitting import Rule
from tickets.models import Ticket
from tickets.services import parenting

numbers = itertools.count(1)
LEAF = "DLV.LATE"
RISING = "DLV.COUNT"  # no other job is killed over a ticket of this category: the rise is of one area and nowhere else


def rising_now() -> int:
    """The number of an area from which so much came within minutes that no rhythm is needed to hear it."""
    number, now = next(numbers), clock.now()
    db.session.execute(db.update(HotIssue).where(HotIssue.ended_at.is_(None)).values(ended_at=now))
    db.session.execute(db.update(Ticket).where(Ticket.leaf_code == RISING).values(state="withdrawn", ended_at=now))
    for _shop in range(40):
        arrives(now - timedelta(minutes=1), RISING, shop=builders.retailer(area=f"area {number}"), dispatch=False)
    return number


def untold() -> int:
    """An alarm of which nobody has heard."""
    now = clock.now()
    issue = HotIssue(leaf_code=LEAF, area=f"untold {next(numbers)}", started_at=now, opened_at=now, last_at=now, hours=1, observed=9, retailers=9,
                     expected=1.0, p=1e-9)
    db.session.add(issue)
    db.session.flush()
    return issue.id


def shared() -> int:
    """A parent that is settled and whose one child has not been answered."""
    now, area = clock.now(), f"shared {next(numbers)}"
    boss = db.session.scalar(db.select(builders.User).filter_by(login="boss"))
    arrives(now - timedelta(minutes=1), LEAF, shop=builders.retailer(area=area))
    parent = parenting.open_parent(builders.who(boss), builders.catalog.leaf(LEAF), Rule(LEAF, area, 0, now - timedelta(hours=1), None), "A van",
                                   {"zh": "送货晚了", "en": "late goods"})
    words = {"found": "a van broke down", "remedy": "another one comes"}
    parenting.resolve(parent, builders.who(boss), {"zh": words, "en": words}, "upheld", "logistics", "explained")
    return parent.id
