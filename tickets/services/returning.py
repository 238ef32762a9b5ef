"""Giving a ticket back: why, what speaks for it, and who or what it is for, so that it is not pushed about without a word."""
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from accounts.models import User
from catalog import queries as catalog
from core import clock
from core.actor import Actor
from core.db import db
from core.errors import DomainError
from core.i18n import pick
from tickets.models import Ticket
from tickets.returns import TicketReturn
from tickets.services import clocks, conversation
from tickets.services.transition import move

WRONG_LEAF = "wrong_leaf"  # the reason of the list that asks for a proposal
CONFLICT = "conflict"  # the one by which somebody says himself that he must stand aside
WHICH_LEAF = _l("Say which category it belongs to, so that it is not guessed once more.")
NOBODY = _l("Propose somebody else who handles tickets, or nobody.")


@dataclass(frozen=True)
class Grounds:
    """`reason` is a code of the list return_reason; `leaf_code` and `owner_id` are proposals, None for none."""

    reason: str
    evidence: str
    leaf_code: str | None = None
    owner_id: int | None = None


def give_back(ticket: Ticket, actor: Actor, grounds: Grounds) -> TicketReturn:
    """Return a ticket within the sign window, at most twice. It goes to triage again, with what was proposed; nobody is bound by that.

    Raises DomainError for an unknown reason, a wrong category without the right one, without evidence, after the window, and for somebody
    who cannot have it.
    """
    reason = catalog.code("return_reason", grounds.reason)
    if grounds.reason == WRONG_LEAF and grounds.leaf_code in (None, ticket.leaf_code):
        raise DomainError("which_leaf", WHICH_LEAF)
    owner = _owner(grounds.owner_id, actor)
    row = TicketReturn(ticket_id=ticket.id, by_id=actor.id, at=clock.now(), reason=grounds.reason, evidence=grounds.evidence.strip(),
                       leaf_from=ticket.leaf_code, team_id=ticket.team_id, leaf_code=grounds.leaf_code, owner_id=grounds.owner_id)
    words = _words(reason, row, owner) if reason else ""
    with db.session.no_autoflush:
        move(ticket, "return", actor, reason=words, evidence=row.evidence, in_sign_window=in_window(ticket))
        ticket.returns += 1
        ticket.former_ids = [*ticket.former_ids, actor.id]
        ticket.assignee, ticket.assignee_id = None, None
    db.session.add(row)
    conversation.note(ticket, actor, words)
    return row


def returns(ticket: Ticket) -> list[TicketReturn]:
    """Every return of a ticket, the newest first."""
    if not ticket.returns:
        return []
    return list(db.session.scalars(db.select(TicketReturn).filter_by(ticket_id=ticket.id).order_by(TicketReturn.id.desc())))


def stood_aside(ticket: Ticket) -> set[int]:
    """Ids of those who gave it back because they must stand aside: their own word holds for the whole life of the ticket."""
    return {row.by_id for row in returns(ticket) if row.reason == CONFLICT}


def in_window(ticket: Ticket) -> bool:
    """Is there still time to give it back? As long as there is for signing."""
    sign_clock = next(iter(clocks.running(ticket, "sign")), None)
    return sign_clock is None or clock.now() <= sign_clock.due_at


def _owner(user_id: int | None, actor: Actor) -> User | None:
    if user_id is None:
        return None
    user = db.session.get(User, user_id)
    if user is None or not user.active or "handler" not in user.roles or user.id == actor.id:
        raise DomainError("owner", NOBODY)
    return user


def _words(reason, row: TicketReturn, owner: User | None) -> str:
    """For the thread, in the language of whoever returns it."""
    leaf = catalog.leaf(row.leaf_code)
    told = _("%(reason)s: %(words)s", reason=pick(reason.name_zh, reason.name_en), words=row.evidence)
    meant = [owner.name] if owner else []
    meant += [pick(leaf.name_zh, leaf.name_en)] if leaf else []
    return f"{told} → {' · '.join(meant)}" if meant else told
