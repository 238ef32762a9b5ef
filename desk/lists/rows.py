"""Tickets as rows of a list: what is loaded with them, in which group they stand, and what each row says."""
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, selectinload

from core import clock, organisation
from core.actor import Actor
from desk.shown import doubles, words
from desk.shown import presenters as show
from desk.shown.next_step import next_step
from tickets import access, alone
from tickets.lifecycle import managers_turn
from tickets.models import Ticket

# Everything that row() reads, so that a list costs the same number of queries whatever its length.
LOADED = (joinedload(Ticket.leaf), joinedload(Ticket.team), joinedload(Ticket.assignee), joinedload(Ticket.retailer), selectinload(Ticket.clocks),
          selectinload(Ticket.open_promises))

GROUPS = {"late": _l("Late"), "today": _l("Due today"), "later": _l("Later")}


def row(ticket: Ticket, actor: Actor) -> dict:
    """What a list says about a ticket to this reader."""
    return {
        "id": ticket.id, "case_no": ticket.case_no, "href": show.ticket_url(ticket), "subject": ticket.subject, "severity": ticket.severity,
        "state": ticket.state, "leaf": show.leaf_name(ticket), "shop": show.shop(ticket, actor), "phone": show.masked_phone(ticket, actor),
        "channel": words.CHANNELS[ticket.channel], "tags": show.tags(ticket), "clock": show.chip(show.main_clock(ticket)),
        "step": next_step(ticket, actor), "assignee": ticket.assignee.name if ticket.assignee else "", "team": show.team_name(ticket),
        "received_at": ticket.received_at, "quick": _quick(ticket, actor),
    }


def several(tickets: Sequence[Ticket], actor: Actor) -> list[dict]:
    """The rows of a list, with `marks` of other tickets of the same matter, which stand among the tags too; so does what an answer to all left out."""
    known, left = doubles.marks(actor, tickets), alone.still([ticket.id for ticket in tickets], clock.now())
    return [_marked(row(ticket, actor), [*known.get(ticket.id, []), *_left_out(left.get(ticket.id))]) for ticket in tickets]


def _left_out(reason: str | None) -> list[tuple[str, str]]:
    return [(_("Not answered with the others of its cause"), "care")] if reason else []


def _marked(shown: dict, marks: list[tuple[str, str]]) -> dict:
    return shown | {"marks": marks, "tags": [*shown["tags"], *marks]}


def grouped(tickets: Sequence[Ticket], actor: Actor) -> list[dict]:
    """Rows under the headings of GROUPS, in the order in which the tickets come."""
    found: list[dict] = []
    for ticket, shown in zip(tickets, several(tickets, actor), strict=True):
        key = _group(ticket)
        if not found or found[-1]["key"] != key:
            found.append({"key": key, "label": GROUPS[key], "late": key == "late", "rows": []})
        found[-1]["rows"].append(shown)
    return found


def _group(ticket: Ticket) -> str:
    if ticket.due_at is None:
        return "later"
    if ticket.due_at < clock.now():
        return "late"
    zone = organisation.zone()
    return "today" if ticket.due_at.astimezone(zone).date() == clock.now().astimezone(zone).date() else "later"


def _quick(ticket: Ticket, actor: Actor) -> tuple | None:
    """What can be done without opening the ticket: the button's words and its name in desk.ticket_actions."""
    if ticket.state != "dispatched" or ticket.awaits_routing:
        return None
    if ticket.assignee_id == actor.id:
        return _l("Sign for it"), "sign"
    free = ticket.assignee_id is None and not managers_turn(ticket) and "eligible" in access.hats(actor, ticket)
    return (_l("Take it"), "claim") if free else None
