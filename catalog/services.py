"""Changing categories, rules of the clocks, code lists, checklists and teams; each change leaves what was before."""
import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from catalog.models import ChecklistItem, Code, EscalationRule, Leaf, LeafGroup, SlaRule, Team
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError

LEAF_CODE = re.compile(r"[A-Z]{2,8}\.[A-Z]{2,12}")


@dataclass(frozen=True)
class Item:
    """One line of a checklist as typed; `id` is None for a new one."""

    id: int | None
    zh: str
    en: str
    active: bool = True


def change(actor: Actor, row, target: str, **values) -> bool:
    """Set `values` on a row of the catalogue and record what changed; True if anything did."""
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    for name in before:
        setattr(row, name, values[name])
    if before:
        record(actor, Did.CATALOG_CHANGED, target=target, before=before, after={name: values[name] for name in before})
    return bool(before)


def _add(actor: Actor, row, target: str, **values) -> None:
    db.session.add(row)
    db.session.flush()
    record(actor, Did.CATALOG_CHANGED, target=target, before=None, after=values)


def change_leaf(actor: Actor, leaf: Leaf, **values) -> bool:
    """Edit a category. What is changed holds for tickets from now on; whoever is at work keeps his ticket."""
    return change(actor, leaf, f"leaf:{leaf.code}", **values)


def add_leaf(actor: Actor, code: str, **values) -> Leaf:
    """Add a category under the group that its code begins with. Raises DomainError `bad_code` or `code_taken`."""
    group = db.session.get(LeafGroup, code.partition(".")[0])
    if not LEAF_CODE.fullmatch(code):
        raise DomainError("bad_code", _l("A category code is a group, a dot and capital letters, such as DLV.LATE."))
    if group is None:
        raise DomainError("bad_code", _l("There is no group %(code)s.", code=code.partition(".")[0]))
    if db.session.get(Leaf, code):
        raise _taken(code)
    leaf = Leaf(code=code, group=group, position=_next(Leaf.position, Leaf.group_code == group.code), **values)
    _add(actor, leaf, f"leaf:{code}", **values)
    return leaf


def put_sla(actor: Actor, severity: str, kind: str, minutes: int | None, working: bool) -> bool:
    """Set how long a clock may run; None takes the clock away from this severity. Running clocks keep their time."""
    rule, target = db.session.get(SlaRule, (severity, kind)), f"sla:{severity}.{kind}"
    if rule is None and minutes is None:
        return False
    if rule is None:
        _add(actor, SlaRule(severity=severity, clock=kind, minutes=minutes, working=working), target, minutes=minutes, working=working)
        return True
    if minutes is None:
        record(actor, Did.CATALOG_CHANGED, target=target, before={"minutes": rule.minutes, "working": rule.working}, after=None)
        db.session.delete(rule)
        return True
    return change(actor, rule, target, minutes=minutes, working=working)


def put_escalation(actor: Actor, kind: str, level: int, percent: int | None) -> bool:
    """Set from which share of its time a clock raises its ticket to a level; None: it does not. Holds for clocks that run already too."""
    rule, target = db.session.get(EscalationRule, (kind, level)), f"escalation:{kind}.{level}"
    if rule is not None and percent is not None:
        return change(actor, rule, target, percent=percent)
    if rule is not None:
        record(actor, Did.CATALOG_CHANGED, target=target, before={"percent": rule.percent}, after=None)
        db.session.delete(rule)
    elif percent is not None:
        _add(actor, EscalationRule(clock=kind, level=level, percent=percent), target, percent=percent)
    return rule is not None or percent is not None


def add_code(actor: Actor, list_name: str, code: str, name_zh: str, name_en: str) -> Code:
    """Add an entry at the end of a code list. Raises DomainError `code_taken`."""
    if db.session.get(Code, (list_name, code)):
        raise _taken(code)
    row = Code(list=list_name, code=code, name_zh=name_zh, name_en=name_en, position=_next(Code.position, Code.list == list_name))
    _add(actor, row, f"code:{list_name}.{code}", name_zh=name_zh, name_en=name_en)
    return row


def change_code(actor: Actor, row: Code, **values) -> bool:
    """Rename, move or switch off an entry of a code list; tickets that carry it keep it."""
    return change(actor, row, f"code:{row.list}.{row.code}", **values)


def add_team(actor: Actor, code: str, name_zh: str, name_en: str) -> Team:
    """Add a team. Raises DomainError `code_taken`."""
    if db.session.scalar(select(Team).filter_by(code=code)):
        raise _taken(code)
    team = Team(code=code, name_zh=name_zh, name_en=name_en, active=True)
    _add(actor, team, f"team:{code}", name_zh=name_zh, name_en=name_en)
    return team


def change_team(actor: Actor, team: Team, **values) -> bool:
    """Rename a team or switch it off. Raises DomainError `team_owns_leaves` while categories belong to it."""
    owned = select(func.count()).select_from(Leaf).where(Leaf.team_id == team.id, Leaf.active)
    if values.get("active") is False and db.session.scalar(owned):
        raise DomainError("team_owns_leaves", _l("Categories still belong to this team. Give them to another team first."))
    return change(actor, team, f"team:{team.code}", **values)


def put_checklist(actor: Actor, leaf: Leaf, items: Iterable[Item]) -> bool:
    """Set the checklist of a category in the order given; a line once used is switched off, never deleted."""
    rows = {row.id: row for row in db.session.scalars(select(ChecklistItem).filter_by(leaf_code=leaf.code))}
    changed = [_put_item(actor, leaf, rows.get(item.id), item, place) for place, item in enumerate(items)]
    return any(changed)


def _put_item(actor: Actor, leaf: Leaf, row: ChecklistItem | None, item: Item, place: int) -> bool:
    values = {"zh": item.zh, "en": item.en, "active": item.active, "position": place}
    if row is not None:
        return change(actor, row, f"checklist:{leaf.code}.{row.code}", **values)
    taken = set(db.session.scalars(select(ChecklistItem.code).filter_by(leaf_code=leaf.code)))
    code = next(name for number in range(1, len(taken) + 2) if (name := f"item{number}") not in taken)
    _add(actor, ChecklistItem(leaf_code=leaf.code, code=code, **values), f"checklist:{leaf.code}.{code}", **values)
    return True


def _next(position, condition) -> int:
    return (db.session.scalar(select(func.max(position)).where(condition)) or 0) + 1


def _taken(code: str) -> DomainError:
    return DomainError("code_taken", _l("The code %(code)s is taken.", code=code))
