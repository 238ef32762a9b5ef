"""The watch over all series in the background, and after each arrival over its own category; who is told."""
import structlog
from sqlalchemy import select

from core import clock, events
from core.db import db
from core.jobs import job
from notifications import staff
from reporting.hot import counts, queries, watching
from reporting.hot.models import HotIssue
from tickets.models import Ticket

log = structlog.get_logger()


@job("watch_hot", queue="urgent")
def watch_hot() -> None:
    """Open what rises, carry on what goes on, end what was quiet for a day; and tell of what nobody was told."""
    opened = watching.watch(clock.now())
    db.session.commit()
    log.info("hot_looked", opened=len(opened))
    for issue_id in watching.untold():
        events.re_enqueue("tell_hot", issue_id)


@job("watch_arrival", queue="urgent", swept=True)
def watch_arrival(ticket_id: int) -> None:
    """Look at the category of a new ticket: in a flood the next look of the scheduler would be too late."""
    leaf = db.session.scalar(counts.tickets(counts.LEAF).where(Ticket.id == ticket_id, counts.counted()))
    now = clock.now()
    if leaf is None or watching.running(leaf) or not watching.turn(leaf, now):  # one that runs is carried on by the scheduler's look
        log.info("watch_arrival_skipped", ticket=ticket_id)
        return
    watching.watch(now, leaf)
    db.session.commit()


@job("tell_hot", queue="urgent", swept=True)
def tell_hot(issue_id: int) -> None:
    """The hotline and the managers hear of a hot issue, each once."""
    issue = db.session.scalar(select(HotIssue).where(HotIssue.id == issue_id).with_for_update())
    if issue is None or issue.told_at is not None:
        log.info("tell_hot_skipped", issue=issue_id)
        return
    sent = staff.tell_page("hot", queries.concerned(issue), queries.path(issue.id), f"hot:{issue.id}")
    issue.told_at = clock.now()
    db.session.commit()
    for outbound_id in sent:
        events.enqueue("transmit", outbound_id)
