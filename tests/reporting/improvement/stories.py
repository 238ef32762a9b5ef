"""Improvement items for tests: a planted doubling, found by the job, and walked on by the real verbs."""
from datetime import date, timedelta

from catalog.queries import today
from core import clock
from core.db import db
from reporting.improvement import services
from reporting.improvement.models import ImprovementItem
from reporting.improvement.services import Agreement
from reporting.improvement.weeks import WEEK
from tests.builders import staff, who
from tests.reporting.planting import DOUBLED, FIRST, ORDINARY, morning, plant, shop

RISE = len(ORDINARY)
FOUND = RISE + 2    # the week in which it is found
ACTED = RISE + 8    # and the one in which something is done
CHECK = ACTED + 13
HALVED = [13, 13, 17, 16, 13, 13, 14, 18, 16, 9, 7, 12, 12, 17, 15, 14]
STEADY = [10, 9, 12, 8, 11, 10, 9]


def boss(**more):
    """The manager who leads the team of deliveries."""
    return staff(roles=("manager",), leads=True, certificates={}, **more)


def inspector():
    """Somebody of QA."""
    return staff(roles=("qa",), in_team="quality", certificates={})


def planted(after=HALVED, area: str = "east") -> None:
    """A category that doubles in an area from week RISE on, with `after` complaints a week from week ACTED on; and a steady area."""
    plant(shop(area), [*ORDINARY, *DOUBLED[:ACTED - RISE], *after])
    plant(shop("west", 1000), STEADY * 7)


def found(queue, **planting) -> ImprovementItem:
    """The candidate, as the job finds it."""
    planted(**planting)
    with clock.frozen(morning(FOUND)):
        queue.enqueue("watch_trends")
        queue.run()
    return db.session.scalar(db.select(ImprovementItem))


def agreement(**changes) -> Agreement:
    """A cause, a criterion and a check date that leave nothing to wish for."""
    facts = {"cause_code": "logistics", "whys": "Too many shops on one van\nTwo routes were joined", "most": 0.7, "comparison_areas": (),
             "check_date": FIRST + WEEK * CHECK - timedelta(days=1)}
    return Agreement(**(facts | changes))


def accepted(queue, manager, agreed: Agreement | None = None, **planting) -> ImprovementItem:
    """An accepted item."""
    item = found(queue, **planting)
    with clock.frozen(morning(FOUND + 1)):
        services.accept(item, who(manager), "Late deliveries doubled in the east", manager, agreed or agreement())
        db.session.flush()
    return item


def waiting(queue, manager, done: date | None = None, **more) -> ImprovementItem:
    """An item whose one action was done at the beginning of week ACTED; it waits."""
    item = accepted(queue, manager, **more)
    with clock.frozen(morning(ACTED)):
        action = services.plan(item, who(manager), "Part the routes again", "rule", manager, today())
        services.finish(action, who(manager), done or FIRST + WEEK * ACTED)
        services.watch(item, who(manager))
        db.session.commit()
    return item


def judged(queue, manager, **more) -> ImprovementItem:
    """An item with its verdict, computed by the jobs after the check date."""
    item = waiting(queue, manager, **more)
    with clock.frozen(morning(CHECK)):
        queue.enqueue("judge_improvements")
        queue.run()
    db.session.refresh(item)
    return item
