"""Comparing tickets in the background."""
import structlog

from core import events
from core.db import db
from core.jobs import job
from tickets.models import Ticket
from triage.duplicates import queries, services

log = structlog.get_logger()


@job("compare", swept=True)
def compare(ticket_id: int) -> None:
    """Look for the same matter among the other tickets of its retailer, as often as its words or its category change."""
    ticket = db.session.get(Ticket, ticket_id)
    if ticket is None or not ticket.is_open or not queries.wants_comparing(ticket):
        log.info("compare_skipped", ticket=ticket_id)
        return
    services.compare(ticket)
    db.session.commit()


@job("sweep_comparisons")
def sweep_comparisons() -> None:
    """Enqueue open tickets whose comparison was lost."""
    for ticket_id in queries.uncompared():
        events.re_enqueue("compare", ticket_id)
