"""What the hotline wants beside a new complaint: possible doubles, staff it may name, earlier tickets."""
from datetime import timedelta

from sqlalchemy import and_, exists, func, or_, select

from accounts.models import User
from core.actor import Actor
from core.db import db
from retailers.models import SERVING_ROLES, Retailer
from tickets import queries as tickets
from tickets.models import MergeRefusal, Ticket

DOUBLE_WITHIN = timedelta(days=14)
MERGEABLE = ("received", "needs_info", "dispatched", "in_progress", "in_review", "answered")


def _same_sender(ticket: Ticket):
    if ticket.retailer_id:
        return Ticket.retailer_id == ticket.retailer_id
    return and_(Ticket.retailer_id.is_(None), Ticket.contact_phone == ticket.contact_phone)


def doubles(actor: Actor, ticket: Ticket) -> list[Ticket]:
    """Open tickets of the same retailer (or number) that could be the same matter, except pairs found not to be; newest first."""
    if ticket.anonymous or not (ticket.retailer_id or ticket.contact_phone):
        return []
    refused = exists().where(MergeRefusal.first_id == func.least(Ticket.id, ticket.id),
                             MergeRefusal.second_id == func.greatest(Ticket.id, ticket.id))
    query = tickets.seen_by(actor).where(
        Ticket.id != ticket.id, Ticket.state.in_(MERGEABLE), _same_sender(ticket), ~refused,
        Ticket.received_at > ticket.received_at - DOUBLE_WITHIN)
    return list(db.session.scalars(query.order_by(Ticket.received_at.desc()).limit(5)))


def earlier(actor: Actor, ticket: Ticket) -> list[Ticket]:
    """Earlier tickets of the same retailer that the actor may see, newest first, ten at most."""
    if ticket.anonymous or not (ticket.retailer_id or ticket.contact_phone):
        return []
    query = tickets.seen_by(actor).where(Ticket.id != ticket.id, _same_sender(ticket), Ticket.received_at <= ticket.received_at)
    return list(db.session.scalars(query.order_by(Ticket.received_at.desc()).limit(10)))


def serving(shop: Retailer | None) -> list[User]:
    """The staff who serve a shop."""
    ids = {getattr(shop, f"{role}_id") for role in SERVING_ROLES} - {None} if shop else set()
    return list(db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.name)))


def named_in(text: str) -> list[User]:
    """Active staff whose name or sign-in name stands in the text."""
    written = or_(and_(func.length(User.name) > 1, func.strpos(text, User.name) > 0),
                  and_(func.length(User.login) > 4, func.strpos(func.lower(text), func.lower(User.login)) > 0))
    return list(db.session.scalars(select(User).where(User.active, written).order_by(User.name)))


def people(ids) -> list[User]:
    """Staff by id."""
    return list(db.session.scalars(select(User).where(User.id.in_(ids))))
