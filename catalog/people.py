"""Where people belong, what they are certified for, and when they are away."""
from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l

from accounts.models import User
from catalog.models import Certificate, Leaf, LeafGroup, Leave, Membership, Team
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError

LEVELS = (1, 2, 3, 4)
DEFAULT_CAP = 12.0

REFUSALS = {
    "unknown_scope": _l("There is no such category."),
    "leave_order": _l("The last day of leave must not be before the first."),
    "leave_overlaps": _l("There is leave on some of these days already."),
}


def membership(user: User) -> Membership | None:
    """The team that a person belongs to, if any."""
    return db.session.get(Membership, user.id)


def line_above(user_id: int) -> frozenset[int]:
    """Whoever this person answers to: those who lead his team."""
    team = db.select(Membership.team_id).where(Membership.user_id == user_id)
    return frozenset(db.session.scalars(db.select(Membership.user_id).where(
        Membership.team_id.in_(team), Membership.leads, Membership.user_id != user_id)))


def teams_of(user_ids: Iterable[int]) -> frozenset[int]:
    """The teams in which any of these people work."""
    ids = set(user_ids)
    return frozenset(db.session.scalars(db.select(Membership.team_id).where(Membership.user_id.in_(ids)))) if ids else frozenset()


def kept_away(named_ids: Iterable[int]) -> frozenset[int]:
    """From whom a matter is kept that names these people: from themselves, the lines above them, and their teams."""
    named = frozenset(named_ids)
    beside = db.session.scalars(db.select(Membership.user_id).where(Membership.team_id.in_(teams_of(named)))) if named else ()
    return named.union(beside, *(line_above(number) for number in named))


def near(user_id: int) -> frozenset[int]:
    """The other side of the same rule: everybody whose matters are kept from this person beside his own."""
    team = db.select(Membership.team_id).where(Membership.user_id == user_id)
    return frozenset(db.session.scalars(db.select(Membership.user_id).where(Membership.team_id.in_(team), Membership.user_id != user_id)))


def put_in_team(actor: Actor, user: User, team: Team | None, leads: bool = False, cap: float = DEFAULT_CAP) -> None:
    """Say where a person belongs; None takes him out of his team. `cap` is the weighted load beyond which nothing is routed to him."""
    row = membership(user)
    before = (row.team_id, row.leads, row.cap) if row else None
    wanted = (team.id, leads, cap) if team else None
    if wanted == before:
        return
    if team is None:
        db.session.delete(row)
    else:
        db.session.merge(Membership(user_id=user.id, team_id=team.id, leads=leads, cap=cap))
    db.session.flush()
    record(actor, Did.USER_CHANGED, target=user.login, team=team.code if team else None, leads=leads, cap=cap)


def certificates(user: User) -> list[Certificate]:
    """Everything that a person is or was certified for."""
    return list(db.session.scalars(db.select(Certificate).filter_by(user_id=user.id).order_by(Certificate.scope)))


def certify(actor: Actor, user: User, scope: str, level: int, expires: date | None = None) -> Certificate:
    """Certify for a leaf or a whole group; a second one for the same scope replaces the first. Raises DomainError `unknown_scope`."""
    if db.session.get(Leaf, scope) is None and db.session.get(LeafGroup, scope) is None:
        raise DomainError("unknown_scope", REFUSALS["unknown_scope"])
    row = db.session.scalar(db.select(Certificate).filter_by(user_id=user.id, scope=scope))
    if row is None:
        row = Certificate(user_id=user.id, scope=scope)
        db.session.add(row)
    row.level, row.expires = level, expires
    db.session.flush()
    record(actor, Did.CERTIFICATE_CHANGED, target=user.login, scope=scope, level=level, expires=expires and expires.isoformat())
    return row


def withdraw_certificate(actor: Actor, user: User, certificate_id: int) -> bool:
    """Take a certificate back; False if the person has no such one."""
    row = db.session.get(Certificate, certificate_id)
    if row is None or row.user_id != user.id:
        return False
    db.session.delete(row)
    record(actor, Did.CERTIFICATE_CHANGED, target=user.login, scope=row.scope, level=0)
    return True


def leave_from(user: User, day: date) -> list[Leave]:
    """Leave of a person that has not ended before `day`, the next first."""
    return list(db.session.scalars(db.select(Leave).where(Leave.user_id == user.id, Leave.ends >= day).order_by(Leave.starts)))


def enter_leave(actor: Actor, user: User, starts: date, ends: date, note: str = "") -> Leave:
    """Enter days away, both ends included. Raises DomainError `leave_order` or `leave_overlaps`."""
    if ends < starts:
        raise DomainError("leave_order", REFUSALS["leave_order"])
    if db.session.scalar(db.select(Leave.id).where(Leave.user_id == user.id, Leave.starts <= ends, Leave.ends >= starts).limit(1)):
        raise DomainError("leave_overlaps", REFUSALS["leave_overlaps"])
    row = Leave(user_id=user.id, starts=starts, ends=ends, note=note)
    db.session.add(row)
    db.session.flush()
    record(actor, Did.LEAVE_ENTERED, target=user.login, starts=starts.isoformat(), ends=ends.isoformat())
    return row


def cancel_leave(actor: Actor, user: User, leave_id: int) -> bool:
    """Take leave back; False if the person has no such one."""
    row = db.session.get(Leave, leave_id)
    if row is None or row.user_id != user.id:
        return False
    db.session.delete(row)
    record(actor, Did.LEAVE_ENTERED, target=user.login, starts=row.starts.isoformat(), ends=row.ends.isoformat(), cancelled=True)
    return True
