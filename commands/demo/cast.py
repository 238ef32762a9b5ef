"""Who plays which part in a demo story: the first member of the demo staff whom the rules allow it."""
from sqlalchemy import select

from accounts.models import User
from catalog import queries as catalog
from core.actor import Actor
from core.db import db
from tickets import access
from tickets.models import Ticket


class Cast:
    """The demo staff, read once; parts go round among those who may have them."""

    def __init__(self):
        self.users = {user.id: user for user in db.session.scalars(select(User).where(User.is_demo).order_by(User.id))}
        self.actors = {number: catalog.actor_of(user) for number, user in self.users.items()}

    def with_role(self, role: str, turn: int = 0) -> Actor:
        """Somebody of this role; `turn` chooses among several."""
        fitting = [actor for actor in self.actors.values() if actor.has(role)]
        return fitting[turn % len(fitting)]

    def somebody(self, ticket: Ticket, *hats: str, author_id: int | None = None, turn: int = 0) -> Actor:
        """Somebody who stands before the ticket in one of these capacities, but never its handler. LookupError if nobody does."""
        fitting = [actor for number, actor in self.actors.items()
                   if number != ticket.assignee_id and not access.hats(actor, ticket, author_id).isdisjoint(hats)]
        if not fitting:
            raise LookupError(f"nobody is {' or '.join(hats)} for {ticket.case_no} ({ticket.leaf_code}, {ticket.state})")
        return fitting[turn % len(fitting)]

    def named(self, name: str | None) -> list[int]:
        """The ids of the staff of this name."""
        return [number for number, user in self.users.items() if name and user.name == name]
