"""Ties that a member of staff declares himself: with them he gets no ticket of that shop, and none that names that colleague."""
from collections.abc import Collection

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from accounts.models import User
from core import clock
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from retailers.models import Relation, Retailer

REFUSALS = {
    "nobody_named": _l("Name a shop or a colleague."),
    "both_named": _l("Name either a shop or a colleague; declare the other one by itself."),
    "himself": _l("Nobody is tied to himself. Choose a colleague."),
    "declared_already": _l("This is declared already."),
}


def declare(actor: Actor, user: User, *, shop: Retailer | None = None, colleague: User | None = None) -> Relation:
    """Keep that `user` is tied to a shop or to a colleague. Raises DomainError with a key of REFUSALS."""
    code = _wrong(user, shop, colleague)
    if code:
        raise DomainError(code, REFUSALS[code])
    row = Relation(user_id=user.id, retailer=shop, colleague=colleague, declared_at=clock.now())
    db.session.add(row)
    db.session.flush()
    record(actor, Did.RELATION_DECLARED, target=user.login, other=_other(row))
    return row


def _wrong(user: User, shop: Retailer | None, colleague: User | None) -> str:
    if shop is None and colleague is None:
        return "nobody_named"
    if shop is not None and colleague is not None:
        return "both_named"
    if colleague is not None and colleague.id == user.id:
        return "himself"
    known = select(Relation.id).filter_by(user_id=user.id, ended_at=None, retailer_id=shop and shop.id, colleague_id=colleague and colleague.id)
    return "declared_already" if db.session.scalar(known) else ""


def end(actor: Actor, user: User, relation_id: int) -> bool:
    """A tie is over; False if the person has no such one that still holds. The row stays."""
    row = db.session.get(Relation, relation_id)
    if row is None or row.user_id != user.id or row.ended_at is not None:
        return False
    row.ended_at = clock.now()
    record(actor, Did.RELATION_DECLARED, target=user.login, other=_other(row), cancelled=True)
    return True


def _other(row: Relation) -> str:
    return row.retailer.licence_no if row.retailer else row.colleague.login


def of(user: User) -> list[Relation]:
    """What a person has declared and has not ended, the oldest first."""
    query = select(Relation).filter_by(user_id=user.id, ended_at=None).options(joinedload(Relation.retailer), joinedload(Relation.colleague))
    return list(db.session.scalars(query.order_by(Relation.id)))


def tied_to(shop: Retailer | None, people: Collection[int]) -> set[int]:
    """Ids of those who declared a tie to this shop, or to one of these people; a tie to a colleague holds both ways."""
    to = [Relation.retailer_id == shop.id] if shop else []
    if people:
        to.append(Relation.colleague_id.in_(people))
    found = set(db.session.scalars(select(Relation.user_id).where(Relation.ended_at.is_(None), or_(*to)))) if to else set()
    return found | _declared_by(people)


def _declared_by(people: Collection[int]) -> set[int]:
    if not people:
        return set()
    return set(db.session.scalars(select(Relation.colleague_id).where(
        Relation.ended_at.is_(None), Relation.user_id.in_(people), Relation.colleague_id.is_not(None))))
