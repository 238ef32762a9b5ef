"""Reading improvement items: lists of them, their frozen tickets, the causes recorded for these, areas to compare with."""
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Date, Select, cast, func, or_, select, true
from sqlalchemy.orm import selectinload

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.errors import NotFound
from reporting.improvement import counts, exposure
from reporting.improvement.freezing import frozen
from reporting.improvement.lifecycle import OPEN
from reporting.improvement.models import ImprovementAction, ImprovementItem, TrendLook
from reporting.improvement.weeks import span
from tickets.models import Ticket
from tickets.queries import visible

_NEXT_ACTION = select(func.min(ImprovementAction.due)).where(
    ImprovementAction.item_id == ImprovementItem.id, ImprovementAction.round == ImprovementItem.round,
    ImprovementAction.done_on.is_(None)).scalar_subquery()
# What is due next: the next action, else the check, else it has waited for a decision since it was found.
DUE = func.coalesce(_NEXT_ACTION, ImprovementItem.check_date, cast(ImprovementItem.found_at, Date))


def one(item_id: int) -> ImprovementItem:
    """The item. Raises NotFound."""
    item = db.session.get(ImprovementItem, item_id)
    if item is None:
        raise NotFound("improvement item")
    return item


def in_states(states: Iterable[str]) -> Select:
    """A select of the items in these states; what is due first stands first."""
    loaded = (selectinload(ImprovementItem.actions), selectinload(ImprovementItem.leaf), selectinload(ImprovementItem.owner),
              selectinload(ImprovementItem.verdicts))
    return select(ImprovementItem).where(ImprovementItem.state.in_(list(states))).options(*loaded).order_by(DUE, ImprovementItem.id)


def by_state() -> dict[str, int]:
    """How many items are in each state."""
    return dict(db.session.execute(select(ImprovementItem.state, func.count()).group_by(ImprovementItem.state)).all())


def last_look() -> TrendLook | None:
    """The newest week that was looked at."""
    return db.session.scalar(select(TrendLook).order_by(TrendLook.week.desc()).limit(1))


def seen(actor: Actor, ids: Select) -> Select:
    """A select of those of these tickets that the actor may be shown here.

    A list by area tells where a shop is: what is confidential is left out for whoever may not know the name.
    """
    known = true() if actor.has("hotline", "compliance") else ~Ticket.confidential
    numbers = list(db.session.scalars(ids))  # as a list: with a subquery and a limit PostgreSQL may walk all tickets, asking it for each
    return select(Ticket).where(visible(actor), known, Ticket.id.in_(numbers)).order_by(Ticket.received_at, Ticket.id)


def of_week(item: ImprovementItem, week: date) -> Select:
    """A select of the ids of the tickets that the chart counts in one week."""
    return counts.of(item.leaf_code, [item.area], [week])


def with_cause(ids: Select, cause: str | None) -> Select:
    """Those of these tickets with one recorded cause; with None those without any."""
    return select(Ticket.id).where(Ticket.id.in_(ids), Ticket.root_cause == cause if cause else Ticket.root_cause.is_(None))


def causes(item: ImprovementItem) -> list[tuple[str | None, int]]:
    """The causes recorded for the tickets of the signal, the commonest first; None for those without one."""
    ids = frozen(item, "signal", 1)
    query = select(Ticket.root_cause, func.count()).where(Ticket.id.in_(ids)).group_by(Ticket.root_cause)
    return [tuple(row) for row in db.session.execute(query.order_by(func.count().desc(), Ticket.root_cause.nulls_last()))]


def comparable(item: ImprovementItem) -> list[tuple[str, int]]:
    """Areas with shops where nothing is being done about the same category, with their complaints in the weeks of the baseline."""
    busy = set(db.session.scalars(select(ImprovementItem.area).where(
        ImprovementItem.leaf_code == item.leaf_code, or_(ImprovementItem.state.in_(OPEN), ImprovementItem.id == item.id))))
    found = counts.by_area(item.leaf_code, span(item.baseline_first, item.baseline_last))
    return [(area, found.get(area, 0)) for area in exposure.now() if area not in busy]


def managers() -> list[User]:
    """Who may own an item."""
    return list(db.session.scalars(select(User).where(User.active, User.roles.contains(["manager"])).order_by(User.name)))


def staff() -> list[User]:
    """Who may be given an action."""
    return list(db.session.scalars(select(User).where(User.active).order_by(User.name)))
