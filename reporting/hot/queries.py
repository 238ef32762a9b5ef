"""Reading hot issues: lists of them, their tickets, how each went hour by hour, and who is told."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from catalog.models import Membership
from core import clock
from core.actor import Actor
from core.db import db
from core.errors import NotFound
from reporting.hot import counts
from reporting.hot.episodes import HOUR
from reporting.hot.judging import HISTORY, against
from reporting.hot.models import HotIssue
from tickets import probable
from tickets.models import Ticket
from tickets.parents import Parent
from tickets.queries import visible

BEFORE, AFTER, LONGEST = 24, 6, 96  # hours in the picture: before it began, after its last loud one, at most


@dataclass(frozen=True)
class Hour:
    """One bar of the picture: the hour from `at` on, its complaints and how many are usual."""

    at: datetime
    count: int
    usual: float


def one(issue_id: int) -> HotIssue:
    """The issue. Raises NotFound."""
    issue = db.session.get(HotIssue, issue_id)
    if issue is None:
        raise NotFound("hot issue")
    return issue


def path(issue_id: int | str) -> str:
    """Where an issue stands on the desk."""
    return f"/desk/hot/{issue_id}"


def by_path(paths: Iterable[str]) -> dict[str, HotIssue]:
    """The issues that stand at these addresses."""
    ids_asked = [int(number) for one in paths if (number := one.removeprefix(path(""))).isdigit()]
    found = db.session.scalars(select(HotIssue).where(HotIssue.id.in_(ids_asked)).options(joinedload(HotIssue.leaf), joinedload(HotIssue.route)))
    return {path(issue.id): issue for issue in found}


def over():
    """The condition on HotIssue of being over: quiet for so long, or settled and nothing loud since."""
    answered = exists().where(Parent.id == HotIssue.parent_id, Parent.resolved_at >= HotIssue.last_at)
    return or_(HotIssue.ended_at.is_not(None), answered)


def listed(those_over: bool) -> Select:
    """A select of the issues that run, or of those that are over; the newest first."""
    loaded = (joinedload(HotIssue.leaf), joinedload(HotIssue.route), joinedload(HotIssue.parent))
    return select(HotIssue).where(over() if those_over else ~over()).options(*loaded).order_by(HotIssue.id.desc())


def running_count() -> int:
    """How many issues run."""
    return db.session.scalar(select(func.count(HotIssue.id)).where(~over()))


def ids(issue: HotIssue) -> Select:
    """A select of the ids of the tickets of an issue, from its beginning to its last loud hour."""
    until = Ticket.received_at <= (issue.last_at if issue.ended_at else clock.now())
    return counts.tickets(Ticket.id).where(counts.within(issue.scope), Ticket.received_at >= issue.started_at, until)


def seen(issue: HotIssue, actor: Actor) -> Select:
    """A select of those that the actor may see, the newest first; a place tells whose a confidential matter is."""
    known = [] if actor.has("hotline", "compliance") else [~Ticket.confidential]
    return select(Ticket).where(visible(actor), *known, Ticket.id.in_(ids(issue))).order_by(Ticket.received_at.desc(), Ticket.id.desc())


def size(issue: HotIssue) -> tuple[int, int]:
    """(tickets, distinct retailers) of an issue so far."""
    query = select(func.count(), func.count(probable.person().distinct())).where(Ticket.id.in_(ids(issue)))
    return tuple(db.session.execute(query).one())


def course(issue: HotIssue) -> list[Hour]:
    """Hour by hour from a day before it began to a little after its last loud hour, each with what was usual then."""
    end = min(issue.last_at + AFTER * HOUR, clock.now())
    shown = min(LONGEST, int((end - issue.started_at) / HOUR) + BEFORE)
    hours = counts.hourly([issue.scope], end, HISTORY + shown)[issue.scope]
    age, found = counts.age(end), []
    for back in range(shown - 1, -1, -1):
        count, usual = against(hours[None, shown - back - 1:HISTORY + shown - back], HOUR, age - back * HOUR)
        found.append(Hour(end - (back + 1) * HOUR, int(count[0]), float(usual.mean[0])))
    return found


def leaders(issue: HotIssue) -> list[str]:
    """The names of those who may make a parent of it: the managers who lead the department."""
    leads = select(Membership.user_id).where(Membership.leads, Membership.team_id == issue.leaf.team_id)
    return list(db.session.scalars(select(User.name).where(User.active, User.roles.contains(["manager"]), User.id.in_(leads)).order_by(User.name)))


def concerned(issue: HotIssue) -> Iterable[User]:
    """The hotline and the managers of the department that owns the category; every manager while nobody leads it. Whoever's round it is does not hear of it."""
    leads = select(Membership.user_id).where(Membership.leads, Membership.team_id == issue.leaf.team_id)
    managers = User.roles.contains(["manager"])
    owned = db.session.scalar(select(func.count(User.id)).where(User.active, managers, User.id.in_(leads)))
    who = or_(User.roles.contains(["hotline"]), managers & (User.id.in_(leads) if owned else User.active))
    return db.session.scalars(select(User).where(User.active, who, User.id != (issue.route_id or 0)).order_by(User.id))
