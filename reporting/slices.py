"""Which part of the rows somebody looks at: the period, what he may see, what he chose, and the dimensions to divide it by."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, case, cast, func, select

from core.actor import Actor
from reporting.definition import Definition
from reporting.weeks import Period
from retailers.models import Retailer
from tickets.models import Ticket
from tickets.queries import visible
from tickets.returns import TicketReturn

NONE = "-"  # in an address: those that have no category, area or team


@dataclass(frozen=True)
class Dimension:
    """Something to divide by: `column` gives its SQL for one reader, values of `kind` stand in addresses.

    With an `entity` it divides only figures that count its rows; as a condition on others it means tickets that have such a row.
    """

    key: str
    label: object
    column: Callable[[Actor], object]
    kind: type = str
    entity: type | None = None


def _area(actor: Actor):
    # Where a shop is tells who it might be: whoever may not know the name does not learn the area either (as in the desk's lists).
    known = func.nullif(Retailer.area, "")
    return known if actor.has("hotline", "compliance") else case((Ticket.confidential, None), else_=known)


DIMENSIONS = {dimension.key: dimension for dimension in (
    Dimension("leaf", _l("Category"), lambda actor: Ticket.leaf_code),
    Dimension("group", _l("Group"), lambda actor: func.split_part(Ticket.leaf_code, ".", 1)),
    Dimension("area", _l("Area"), _area),
    Dimension("channel", _l("Channel"), lambda actor: Ticket.channel),
    Dimension("team", _l("Team"), lambda actor: Ticket.team_id, int),
    Dimension("severity", _l("Severity"), lambda actor: Ticket.severity),
)}
# Dimensions of what hangs on a ticket.
OWN = {"reason": Dimension("reason", _l("Reason"), lambda actor: TicketReturn.reason, entity=TicketReturn)}
ALL = DIMENSIONS | OWN
WEEK = "week"


@dataclass(frozen=True)
class Scope:
    """What one reader looks at. `chosen` maps keys of ALL to values; NONE means those without one."""

    actor: Actor
    period: Period
    chosen: Mapping[str, str] = field(default_factory=dict)

    def narrowed(self, **chosen: str) -> "Scope":
        """The same with one value more."""
        return replace(self, chosen={**self.chosen, **chosen})

    def during(self, period: Period) -> "Scope":
        """The same in another period."""
        return replace(self, period=period)


def rows(definition: Definition, scope: Scope, columns: tuple) -> Select:
    """`columns` of the definition's rows in this scope, before its own conditions: figures and the lists behind them both begin here."""
    query = definition.rows.joined(select(*columns)).outerjoin(Retailer, Retailer.id == Ticket.retailer_id)
    return query.where(visible(scope.actor), *_inside(definition, scope.period), *_chosen(definition, scope))


def _inside(definition: Definition, period: Period) -> list:
    return [] if definition.at is None else [definition.at >= period.since, definition.at < period.moment]


def own(definition: Definition) -> tuple[str, ...]:
    """The keys of OWN by which this figure can be divided."""
    return tuple(key for key, dimension in OWN.items() if dimension.entity is definition.rows.entity)


def _chosen(definition: Definition, scope: Scope) -> list:
    return [_holds(definition, ALL[key], _is(ALL[key], scope.actor, value)) for key, value in scope.chosen.items()]


def _holds(definition: Definition, dimension: Dimension, condition):
    if dimension.entity in (None, definition.rows.entity):
        return condition
    return Ticket.id.in_(select(dimension.entity.ticket_id).where(condition))


def _is(dimension: Dimension, actor: Actor, value: str):
    column = dimension.column(actor)
    return column.is_(None) if value == NONE else column == dimension.kind(value)


def week_of(at, period: Period):
    """The Monday of the local week of a time, in SQL; nothing without a time."""
    return None if at is None else cast(func.date_trunc("week", func.timezone(str(period.zone), at)), Date)
