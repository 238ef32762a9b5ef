"""The facts about everybody who might handle a ticket."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select

from accounts.models import User
from catalog import queries as catalog
from catalog import roster
from catalog.models import Certificate, Membership
from core import clock, organisation
from core.actor import Actor
from core.db import db
from core.jobs import given_up
from routing import circles, conflict, records, weighing, window
from routing.choose import Basis, Candidate
from routing.experience import Record, months
from routing.models import RoutingDecision
from tickets import access
from tickets.access import REVIEWING_LEVEL
from tickets.lifecycle import managers_turn
from tickets.models import Clock, Message, Ticket
from tickets.services import clocks

NOTHING = Record()
WORKED_ON = ("dispatched", "in_progress", "in_review", "needs_info")
NOT_SIGNED = "not_signed"  # the line in the thread of a ticket that was taken from a handler who did not sign for it
ALWAYS = "S1"  # the severity for which somebody is on call


@dataclass(frozen=True)
class Known:
    """What was read about all candidates at once, by user id."""

    levels: Mapping[int, Mapping[str, int]]
    absences: Mapping[int, list]
    window: Collection[date]
    loads: Mapping[int, float]
    idle: Mapping[int, object]
    done: Mapping[int, Record]
    knowing: Collection[int]
    on_call: Collection[int]
    stand_in: int | None
    circles: Mapping[str, Collection[int]]
    day: date


def facts(ticket: Ticket) -> tuple[list[Candidate], Basis]:
    """All that the choice needs: everybody certified for the leaf or its group, in its team or on call, and what holds for all of them."""
    weights = weighing.weights()
    history = records.history(ticket, weights)
    night = ticket.severity == ALWAYS and not roster.in_working_time(clock.now())
    basis = Basis(ticket.severity, weights, history.means, weighing.lot(ticket), night=night, managers_turn=managers_turn(ticket))
    return _candidates(ticket, history.records, night), basis


def _candidates(ticket: Ticket, done: Mapping[int, Record], night: bool) -> list[Candidate]:
    stand_in, on_call = _stand_in(ticket), roster.on_call(clock.now(), ticket.team_id) if night else set()
    people = _people(ticket, on_call | {stand_in})
    known = _known(ticket, [user.id for user, _membership in people], done, on_call, stand_in)
    return [_candidate(ticket, user, place, known) for user, place in people]


def _known(ticket: Ticket, ids: list[int], done: Mapping[int, Record], on_call: set[int], stand_in: int | None) -> Known:
    day, here = catalog.today(), _window(ticket)
    return Known(levels=catalog.certificates(ids, day), absences=catalog.absences(ids, min(here), max(here)), window=here, loads=_loads(ids),
                 idle=_idle_since(ids), done=done, knowing=records.knows_shop(ticket), on_call=on_call, stand_in=stand_in,
                 circles=circles.of(ticket), day=day)


def _candidate(ticket: Ticket, user: User, place: Membership | None, known: Known) -> Candidate:
    level = max(known.levels[user.id].get(scope, 0) for scope in (ticket.leaf_code, ticket.leaf.group_code))
    areas, team = place.areas if place else [], {place.team_id} if place else set()
    actor = Actor(kind="staff", id=user.id, roles=frozenset(user.roles), teams=frozenset(team), certificates=known.levels[user.id])
    return Candidate(
        id=user.id, name=user.name, active=user.active, handles="handler" in user.roles, level=level,
        on_leave=window.away(known.window, known.absences.get(user.id, ())), load=known.loads.get(user.id, 0.0), cap=place.cap if place else 0.0,
        idle_since=known.idle.get(user.id), conflicts=conflict.against(user.id, known.circles), speaks=user.language == ticket.language,
        reviews=level >= REVIEWING_LEVEL and ticket.team_id in team, cleared=access.cleared(actor, ticket), on_call=user.id in known.on_call,
        in_area=not areas or ticket.retailer is None or not ticket.retailer.area or ticket.retailer.area in areas,
        stands_in=user.id == known.stand_in,
        record=replace(known.done.get(user.id, NOTHING), months=months(joined(user), known.day), knows_shop=user.id in known.knowing))


def _window(ticket: Ticket) -> frozenset[date]:
    """The days until the end of the sign clock: whoever is back by then can sign in time."""
    now, running = clock.now(), clocks.running(ticket, "sign")
    return window.days(organisation.calendar(), now, running[0].due_at if running else now)


def _stand_in(ticket: Ticket) -> int | None:
    """Who stands in for the one from whose desk the ticket comes, if he is away today."""
    if not ticket.former_ids:
        return None
    row = catalog.present_leave(ticket.former_ids[-1], catalog.today())
    return row.stand_in_id if row else None


def joined(user: User) -> date:
    """The local day since which somebody works here, as far as it is known: else that of the account."""
    return user.joined_on or user.created_at.astimezone(organisation.zone()).date()


def _people(ticket: Ticket, others: Collection[int | None]):
    """Everybody who is certified, a handler of the team, or one of `others`, with his place."""
    certified = select(Certificate.user_id).where(Certificate.scope.in_((ticket.leaf_code, ticket.leaf.group_code)))
    in_team = (Membership.team_id == ticket.team_id) & User.roles.contains(["handler"])
    query = (select(User, Membership).outerjoin(Membership, Membership.user_id == User.id)
             .where(User.active, or_(User.id.in_(certified), in_team, User.id.in_(set(others) - {None}))).order_by(User.id))
    return db.session.execute(query).all()


def conflicts(ticket: Ticket, user_id: int) -> tuple[str, ...]:
    """Why this person must not handle this ticket (DOMAIN 3.7), as codes of routing.conflict.CIRCLES."""
    return conflict.against(user_id, circles.of(ticket))


def _loads(ids: list[int]) -> dict[int, float]:
    rows = db.session.execute(select(Ticket.assignee_id, func.sum(weighing.load())).where(Ticket.assignee_id.in_(ids), Ticket.state.in_(WORKED_ON))
                              .group_by(Ticket.assignee_id))
    return {user_id: float(load) for user_id, load in rows}


def _idle_since(ids: list[int]):
    # Each person's last decision by itself: the index gives it at once, however many there are.
    last = select(func.max(RoutingDecision.at)).where(RoutingDecision.chosen_id == User.id).scalar_subquery()
    return dict(db.session.execute(select(User.id, last).where(User.id.in_(ids))).all())


def decisions(ticket: Ticket) -> list[RoutingDecision]:
    """Every decision about a ticket, the newest first."""
    return list(db.session.scalars(select(RoutingDecision).filter_by(ticket_id=ticket.id).order_by(RoutingDecision.id.desc())))


def unsigned_in_time(before) -> list[int]:
    """Ids of tickets whose handler let the time to sign for them pass before this instant; each ticket once."""
    late = select(Clock.id).where(Clock.ticket_id == Ticket.id, Clock.kind == "sign", Clock.stopped_at.is_(None), Clock.breached_at < before)
    moved_before = select(Message.id).where(Message.ticket_id == Ticket.id, Message.kind == "system", Message.purpose == NOT_SIGNED)
    query = select(Ticket.id).where(Ticket.state == "dispatched", Ticket.assignee_id.is_not(None), late.exists(), ~moved_before.exists())
    return list(db.session.scalars(query.order_by(Ticket.id)))


def unrouted() -> list[int]:
    """Ids of dispatched tickets that no job has routed yet, without those whose job breaks again and again."""
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state == "dispatched", Ticket.awaits_routing, ~given_up("route", Ticket.id))
                                   .order_by(Ticket.id).limit(500)))


def left_overnight() -> list[int]:
    """Ids of tickets for which nobody was on call and whom nobody has taken since: by day there are others to ask."""
    last = select(func.max(RoutingDecision.id)).where(RoutingDecision.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    query = (select(Ticket.id).join(RoutingDecision, RoutingDecision.id == last)
             .where(Ticket.state == "dispatched", Ticket.assignee_id.is_(None), ~Ticket.awaits_routing, RoutingDecision.basis["night"].as_boolean()))
    return list(db.session.scalars(query.order_by(Ticket.id)))
