"""Complaints as the alarm counts them: by the hours before an instant. Nothing sealed or restricted, no noise, nothing merged or withdrawn."""
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Integer, and_, cast, func, select

from catalog.models import Leaf
from core.db import db
from reporting.hot.episodes import HOUR, WEEK
from reporting.hot.rhythm import WEEKS, Counts
from reporting.hot.scope import Arrival, Scope, around
from retailers.models import Retailer
from tickets import probable
from tickets.models import Ticket

NOT_WATCHED = ("OTH.NOISE", "OTH.SUGGEST")  # more of these is nothing to mend
NOT_COUNTED = ("merged", "withdrawn", "declined")
LEAF, AREA = probable.leaf(), func.coalesce(Retailer.area, "")
ROUTE = func.coalesce(Retailer.deliverer_id, 0)
# An alarm stands before the whole department: what is kept from a part of it does not enter.
_WATCHED = select(Leaf.code).where(Leaf.access == "open", Leaf.code.not_in(NOT_WATCHED))


def counted():
    """The condition on Ticket of being counted at all."""
    return and_(~Ticket.sealed, Ticket.state.not_in(NOT_COUNTED), LEAF.in_(_WATCHED))


def within(scope: Scope):
    """The condition on Ticket, joined with its Retailer if it has one, of lying in a scope."""
    place = [scope.area == AREA] if scope.area else []
    return and_(counted(), scope.leaf == LEAF, *place, *([scope.route == ROUTE] if scope.route else []))


def tickets(*columns):
    """A select over tickets with the shops of those that have one."""
    return select(*columns).select_from(Ticket).outerjoin(Retailer, Retailer.id == Ticket.retailer_id)


def since(start: datetime, until: datetime, leaf: str | None = None) -> list[Arrival]:
    """What came in after `start`, up to `until`, of one category or of all."""
    query = tickets(LEAF, AREA, ROUTE, probable.person(), Ticket.received_at).where(
        counted(), Ticket.received_at > start, Ticket.received_at <= until, *([leaf == LEAF] if leaf else []))
    return [Arrival(Scope(*place), who, at) for *place, who, at in db.session.execute(query)]


def age(now: datetime) -> timedelta:
    """How long complaints have been coming in."""
    first = db.session.scalar(select(func.min(Ticket.received_at)))
    return now - first if first else timedelta(0)


def known(now: datetime) -> int:
    """How many series there are: categories, with their areas, with the routes of these."""
    places = tickets(LEAF, AREA, ROUTE).where(counted(), Ticket.received_at > now - WEEKS * WEEK).distinct()
    return len({scope for place in db.session.execute(places) for scope in around(Scope(*place))})


def hourly(scopes: Collection[Scope], now: datetime, hours: int) -> dict[Scope, Counts]:
    """Of each scope the counts of the last `hours`, the newest last; an hour ends at `now`, the one before it an hour earlier."""
    found = {scope: np.zeros(hours) for scope in scopes}
    for place, ago, count in _by_hour({scope.leaf for scope in scopes}, now, hours):
        for scope in around(place):
            if scope in found and ago < hours:
                found[scope][hours - 1 - ago] += count
    return found


def _by_hour(leaves: Iterable[str], now: datetime, hours: int):
    ago = cast(func.floor(func.extract("epoch", now - Ticket.received_at) / HOUR.total_seconds()), Integer).label("ago")
    inner = tickets(LEAF.label("leaf"), AREA.label("area"), ROUTE.label("route"), ago).where(
        counted(), LEAF.in_(list(leaves)), Ticket.received_at > now - hours * HOUR, Ticket.received_at <= now).subquery()
    rows = db.session.execute(select(inner, func.count()).group_by(*inner.c))
    return [(Scope(*place), hour, count) for *place, hour, count in rows]
