"""Routing in the background."""
import structlog

from core import events
from core.db import db
from core.jobs import job
from routing import queries, services
from tickets.models import Ticket

log = structlog.get_logger()


@job("route", queue="urgent", swept=True)
def route(ticket_id: int) -> None:
    """Give a dispatched ticket to a handler, once."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or ticket.state != "dispatched" or not ticket.awaits_routing:
        log.info("route_skipped", ticket=ticket_id)
        return
    services.route(ticket)
    db.session.commit()


@job("sweep_routing")
def sweep_routing() -> None:
    """Enqueue dispatched tickets whose routing job got lost."""
    for ticket_id in queries.unrouted():
        events.enqueue("route", ticket_id)
