"""Somebody leaves for good: what stands on his desk goes to others."""
from flask_babel import gettext as _
from sqlalchemy import select

from accounts import services
from accounts.models import User
from core.actor import Actor
from core.db import db
from tickets.models import Ticket
from tickets.services import conversation, releasing
from tickets.services.releasing import STANDING

HAS_LEFT = "handler_left"  # the code of a line in the thread; its words are in desk.words


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
        releasing.release(ticket, _("Whoever wrote this answer has left. The next handler finds it as a draft."))
    return moved
