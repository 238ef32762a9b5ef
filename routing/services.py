"""Deciding who handles a ticket, keeping the reasons, and making a decision again from them."""
from accounts.models import User
from core import clock, events, locks
from core.actor import SYSTEM, Actor
from core.audit import Did, record
from core.db import db
from core.errors import NotAllowed
from routing import kept, queries
from routing.choose import Basis, Choice, choose
from routing.events import NobodyFits
from routing.models import RoutingDecision
from tickets.access import NEEDED_LEVEL
from tickets.lifecycle import managers_turn
from tickets.messages import REFUSALS
from tickets.models import Message, Ticket
from tickets.services import handling

LOCK = "routing"


def route(ticket: Ticket) -> RoutingDecision:
    """Choose a handler for a dispatched ticket and store why; nobody fits: team queue, or the manager's desk."""
    locks.hold(LOCK)  # two workers must not both give their ticket to the person with the best score
    candidates, basis = queries.facts(ticket)
    choice = choose(candidates, basis)
    decision = _keep(ticket, choice, basis)
    handling.assign(ticket, db.session.get(User, choice.chosen) if choice.chosen else None)
    if choice.chosen is None:
        events.emit(NobodyFits(ticket.id))
    record(SYSTEM, Did.TICKET_ROUTED, ticket=ticket, result=choice.result, chosen=choice.chosen)
    return decision


def claim(ticket: Ticket, user: User, actor: Actor) -> RoutingDecision:
    """A member of the team takes a ticket from its queue; conflicts hold here too (NotAllowed)."""
    ticket = db.session.get(Ticket, ticket.id, with_for_update=True)  # the row first, then the lock: as the job that routes does
    locks.hold(LOCK)
    if queries.conflicts(ticket, user.id):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    handling.claim(ticket, user, actor)
    decision = RoutingDecision(ticket_id=ticket.id, at=clock.now(), result="claimed", chosen_id=user.id, needed_level=1, candidates=[], relaxed=[])
    db.session.add(decision)
    return decision


def name(ticket: Ticket, user: User, actor: Actor, note: Message | None) -> RoutingDecision:
    """Keep that a manager gave a ticket to somebody by name. The reason stays in the thread: only which note has it is kept."""
    db.session.flush()  # the note gets its number
    basis = {"by": actor.id, "note": note.id if note else None, "finally": managers_turn(ticket)}
    decision = RoutingDecision(ticket_id=ticket.id, at=clock.now(), result="handler", chosen_id=user.id, needed_level=NEEDED_LEVEL[ticket.severity],
                               candidates=[], relaxed=[], basis=basis)
    db.session.add(decision)
    return decision


def _keep(ticket: Ticket, choice: Choice, basis: Basis) -> RoutingDecision:
    decision = RoutingDecision(ticket_id=ticket.id, at=clock.now(), result=choice.result, chosen_id=choice.chosen, relaxed=list(choice.relaxed),
                               needed_level=choice.needed_level, candidates=kept.of_candidates(choice), basis=kept.of_basis(basis, choice))
    db.session.add(decision)
    db.session.flush()
    return decision


def same_again(decision: RoutingDecision) -> bool | None:
    """Does the choice come out the same from the stored facts alone? None where nothing was weighed."""
    if not decision.weighed:
        return None
    return kept.same_again(decision.basis, decision.candidates, decision.result, decision.chosen_id, decision.relaxed)
