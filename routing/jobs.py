"""Routing in the background."""
import structlog

from catalog import queries as catalog
from core import events
from core.actor import SYSTEM
from core.db import db
from core.jobs import job
from routing import queries, services
from tickets.models import Ticket
from tickets.services import conversation, handling

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


@job("sweep_leave")
def sweep_leave() -> None:
    """On the first morning of somebody's leave, what he has not signed for goes to others."""
    for ticket in queries.unsigned_of_leavers(catalog.today()):
        conversation.system(ticket, SYSTEM, "handler_away")
        handling.reroute(ticket, SYSTEM)
    db.session.commit()
