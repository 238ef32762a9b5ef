"""Where people belong, who is above whom, what they are certified for, and when they are away."""
from collections.abc import Collection, Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased

from accounts.models import User
from catalog.events import LeaveEntered
from catalog.models import Certificate, Leaf, LeafGroup, Leave, Membership, Team
from core import clock, events
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
    "stands_in_himself": _l("Nobody stands in for himself. Choose somebody else."),
}


def membership(user: User) -> Membership | None:
    """The team that a person belongs to, if any."""
    return db.session.get(Membership, user.id)


def teams_of(user_ids: Iterable[int]) -> frozenset[int]:
    """The teams in which any of these people work."""
    ids = set(user_ids)
    return frozenset(db.session.scalars(select(Membership.team_id).where(Membership.user_id.in_(ids)))) if ids else frozenset()


def kept_away(named_ids: Iterable[int]) -> frozenset[int]:
    """From whom a matter is kept that names these people: from themselves, the lines above them, and their teams."""
    named = frozenset(named_ids)
    beside = db.session.scalars(select(Membership.user_id).where(Membership.team_id.in_(teams_of(named)))) if named else ()
    return named.union(beside, line_above(*named))


def near(user_id: int) -> frozenset[int]:
    """The other side of the same rule: everybody whose matters are kept from this person beside his own."""
    team = select(Membership.team_id).where(Membership.user_id == user_id)
    beside = db.session.scalars(select(Membership.user_id).where(Membership.team_id.in_(team)))
    return frozenset({*beside, *line_below(user_id)} - {user_id})


def put_in_team(actor: Actor, user: User, team: Team | None, leads: bool = False, cap: float = DEFAULT_CAP, areas: Collection[str] = ()) -> None:
    """Say where a person belongs; None takes him out of his team. `cap` is the weighted load beyond which nothing is routed to him,

    `areas` are those of the shops that he knows, none means everywhere.
    """
    row = membership(user)
    before = (row.team_id, row.leads, row.cap, row.areas) if row else None
    wanted = (team.id, leads, cap, sorted(areas)) if team else None
    if wanted == before:
        return
    if team is None:
        db.session.delete(row)
    else:
        db.session.merge(Membership(user_id=user.id, team_id=team.id, leads=leads, cap=cap, areas=sorted(areas)))
    db.session.flush()
    record(actor, Did.USER_CHANGED, target=user.login, team=team.code if team else None, leads=leads, cap=cap,
           **({"areas": sorted(areas)} if areas else {}))


def _above():
    """Pairs of a person and somebody directly above him: his superior, and whoever leads his team."""
    member, lead = aliased(Membership), aliased(Membership)
    leads = (select(member.user_id, lead.user_id.label("above"))
             .join(lead, (lead.team_id == member.team_id) & lead.leads & (lead.user_id != member.user_id)))
    return select(User.id.label("below"), User.superior_id.label("above")).where(User.superior_id.is_not(None)).union_all(leads).subquery()


def _climb(ids: Collection[int], start: str, end: str) -> set[int]:
    steps = _above()
    seen = select(steps.c[end].label("id")).where(steps.c[start].in_(ids)).cte(recursive=True)
    further = aliased(seen)
    seen = seen.union(select(steps.c[end]).join(further, steps.c[start] == further.c.id))  # a union forgets who was seen: a circle ends
    return set(db.session.scalars(select(seen.c.id)))


def line_above(*user_ids: int) -> set[int]:
    """Ids of everybody above these people: those who lead their teams, their superiors, and theirs in turn."""
    return _climb(user_ids, "below", "above") if user_ids else set()


def line_below(*user_ids: int) -> set[int]:
    """Ids of everybody who reports to these people, directly or through others."""
    return _climb(user_ids, "above", "below") if user_ids else set()


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


def enter_leave(actor: Actor, user: User, starts: date, ends: date, note: str = "", stand_in: User | None = None) -> Leave:
    """Enter days away, both ends included. Raises DomainError `leave_order`, `leave_overlaps` or `stands_in_himself`."""
    if ends < starts:
        raise DomainError("leave_order", REFUSALS["leave_order"])
    if db.session.scalar(db.select(Leave.id).where(Leave.user_id == user.id, Leave.starts <= ends, Leave.ends >= starts).limit(1)):
        raise DomainError("leave_overlaps", REFUSALS["leave_overlaps"])
    row = Leave(user_id=user.id, starts=starts, ends=ends, note=note, entered_at=clock.now())
    db.session.add(row)
    db.session.flush()
    record(actor, Did.LEAVE_ENTERED, target=user.login, starts=starts.isoformat(), ends=ends.isoformat())
    name_stand_in(actor, row, stand_in)
    events.emit(LeaveEntered(row.id))
    return row


def name_stand_in(actor: Actor, row: Leave, stand_in: User | None) -> None:
    """Say who is asked first for what cannot wait during this leave. Raises DomainError `stands_in_himself`."""
    if stand_in is not None and stand_in.id == row.user_id:
        raise DomainError("stands_in_himself", REFUSALS["stands_in_himself"])
    if (stand_in and stand_in.id) == row.stand_in_id:
        return
    row.stand_in_id = stand_in.id if stand_in else None
    db.session.flush()
    db.session.expire(row, ["stand_in"])
    record(actor, Did.LEAVE_ENTERED, target=row.user.login, starts=row.starts.isoformat(), stand_in=stand_in.login if stand_in else None)


def cancel_leave(actor: Actor, user: User, leave_id: int) -> bool:
    """Take leave back; False if the person has no such one."""
    row = db.session.get(Leave, leave_id)
    if row is None or row.user_id != user.id:
        return False
    db.session.delete(row)
    record(actor, Did.LEAVE_ENTERED, target=user.login, starts=row.starts.isoformat(), ends=row.ends.isoformat(), cancelled=True)
    return True
