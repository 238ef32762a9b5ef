"""Trends in the background: every week is looked at once, and what has been watched long enough is judged."""
import structlog

from core import events, locks
from core.db import db
from core.jobs import job
from reporting.improvement import finding, judging
from reporting.improvement.models import ImprovementItem

log = structlog.get_logger()


@job("watch_trends", queue="slow")
def watch_trends() -> None:
    """Look at the charts of every week that is over and was not looked at, one transaction a week."""
    while True:
        locks.hold("trends")  # two of these must not both look at the same week
        week = finding.next_week()
        if week is None:
            return
        made = finding.look(week)
        db.session.commit()
        log.info("trends_looked_at", week=week.isoformat(), candidates=len(made))


@job("judge_improvements")
def judge_improvements() -> None:
    """Give each improvement item whose watch is over to a job of its own."""
    for item_id in judging.due():
        events.re_enqueue("judge_improvement", item_id)


@job("judge_improvement")
def judge_improvement(item_id: int) -> None:
    """Compute the verdict of one item, once."""
    item = db.session.get(ImprovementItem, item_id, with_for_update=True)
    if item is None or item_id not in judging.due():
        log.info("judge_improvement_skipped", item=item_id)
        return
    judging.judge(item)
    db.session.commit()
