"""Somebody leaves, or is away from today: what stands on his desk goes to others."""
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from accounts import services
from accounts.models import User
from catalog import people
from catalog import queries as catalog
from catalog.models import Leave
from core.actor import SYSTEM, Actor
from core.db import db
from tickets.models import Ticket
from tickets.services import conversation, handling, replying
from tickets.services.transition import move

STANDING = ("dispatched", "in_progress", "in_review", "needs_info")
HAS_LEFT, IS_AWAY = "handler_left", "handler_away"  # codes of lines in the thread; their words are in desk.words


def standing(user: User, *states: str) -> list[Ticket]:
    """The tickets on a person's desk in these states (all of STANDING without any), the oldest first."""
    return list(db.session.scalars(select(Ticket).where(Ticket.assignee_id == user.id, Ticket.state.in_(states or STANDING)).order_by(Ticket.id)))


def leave(actor: Actor, user: User) -> list[Ticket]:
    """The person leaves for good: no sign-in any more, and routing finds others for his tickets, which are returned.

    Raises DomainError `last_admin` or `has_left`. What was answered stays with the manager; a redo goes to somebody else by itself.
    """
    services.leave(actor, user)
    moved = standing(user)
    for ticket in moved:
        conversation.system(ticket, actor, HAS_LEFT)
        RELEASES[ticket.state](ticket)
    return moved


def go_away(actor: Actor, user: User, starts: date, ends: date, note: str = "") -> tuple[Leave, list[Ticket]]:
    """Enter leave. If it has begun today, what the person has not signed for goes to others at once; returns those tickets.

    Raises DomainError `leave_order` or `leave_overlaps`.
    """
    row = people.enter_leave(actor, user, starts, ends, note)
    unsigned = standing(user, "dispatched") if starts <= catalog.today() <= ends else []
    for ticket in unsigned:
        conversation.system(ticket, actor, IS_AWAY)
        handling.reroute(ticket, SYSTEM)
    return row, unsigned


def _from_dispatched(ticket: Ticket) -> None:
    handling.reroute(ticket, SYSTEM)


def _from_in_progress(ticket: Ticket) -> None:
    handling.hand_over(ticket, SYSTEM)


def _from_in_review(ticket: Ticket) -> None:
    # The reply goes back first: sent back later, it would come to a desk at which nobody sits.
    replying.send_back(ticket, SYSTEM, _("Whoever wrote this answer has left. The next handler finds it as a draft."))
    handling.hand_over(ticket, SYSTEM)


def _from_needs_info(ticket: Ticket) -> None:
    # Nobody would read the answer; the next handler sees the question in the thread and can ask again.
    move(ticket, "resume", SYSTEM, target=ticket.return_state)
    if ticket.state == "in_progress":
        handling.hand_over(ticket, SYSTEM)


RELEASES = {"dispatched": _from_dispatched, "in_progress": _from_in_progress, "in_review": _from_in_review, "needs_info": _from_needs_info}
