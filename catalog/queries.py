"""Reading the reference data."""
from datetime import date

from accounts.models import User
from catalog import people
from catalog.models import Certificate, ChecklistItem, Code, EscalationRule, Leaf, LeafGroup, Leave, Membership, SlaRule, Team
from core import clock, organisation
from core.actor import Actor
from core.db import db


def today() -> date:
    """The organisation's local day."""
    return clock.now().astimezone(organisation.zone()).date()


def leaf(code: str | None) -> Leaf | None:
    """The leaf `code`, or None."""
    return db.session.get(Leaf, code) if code else None


def leaves(active: bool = True) -> list[Leaf]:
    """All leaves in the order of the tree."""
    query = db.select(Leaf).join(LeafGroup).order_by(LeafGroup.position, Leaf.position)
    return list(db.session.scalars(query.filter(Leaf.active) if active else query))


def codes(list_name: str) -> list[Code]:
    """The entries of a code list, in order."""
    return list(db.session.scalars(db.select(Code).filter_by(list=list_name, active=True).order_by(Code.position)))


def code(list_name: str, value: str | None) -> Code | None:
    """One entry of a code list, or None."""
    return db.session.get(Code, (list_name, value)) if value else None


def sla_rule(severity: str, kind: str) -> SlaRule | None:
    """How long the clock `kind` may run at `severity`; None if it does not exist there."""
    return db.session.get(SlaRule, (severity, kind))


def escalation_rules() -> dict[str, dict[int, int]]:
    """By clock: the share of its time, in per cent, from which it raises its ticket to each level."""
    found: dict[str, dict[int, int]] = {}
    for rule in db.session.scalars(db.select(EscalationRule)):
        found.setdefault(rule.clock, {})[rule.level] = rule.percent
    return found


def checklist(leaf_code: str | None) -> list[ChecklistItem]:
    """What must be checked before a ticket of the leaf is answered."""
    if not leaf_code:
        return []
    return list(db.session.scalars(db.select(ChecklistItem).filter_by(leaf_code=leaf_code, active=True).order_by(ChecklistItem.position)))


def teams() -> list[Team]:
    """Active teams."""
    return list(db.session.scalars(db.select(Team).filter_by(active=True).order_by(Team.id)))


def members(team_id: int) -> list[Membership]:
    """Memberships of a team."""
    return list(db.session.scalars(db.select(Membership).filter_by(team_id=team_id)))


def on_leave(day: date) -> set[int]:
    """Ids of those away on a local day."""
    return set(db.session.scalars(db.select(Leave.user_id).where(Leave.starts <= day, Leave.ends >= day)))


def absences(user_ids, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """When these people are away between two local days: {user id: [(first, last day)]}, without those who are here."""
    found: dict[int, list[tuple[date, date]]] = {}
    query = db.select(Leave).where(Leave.user_id.in_(user_ids), Leave.starts <= last, Leave.ends >= first).order_by(Leave.starts)
    for row in db.session.scalars(query):
        found.setdefault(row.user_id, []).append((row.starts, row.ends))
    return found


def present_leave(user_id: int, day: date) -> Leave | None:
    """The leave on which somebody is on a local day, if any."""
    return db.session.scalar(db.select(Leave).where(Leave.user_id == user_id, Leave.starts <= day, Leave.ends >= day))


def certificates(user_ids, day: date) -> dict[int, dict[str, int]]:
    """Valid certificates by user: {user id: {leaf or group code: level}}."""
    rows = db.session.scalars(db.select(Certificate).where(Certificate.user_id.in_(user_ids)))
    found: dict[int, dict[str, int]] = {user_id: {} for user_id in user_ids}
    for row in rows:
        if row.expires is None or row.expires >= day:
            found[row.user_id][row.scope] = row.level
    return found


def actor_of(user: User) -> Actor:
    """The facts about a member of staff that policies need."""
    membership = db.session.get(Membership, user.id)
    team = {membership.team_id} if membership else set()
    return Actor(kind="staff", id=user.id, name=user.name, roles=frozenset(user.roles) if user.active else frozenset(),
                 teams=frozenset(team), leads=frozenset(team if membership and membership.leads else ()), near=people.near(user.id),
                 certificates=certificates([user.id], today())[user.id])
