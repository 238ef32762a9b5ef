"""Understanding in the background, and learning from what people decided."""
import structlog

from core import events
from core.db import db
from core.jobs import job
from tickets.models import Ticket
from triage import learning, queries, services

log = structlog.get_logger()


@job("understand", queue="urgent", swept=True)
def understand(ticket_id: int) -> None:
    """Propose what a new ticket is, once, and dispatch it when that is sure."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or ticket.state != "received" or not queries.wants_proposal(ticket):
        log.info("understand_skipped", ticket=ticket_id)
        return
    services.understand(ticket)
    db.session.commit()


@job("sweep_triage")
def sweep_triage() -> None:
    """Enqueue new tickets whose proposal was lost, and those that came before there was a model."""
    for ticket_id in queries.unread():
        events.re_enqueue("understand", ticket_id)


@job("relearn_triage", queue="slow")
def relearn_triage() -> None:
    """Make a new model now, because somebody asked for it."""
    learning.learn()
    db.session.commit()


@job("learn_triage", queue="slow")
def learn_triage() -> None:
    """Make a new model when enough was decided by people since the last one; it goes live unless it is worse."""
    if learning.is_wanted():
        learning.learn()
        db.session.commit()
