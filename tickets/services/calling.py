"""Calls in vain: counted by half-days, and after enough of them nobody waits for the call-back any more. It never counts as contentment."""
from flask_babel import lazy_gettext as _l

from core import clock, organisation, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from core.settings import Setting
from tickets import access, half_days
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import clocks, conversation
from tickets.tries import CallTry

settings.define(Setting("call_tries", "int", 3, "clocks", _l("In how many different half-days a retailer is called until he counts as not reached")))
TRIED, UNREACHED = "called_in_vain", "unreached"  # lines in the thread: of each try, and when the call-back is given up


def call_in_vain(ticket: Ticket, actor: Actor) -> bool:
    """Note that nobody answered; True if the call-back of an answered ticket is over with this: called often enough, nobody reached.

    The handler's own tries do not count for the call-back. The caller holds the lock of the ticket's row.
    """
    if not access.can_see(actor, ticket):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    db.session.add(CallTry(ticket_id=ticket.id, round=ticket.round, at=clock.now(), by_id=actor.id))
    db.session.flush()
    conversation.system(ticket, actor, TRIED)
    record(actor, Did.CALLED_IN_VAIN, ticket=ticket)
    return _give_up(ticket, actor)


def call_back_in_vain(ticket: Ticket, actor: Actor) -> bool:
    """The same for the call-back, which is made by somebody else than the handler, while it is waited for. Raises DomainError otherwise."""
    if ticket.state != "answered" or actor.id == ticket.assignee_id or not clocks.running(ticket, "callback"):
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    return call_in_vain(ticket, actor)


def tries(ticket: Ticket) -> int:
    """In how many different half-days somebody called in vain about the present answer; the handler's own tries do not count."""
    made = db.select(CallTry.at).where(CallTry.ticket_id == ticket.id, CallTry.round == ticket.round, CallTry.at >= ticket.answered_at,
                                       CallTry.by_id.is_distinct_from(ticket.assignee_id))
    return half_days.counted(organisation.calendar(), db.session.scalars(made))


def _give_up(ticket: Ticket, actor: Actor) -> bool:
    waits = ticket.state == "answered" and clocks.running(ticket, "callback")
    if not waits or tries(ticket) < settings.get("call_tries"):
        return False
    clocks.stop(ticket, ("callback",))
    clocks.note_due(ticket)
    conversation.system(ticket, actor, UNREACHED)
    return True
