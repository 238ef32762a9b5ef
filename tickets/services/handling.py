"""What happens to a ticket on its way to and on a handler's desk: assign, sign, claim, ask, re-route, hand over."""
from core import clock, events
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from tickets.events import QuestionUnanswered, TicketAssigned
from tickets.messages import REFUSALS
from tickets.models import Message, Ticket
from tickets.services import conversation
from tickets.services.transition import move


def assign(ticket: Ticket, user, actor: Actor = SYSTEM) -> None:
    """Put a dispatched ticket on somebody's desk (routing's choice, or a manager's final one). None leaves it in the queue."""
    ticket.assignee, ticket.assignee_id = user, user.id if user else None
    ticket.awaits_routing = False
    record(actor, Did.TICKET_ASSIGNED, ticket=ticket, to=user.id if user else None)
    if user is not None:
        events.emit(TicketAssigned(ticket.id))


def sign(ticket: Ticket, actor: Actor) -> None:
    """The assigned handler accepts the ticket."""
    ticket.signed_at = clock.now()
    move(ticket, "sign", actor)


def claim(ticket: Ticket, user, actor: Actor) -> None:
    """An eligible member of the team takes a ticket from its queue and signs for it at once."""
    ticket.signed_at = ticket.signed_at or clock.now()
    with db.session.no_autoflush:
        before = ticket.assignee_id
        if before is None:
            move(ticket, "claim", actor)
            ticket.assignee, ticket.assignee_id, ticket.awaits_routing = user, user.id, False
        else:
            raise DomainError("unassigned", REFUSALS["unassigned"])


def ask(ticket: Ticket, actor: Actor, questions: str, composed) -> None:
    """Ask the retailer; every clock but his own pauses until he answers or his time is over."""
    with db.session.no_autoflush:
        move(ticket, "ask", actor, questions=questions)
        ticket.asks += 1
    conversation.say(ticket, actor, composed.body, "ask", answer_code=composed.code, answer_version=composed.version)


def give_up_asking(ticket: Ticket) -> None:
    """The retailer's time to answer is over: go on with what is known, never decline."""
    move(ticket, "resume", SYSTEM, target=ticket.return_state)
    events.emit(QuestionUnanswered(ticket.id))


def reroute(ticket: Ticket, actor: Actor, to=None, keeps=()) -> None:
    """Take a dispatched ticket from whoever does not sign it; routing chooses again unless `to` is named.

    The time to sign begins anew, unless it is one of the clocks that `keeps` names.
    """
    if ticket.assignee_id:
        ticket.former_ids = [*ticket.former_ids, ticket.assignee_id]
    with db.session.no_autoflush:
        move(ticket, "reroute", actor, to=to, keeps=keeps)
        ticket.assignee, ticket.assignee_id, ticket.awaits_routing = None, None, True
    if to is not None:
        assign(ticket, to, actor)


def hand_over(ticket: Ticket, actor: Actor, to=None, reason: str = "") -> Message | None:
    """Give a ticket in progress to somebody else; the due date stays. Returns the note with the reason, if there is one."""
    with db.session.no_autoflush:
        move(ticket, "hand_over", actor, reason=reason, to=to)
        ticket.former_ids = [*ticket.former_ids, ticket.assignee_id]
        ticket.assignee, ticket.assignee_id, ticket.awaits_routing = None, None, True
    note = conversation.note(ticket, actor, reason) if reason else None
    if to is not None:
        assign(ticket, to, actor)
    return note
