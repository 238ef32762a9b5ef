"""Who among the staff hears of something. Nobody hears of a ticket that he may not see."""
from collections.abc import Iterable

from sqlalchemy import or_, select

from accounts.models import User
from catalog import people
from catalog.models import Membership
from catalog.queries import actor_of
from core.db import db
from tickets import access
from tickets.demands import Demand
from tickets.models import Ticket
from tickets.services import replying

SECOND, HIGHEST = 2, 3  # levels of escalation


def assignee(ticket: Ticket) -> list[User]:
    """The handler, if there is one."""
    return _seeing(ticket, [ticket.assignee] if ticket.assignee else [])


def managers(ticket: Ticket) -> list[User]:
    """Those who lead the ticket's team, every manager while it has none; compliance for a sealed ticket."""
    if ticket.sealed and not ticket.aside:
        return _seeing(ticket, _with_role("compliance"))
    return _seeing(ticket, _with_role("manager", leads=ticket.team_id))


def stood_aside(ticket: Ticket) -> list[User]:
    """Whoever had the ticket until it named him or somebody near him. He is told that it is gone, though he may not see it."""
    away = people.kept_away(ticket.named_ids)
    last = next((number for number in reversed(ticket.former_ids) if number in away), None)
    return list(db.session.scalars(select(User).where(User.active, User.id == last)))


def copied(ticket: Ticket) -> list[User]:
    """Compliance, of a matter of a category of which it has a copy."""
    return _seeing(ticket, _with_role("compliance")) if ticket.leaf is not None and ticket.leaf.compliance_copy else []


def managers_of_unassigned(ticket: Ticket) -> list[User]:
    """The managers, unless somebody has taken the ticket."""
    return managers(ticket) if ticket.assignee_id is None else []


def handler_or_managers(ticket: Ticket) -> list[User]:
    """The handler, or the managers of a ticket without one."""
    return assignee(ticket) or managers(ticket)


def triagers(ticket: Ticket) -> list[User]:
    """The hotline; for a sealed ticket those who decide what it is."""
    roles = access.seal_roles(ticket.leaf_code) if ticket.sealed else ("hotline",)
    return _seeing(ticket, _with_role(*roles)) or managers(ticket)


def critical(ticket: Ticket) -> list[User]:
    """Who must know of a critical ticket at once."""
    return [*triagers(ticket), *managers(ticket)]


def warned(ticket: Ticket, kind: str) -> list[User]:
    """Who hears that a clock is nearly over, or over: whoever has the ticket in hand; the call-back is the managers' matter."""
    return managers(ticket) if kind == "callback" else in_hand(ticket)


def of_level(ticket: Ticket, level: int) -> list[User]:
    """Whom a level concerns: 1 the team's lead, 2 its managers as well, 3 also everybody who leads a team, and quality.

    Whoever hears of one level hears of the next. While a ticket has no team, the managers stand for its lead; of a sealed ticket
    those hear whom the seal lets in.
    """
    if ticket.sealed:
        return _seeing(ticket, _with_role(*access.seal_roles(ticket.leaf_code)))
    people = [*_leading(ticket.team_id)] if ticket.team_id else managers(ticket)
    people = people or _managing(ticket.team_id)
    if level >= SECOND:
        people += _managing(ticket.team_id)
    if level >= HIGHEST:
        people += [*_leading(), *_with_role("manager", "qa")]
    return _seeing(ticket, {user.id: user for user in people}.values())


def demander(demand: Demand) -> list[User]:
    """The manager who demanded something, if he may still see the ticket."""
    return _seeing(demand.ticket, [demand.made_by])


def in_hand(ticket: Ticket) -> list[User]:
    """Whoever has to do something now: the hotline before dispatch, then the handler, or the managers of a ticket without one."""
    return triagers(ticket) if ticket.state == "received" else handler_or_managers(ticket)


def administrators() -> list[User]:
    """Everybody who can mend the settings."""
    return list(_with_role("admin"))


def reviewers(ticket: Ticket) -> list[User]:
    """Everybody who may review the answer that waits."""
    reply = replying.open_reply(ticket)
    author = reply.author_id if reply else ticket.assignee_id
    team = select(Membership.user_id).where(Membership.team_id == ticket.team_id)
    fitting = or_(User.id.in_(team), User.roles.contains(["compliance"]))
    return [user for user in db.session.scalars(select(User).where(User.active, fitting).order_by(User.id)) if "reviewer" in access.hats(actor_of(user), ticket, author)]


def _with_role(*roles: str, leads: int | None = None) -> Iterable[User]:
    query = select(User).where(User.active, User.roles.overlap(list(roles))).order_by(User.id)
    if leads is not None:
        query = query.join(Membership, Membership.user_id == User.id).where(Membership.leads, Membership.team_id == leads)
    return db.session.scalars(query)


def _leading(team_id: int | None = None) -> Iterable[User]:
    """Those who lead this team, or any."""
    query = select(User).join(Membership, Membership.user_id == User.id).where(User.active, Membership.leads).order_by(User.id)
    return db.session.scalars(query if team_id is None else query.where(Membership.team_id == team_id))


def _managing(team_id: int | None) -> list[User]:
    """The managers among a team's members."""
    query = select(User).join(Membership, Membership.user_id == User.id).where(User.active, User.roles.contains(["manager"]), Membership.team_id == team_id)
    return list(db.session.scalars(query.order_by(User.id)))


def _seeing(ticket: Ticket, people: Iterable[User]) -> list[User]:
    return [user for user in people if user.active and access.can_see(actor_of(user), ticket)]
