"""Routing in the background."""
from datetime import timedelta

import structlog

from catalog import roster
from catalog.models import Leave
from core import clock, events
from core.actor import SYSTEM
from core.db import db
from core.jobs import job
from routing import away, queries, services
from tickets.models import Ticket
from tickets.services import conversation, handling

log = structlog.get_logger()
ALARM_FIRST = timedelta(minutes=5)


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
    """Enqueue dispatched tickets whose routing job got lost, and in the morning what nobody was on call for."""
    if roster.in_working_time(clock.now()):
        for ticket_id in queries.left_overnight():
            _ask_again(ticket_id)
    for ticket_id in queries.unrouted():
        events.re_enqueue("route", ticket_id)


def _ask_again(ticket_id: int) -> None:
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket_id in queries.left_overnight():
        ticket.awaits_routing = True
    db.session.commit()


@job("cover_leave", queue="urgent", swept=True)
def cover_leave(leave_id: int) -> None:
    """What somebody who is away has not signed for, or what falls due meanwhile, goes to others."""
    leave = db.session.get(Leave, leave_id)
    if leave is None:
        log.info("cover_leave_skipped", leave=leave_id)
        return
    for ticket_id in away.cannot_wait(leave):
        _cover(leave_id, ticket_id)


def _cover(leave_id: int, ticket_id: int) -> None:
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    leave = db.session.get(Leave, leave_id)
    if leave is not None and ticket_id in away.cannot_wait(leave):
        away.take_over(ticket)
    db.session.commit()


@job("sweep_leave")
def sweep_leave() -> None:
    """The same for every leave that has begun, and for what came back to a desk at which nobody sits."""
    for leave_id in away.present():
        cover_leave(leave_id)


@job("sweep_unsigned")
def sweep_unsigned() -> None:
    """What its handler has not signed for in time goes to somebody else, once; the second time it is the managers' matter.

    A moment is left after the breach, so that the alarm goes out before the clock is started anew.
    """
    before = clock.now() - ALARM_FIRST
    for ticket_id in queries.unsigned_in_time(before):
        _take_away(ticket_id, queries.NOT_SIGNED, lambda: queries.unsigned_in_time(before))


def _take_away(ticket_id: int, why: str, still) -> None:
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket_id in still():
        conversation.system(ticket, SYSTEM, why)
        handling.reroute(ticket, SYSTEM)
    db.session.commit()
