"""The facts about everybody who might handle a ticket."""
from dataclasses import replace
from datetime import date

from sqlalchemy import any_, case, func, select

from accounts.models import User
from catalog import people
from catalog import queries as catalog
from catalog.models import Certificate, Leave, Membership
from core import organisation
from core.db import db
from core.jobs import given_up
from routing import records, weighing
from routing.choose import WEIGHTS, Basis, Candidate
from routing.experience import Record, months
from routing.models import RoutingDecision
from tickets.access import REVIEWING_LEVEL
from tickets.models import Clock, Message, Ticket

NOTHING = Record()
WORKED_ON = ("dispatched", "in_progress", "in_review", "needs_info")
NOT_SIGNED = "not_signed"  # the line in the thread of a ticket that was taken from a handler who did not sign for it


def facts(ticket: Ticket) -> tuple[list[Candidate], Basis]:
    """All that the choice needs: everybody certified for the leaf or its group or in its team, and what holds for all of them."""
    weights = weighing.weights()
    history = records.history(ticket, weights)
    return _candidates(ticket, history.records), Basis(ticket.severity, weights, history.means, weighing.lot(ticket))


def _candidates(ticket: Ticket, done: dict[int, Record]) -> list[Candidate]:
    people, day = _people(ticket), catalog.today()
    ids = [user.id for user, _membership in people]
    levels, away, loads, idle = catalog.certificates(ids, day), catalog.on_leave(day), _loads(ids), _idle_since(ids)
    knowing = records.knows_shop(ticket)

    def candidate(user: User, membership: Membership | None) -> Candidate:
        level = max(levels[user.id].get(scope, 0) for scope in (ticket.leaf_code, ticket.leaf.group_code))
        return Candidate(
            id=user.id, name=user.name, active=user.active, handles="handler" in user.roles, level=level, on_leave=user.id in away,
            load=loads.get(user.id, 0.0), cap=membership.cap if membership else 0.0, idle_since=idle.get(user.id),
            conflicts=conflicts(ticket, user.id, membership), speaks=user.language == ticket.language,
            reviews=level >= REVIEWING_LEVEL and membership is not None and membership.team_id == ticket.team_id,
            record=replace(done.get(user.id, NOTHING), months=months(joined(user), day), knows_shop=user.id in knowing))
    return [candidate(*row) for row in people]


def joined(user: User) -> date:
    """The local day since which somebody works here, as far as it is known: else that of the account."""
    return user.joined_on or user.created_at.astimezone(organisation.zone()).date()


def _people(ticket: Ticket):
    certified = select(Certificate.user_id).where(Certificate.scope.in_((ticket.leaf_code, ticket.leaf.group_code)))
    query = (select(User, Membership).outerjoin(Membership, Membership.user_id == User.id)
             .where(User.active, (User.id.in_(certified)) | (Membership.team_id == ticket.team_id) & User.roles.contains(["handler"]))
             .order_by(User.id))
    return db.session.execute(query).all()


def conflicts(ticket: Ticket, user_id: int, membership: Membership | None) -> tuple[str, ...]:
    """Why this person must not handle this ticket (DOMAIN 3.7), as reason codes."""
    shop = ticket.retailer
    serves = shop is not None and user_id in (shop.account_manager_id, shop.tele_orderer_id, shop.deliverer_id, shop.inspector_id)
    tests = (("named", user_id in ticket.named_ids),
             ("near_the_named", user_id not in ticket.named_ids and user_id in people.kept_away(ticket.named_ids)),
             ("serves_this_shop", ticket.leaf.staff_conflict and serves),
             ("handled_before", user_id in ticket.former_ids),
             ("entered_it", ticket.leaf.staff_conflict and user_id == ticket.captured_by_id))
    return tuple(code for code, holds in tests if holds)


def _loads(ids: list[int]) -> dict[int, float]:
    weight = case(WEIGHTS, value=Ticket.severity, else_=1.0)
    rows = db.session.execute(select(Ticket.assignee_id, func.sum(weight)).where(Ticket.assignee_id.in_(ids), Ticket.state.in_(WORKED_ON))
                              .group_by(Ticket.assignee_id))
    return {user_id: float(load) for user_id, load in rows}


def _idle_since(ids: list[int]):
    rows = db.session.execute(select(RoutingDecision.chosen_id, func.max(RoutingDecision.at)).where(RoutingDecision.chosen_id.in_(ids))
                              .group_by(RoutingDecision.chosen_id))
    return dict(rows.all())


def decisions(ticket: Ticket) -> list[RoutingDecision]:
    """Every decision about a ticket, the newest first."""
    return list(db.session.scalars(select(RoutingDecision).filter_by(ticket_id=ticket.id).order_by(RoutingDecision.id.desc())))


def unsigned_of_absent(day) -> list[int]:
    """Ids of tickets that wait for the signature of somebody who is away on this local day; each person and ticket once."""
    away = select(Leave.user_id).where(Leave.starts <= day, Leave.ends >= day)
    moved_before = Ticket.assignee_id == any_(Ticket.former_ids)
    return list(db.session.scalars(select(Ticket.id).where(Ticket.state == "dispatched", Ticket.assignee_id.in_(away), ~moved_before)
                                   .order_by(Ticket.id)))


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
