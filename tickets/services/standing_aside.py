"""Who must stand aside because he took the decision that is disputed: said by whoever triages, or by the manager."""
from collections.abc import Collection

from flask_babel import gettext as _

from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.errors import DomainError, NotAllowed
from tickets import access
from tickets.lifecycle import OPEN
from tickets.messages import REFUSALS
from tickets.models import Ticket
from tickets.services import conversation, releasing

MUST_STAND_ASIDE = "must_stand_aside"  # the code of a line in the thread


def name_deciders(ticket: Ticket, actor: Actor, user_ids: Collection[int]) -> None:
    """Say who took the disputed decision, all of them. Whoever has the ticket and is among them loses it at once; its due times stay.

    Raises NotAllowed, or DomainError `wrong_state` for a ticket that has ended.
    """
    if access.hats(actor, ticket).isdisjoint({"system", "triager", "manager", "compliance"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if ticket.state not in OPEN:
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    ids = sorted(set(user_ids))
    if ids == list(ticket.decider_ids):
        return
    ticket.decider_ids = ids
    record(actor, Did.TICKET_DECIDERS_NAMED, ticket=ticket, number=len(ids))
    if ticket.assignee_id in ids and ticket.state in releasing.STANDING:
        conversation.system(ticket, SYSTEM, MUST_STAND_ASIDE)
        releasing.release(ticket, _("Whoever wrote this answer must stand aside. The next handler finds it as a draft."))
