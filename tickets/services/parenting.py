"""A cause of many: opened, its tickets attached and left out, the notice given, resolved. What each child hears is said in `together`."""
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.dialects.postgresql import insert

from catalog.models import Leaf
from core import clock, events, settings
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from core.settings import Setting
from tickets import fitting, kin
from tickets.events import ParentChanged
from tickets.fitting import Rule
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.parents import Parent, ParentTicket

settings.define(
    Setting("parent_critical_retailers", "int", fitting.CRITICAL_RETAILERS, "hot", "A parent is critical from so many different shops on"),
    Setting("parent_critical_hours", "int", fitting.CRITICAL_HOURS, "hot", "That many shops within so many hours"),
)


def may_lead(actor: Actor, leaf: Leaf) -> bool:
    """May `actor` answer many at once in this category? A manager of the department that owns it; never what is kept from a part of the staff."""
    return actor.has("manager") and leaf.team_id in actor.leads and leaf.access == "open"


def open_parent(actor: Actor, leaf: Leaf, rule: Rule, title: str, plain: Mapping[str, str], leave_out: Collection[int] = ()) -> Parent:
    """Make a parent and attach what fits, without the tickets `leave_out` (ids). `plain` is what retailers call it, by language.

    Raises NotAllowed for anybody but a manager of the department.
    """
    if not may_lead(actor, leaf):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    parent = Parent(title=title, leaf_code=leaf.code, area=rule.area, route_id=rule.route or None, words=list(rule.words), since=rule.since,
                    severity=leaf.severity, plain_zh=plain["zh"], plain_en=plain["en"], opened_at=clock.now(), opened_by_id=actor.id)
    parent.leaf = leaf
    db.session.add(parent)
    db.session.flush()
    record(actor, Did.PARENT_OPENED, target=parent.number, leaf=leaf.code)
    _put(parent, leave_out, "left_out", actor)
    gather(parent, actor)
    return parent


def gather(parent: Parent, actor: Actor = SYSTEM) -> list[int]:
    """Attach every ticket that fits by now; their ids. The parent is critical as soon as there are enough retailers at once."""
    fitting_now = [ticket.id for ticket, reason in kin.looked_at(parent.rule, parent.id) if reason is None]
    attached = _put(parent, fitting_now, "attached", actor)
    if attached:
        _weigh(parent)
        record(actor, Did.PARENT_GATHERED, target=parent.number, tickets=len(attached))
        events.emit(ParentChanged(parent.id))
    return attached


def leave_out(parent: Parent, ticket: Ticket, actor: Actor) -> None:
    """This one does not belong: it is never attached to this parent again. What it was told already stands."""
    _allow(parent, actor)
    row = db.session.get(ParentTicket, (parent.id, ticket.id), with_for_update=True)
    if row is None or row.standing != "attached":
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    row.standing, row.at, row.by_id = "left_out", clock.now(), actor.id
    record(actor, Did.TICKET_LEFT_OUT, ticket=ticket, parent=parent.number)


def give_notice(parent: Parent, actor: Actor) -> None:
    """Let every retailer concerned hear once that we know; also those who come later."""
    _allow(parent, actor)
    if parent.noticed_at is not None:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    parent.noticed_at, parent.noticed_by_id = clock.now(), actor.id
    record(actor, Did.PARENT_NOTICED, target=parent.number)
    events.emit(ParentChanged(parent.id))


def resolve(parent: Parent, actor: Actor, words: Mapping[str, Mapping[str, str]], outcome: str, root_cause: str, remedy: str | None) -> None:
    """The cause is settled: every child gets its own answer. `words` say by language what was found and what is done.

    Raises DomainError `words_missing` if a child reads a language in which nothing was written.
    """
    _allow(parent, actor)
    missing = kin.languages(parent.id) - words.keys()
    if missing or not words:
        raise DomainError("words_missing", REFUSALS["words_missing"])
    gather(parent, actor)
    parent.words_found, parent.outcome, parent.root_cause, parent.remedy = dict(words), outcome, root_cause, remedy
    parent.resolved_at, parent.resolved_by_id = clock.now(), actor.id
    record(actor, Did.PARENT_RESOLVED, target=parent.number)
    events.emit(ParentChanged(parent.id))


def _allow(parent: Parent, actor: Actor) -> None:
    if not may_lead(actor, parent.leaf):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    db.session.refresh(parent, with_for_update=True)
    if parent.resolved_at is not None:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])


def _put(parent: Parent, ticket_ids: Iterable[int], standing: str, actor: Actor) -> list[int]:
    """Give tickets a standing, each once: two that gather at the same time attach a ticket once."""
    rows = [{"parent_id": parent.id, "ticket_id": ticket_id, "standing": standing, "at": clock.now(), "by_id": actor.id} for ticket_id in ticket_ids]
    if not rows:
        return []
    made = insert(ParentTicket).values(rows).on_conflict_do_nothing().returning(ParentTicket.ticket_id)
    return list(db.session.scalars(made))


def crowd() -> tuple[int, int]:
    """From how many different shops within how many hours on a parent is critical."""
    return settings.get("parent_critical_retailers"), settings.get("parent_critical_hours")


def _weigh(parent: Parent) -> None:
    """The parent alone becomes critical; its children keep their severities."""
    if fitting.critical(kin.heard(parent.id), *crowd()):
        parent.severity = "S1"
