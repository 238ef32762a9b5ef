"""The facts behind conflicts: who is named, serves or served the shop, decided, stood aside, handled, is above, below or tied."""
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select

from catalog import people
from core import clock, settings
from core.db import db
from core.settings import Setting
from retailers import relations, serving
from routing import spoken_of
from routing.weighing import GROUP
from tickets.models import Reply, Ticket
from tickets.services import returning

settings.define(
    Setting("routing_conflict_months", "int", 12, GROUP, "Months for which somebody who served a shop or handled its complaint stays out of what is said about it"),
)
MONTH = timedelta(days=30.5)
ABOUT_HANDLING = "SVC.COMPLAINT"  # a complaint about how an earlier one was handled


def of(ticket: Ticket) -> dict[str, set[int]]:
    """The people of each of routing.conflict.CIRCLES for this ticket, by user id."""
    since = clock.now() - settings.get("routing_conflict_months") * MONTH
    named, watched = set(ticket.named_ids), ticket.leaf is not None and ticket.leaf.staff_conflict
    in_line = people.line_above(*named) | people.line_below(*named)
    return {
        "named": named,
        "in_line": in_line,
        "near_the_named": people.kept_away(named) - named - in_line,
        "serves_this_shop": serving.now(ticket.retailer) if watched else set(),
        "served_lately": serving.since(ticket.retailer, since) if watched else set(),
        "spoken_of": _spoken_of(ticket),
        "took_decision": set(ticket.decider_ids),
        "stood_aside": returning.stood_aside(ticket),
        "handled_before": set(ticket.former_ids),
        "handled_complained": _handlers(ticket, since) if ticket.leaf_code == ABOUT_HANDLING else set(),
        "entered_it": {ticket.captured_by_id} - {None} if watched else set(),
        "declared": relations.tied_to(ticket.retailer, named),
    }


def _spoken_of(ticket: Ticket) -> set[int]:
    """Who serves the shop in a role that its words name: "the driver threw it down" needs no name to mean one."""
    if ticket.retailer is None:
        return set()
    said = spoken_of.roles("\n".join(message.body for message in ticket.messages if message.kind == "in"))
    return {getattr(ticket.retailer, f"{role}_id") for role in said} - {None}


def _handlers(ticket: Ticket, since: datetime) -> set[int]:
    """Everybody who handled a ticket of the same complainant lately: which one is meant is not always said."""
    whose = _same_complainant(ticket)
    if whose is None:
        return set()
    earlier = and_(whose, Ticket.id != ticket.id, Ticket.received_at >= since)
    found = (_ids(Ticket.assignee_id, earlier), _ids(func.unnest(Ticket.former_ids), earlier),
             select(Reply.author_id).join(Ticket, Ticket.id == Reply.ticket_id).where(earlier))
    return {user_id for query in found for user_id in db.session.scalars(query)} - {None}


def _ids(column, condition) -> Select:
    return select(column).where(condition)


def _same_complainant(ticket: Ticket):
    ways = [Ticket.retailer_id == ticket.retailer_id] if ticket.retailer_id else []
    if ticket.contact_phone:
        ways.append(Ticket.contact_phone == ticket.contact_phone)
    return or_(*ways) if ways else None
