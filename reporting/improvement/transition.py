"""The one function that changes the state of an improvement item."""
from catalog.queries import today
from core import clock
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from reporting.improvement import lifecycle
from reporting.improvement.models import ImprovementItem
from reporting.improvement.words import REFUSALS


def move(item: ImprovementItem, event: str, actor: Actor, reason: str = "") -> None:
    """Carry out `event` as the table of lifecycle says: permission, guards, trace.

    Raises DomainError with the code of the first guard that fails, NotAllowed for a wrong actor.
    """
    with db.session.no_autoflush:  # a query in between must not write a half-moved row
        row = _row(item, event)
        if row.who.isdisjoint(hats(actor)):
            raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
        _check(row, item, _known(item, actor, reason))
        before, item.state = item.state, row.target
        _mark(item, reason)
    told = {"note": reason[:500]} if reason else {}
    record(actor, Did.IMPROVEMENT_MOVED, target=item.number, before=before, after=item.state, **told)


def may(item: ImprovementItem, actor: Actor) -> list[str]:
    """The events that this actor may cause now, if nothing else is missing; nobody judges his own work."""
    rows = [lifecycle.find(event, item.state) for event in lifecycle.events_from(item.state)]
    known = {"actor": actor, "owners": owners(item)}
    return [row.event for row in rows if not row.who.isdisjoint(hats(actor))
            and ("not_its_owner" not in row.guards or lifecycle.GUARDS["not_its_owner"](item, known))]


def hats(actor: Actor) -> frozenset[str]:
    """The capacities of somebody towards improvement items."""
    return frozenset({"system"}) if actor.kind == "system" else actor.roles & {"manager", "qa"}


def owners(item: ImprovementItem) -> set[int | None]:
    """Whose work it is: the owner, and whoever had an action."""
    return {item.owner_id, *(action.owner_id for action in item.actions)}


def _row(item: ImprovementItem, event: str) -> lifecycle.Transition:
    try:
        return lifecycle.find(event, item.state)
    except lifecycle.WrongState:
        raise DomainError("wrong_state", REFUSALS["wrong_state"]) from None


def _known(item: ImprovementItem, actor: Actor, reason: str) -> dict:
    return {"actor": actor, "reason": reason, "today": today(), "actions": item.present_actions, "owners": owners(item),
            "result": item.verdict.result if item.verdict else None}


def _check(row: lifecycle.Transition, item: ImprovementItem, data: dict) -> None:
    for guard in row.guards:
        if not lifecycle.GUARDS[guard](item, data):
            raise DomainError(guard, REFUSALS[guard])


def _mark(item: ImprovementItem, reason: str) -> None:
    """Keep the columns that belong to a state in step with it."""
    now = clock.now()
    item.reached = {**item.reached, item.state: now.isoformat()}
    item.ended_at = now if item.state in lifecycle.ENDED else None
    if item.state == "rejected":
        item.reason = reason
