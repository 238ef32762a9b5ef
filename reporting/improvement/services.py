"""What people do with an improvement item: propose, accept or reject it, plan and finish actions, watch, confirm the verdict."""
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from catalog.queries import today
from core import clock
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from reporting.improvement.models import ImprovementAction, ImprovementItem
from reporting.improvement.transition import move
from reporting.improvement.weeks import WEEK, monday
from reporting.improvement.words import REFUSALS

ACTING = ("approved", "in_action")
OWNED = (*ACTING, "waiting")


@dataclass(frozen=True)
class Agreement:
    """What is fixed when an item is accepted: the cause, how it was found, how far the rate must fall, and when it is checked."""

    cause_code: str
    whys: str
    most: float | None
    check_date: date | None
    comparison_areas: tuple[str, ...] = ()


def propose(item: ImprovementItem, actor: Actor, title: str, owner: User | None) -> None:
    """Say in one sentence what the problem is, and who should see to it. DomainError `titled`."""
    _name(item, title, owner)
    move(item, "propose", actor)


def accept(item: ImprovementItem, actor: Actor, title: str, owner: User | None, agreed: Agreement) -> None:
    """Make it work to do. DomainError with the code of what is missing: titled, owned, caused, asked_why, measurable, check_leaves_weeks."""
    _name(item, title, owner)
    item.cause_code, item.whys, item.accepted_by_id = agreed.cause_code, agreed.whys.strip(), actor.id
    item.most, item.check_date = agreed.most, agreed.check_date
    item.comparison_areas = [area for area in agreed.comparison_areas if area != item.area]
    move(item, "accept", actor)


def reject(item: ImprovementItem, actor: Actor, reason: str) -> None:
    """Do nothing about it, and say why. DomainError `reason`."""
    move(item, "reject", actor, reason.strip())


def plan(item: ImprovementItem, actor: Actor, text: str, kind: str, owner: User, due: date) -> ImprovementAction:
    """Add an action; with the first one the work begins. DomainError `wrong_state` or `due_after_check`."""
    _acting(item, actor)
    _refuse_if(due > item.check_date, "due_after_check")
    action = ImprovementAction(round=item.round, text=text.strip(), kind=kind, owner_id=owner.id, due=due)
    item.actions.append(action)
    db.session.flush()
    record(actor, Did.IMPROVEMENT_PLANNED, target=item.number, to=owner.id, due=due.isoformat())
    if item.state == "approved":
        move(item, "begin", actor)
    return action


def finish(action: ImprovementAction, actor: Actor, on: date) -> None:
    """Say on which day an action was done. DomainError `wrong_state`, `done_already` or `not_yet_done`."""
    _acting(action.item, actor)
    _refuse_if(action.done_on is not None, "done_already")
    _refuse_if(on > today(), "not_yet_done")
    action.done_on, action.done_by_id = on, actor.id
    record(actor, Did.IMPROVEMENT_ACTED, target=action.item.number, done=on.isoformat())


def give(item: ImprovementItem, actor: Actor, owner: User) -> None:
    """Somebody else is responsible from now on. DomainError `wrong_state`."""
    _acting(item, actor, OWNED)
    item.owner_id = owner.id
    record(actor, Did.IMPROVEMENT_GIVEN, target=item.number, to=owner.id)


def watch(item: ImprovementItem, actor: Actor) -> None:
    """Everything is done: watch what becomes of it, from the first whole week on. DomainError `planned` or `all_done`."""
    days = [action.done_on for action in item.present_actions if action.done_on]
    if days:
        item.acted_on, item.watch_from = min(days), first_watched(max(days))
    move(item, "watch", actor)


def first_watched(done: date) -> date:
    """The first whole week after the last action."""
    return monday(done) + WEEK


def standardise(item: ImprovementItem, actor: Actor, lesson: str) -> None:
    """QA confirms that it helped, and what becomes the rule. DomainError `not_its_owner`, `helped` or `lesson`."""
    item.lesson = lesson.strip()
    move(item, "standardise", actor)
    _confirm(item, actor, item.lesson)


def reopen(item: ImprovementItem, actor: Actor, reason: str) -> None:
    """QA wants a new round. DomainError `not_its_owner` or `reason`."""
    move(item, "reopen", actor, reason.strip())
    _confirm(item, actor, reason.strip())
    item.round, item.acted_on, item.watch_from = item.round + 1, None, None


def _name(item: ImprovementItem, title: str, owner: User | None) -> None:
    item.title, item.owner_id = title.strip(), owner.id if owner else None


def _confirm(item: ImprovementItem, actor: Actor, note: str) -> None:
    verdict = item.verdict
    verdict.confirmed_by_id, verdict.confirmed_at, verdict.note = actor.id, clock.now(), note


def _acting(item: ImprovementItem, actor: Actor, states: tuple[str, ...] = ACTING) -> None:
    if not actor.has("manager"):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    _refuse_if(item.state not in states, "wrong_state")


def _refuse_if(wrong: bool, code: str) -> None:
    if wrong:
        raise DomainError(code, REFUSALS[code])
