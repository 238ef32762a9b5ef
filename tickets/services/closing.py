"""After the answer: the retailer's word, closing, handling again, withdrawal, quality."""
from catalog import people
from core import clock, events, organisation, settings
from core.actor import RETAILER, SYSTEM, Actor
from core.audit import Did, record
from core.business_time import add_working
from core.db import db
from core.errors import DomainError, NotAllowed
from core.settings import Setting
from tickets import access
from tickets.events import TicketDispatched
from tickets.lifecycle import MANAGER_DECIDES_FROM
from tickets.messages import REFUSALS
from tickets.models import ChecklistMark, QualityCheck, Reply, Ticket
from tickets.services import clocks, conversation, escalation
from tickets.services.transition import move

settings.define(Setting("redo_window_minutes", "int", 10 * 480, "closing", "Working minutes after closing in which a ticket can be handled again"))


HIGHEST = 3  # level of escalation


def redo_open(ticket: Ticket) -> bool:
    """May this ticket still be handled again? While answered always; after closing for ten working days."""
    if ticket.state == "answered":
        return True
    if ticket.state != "closed":
        return False
    until = add_working(organisation.calendar(), ticket.ended_at, settings.get("redo_window_minutes"))
    return clock.now() <= until


def redo(ticket: Ticket, actor: Actor, reason: str) -> None:
    """Handle it again (DOMAIN 3.2): first by the same handler, then by others; from the third on the manager decides."""
    first = ticket.redos == 0 and _goes_on(ticket, actor)
    handler = ticket.assignee_id
    _keep_score(ticket)
    with db.session.no_autoflush:
        ticket.contacted_at = None
        move(ticket, "redo", actor, target="in_progress" if first else "dispatched", reason=reason, in_redo_window=redo_open(ticket))
        ticket.redos += 1
        ticket.accepted = ticket.score = None  # they belong to the round that ended
        ticket.score_reason = ""
        if ticket.redos > 1:
            escalation.raise_to(ticket, min(HIGHEST, ticket.redos - 1), "redo", actor, str(ticket.redos))
        ticket.outcome = ticket.root_cause = ticket.remedy = None
        db.session.execute(db.delete(ChecklistMark).where(ChecklistMark.ticket_id == ticket.id))
        if first:
            ticket.signed_at = ticket.signed_at or clock.now()
            clocks.start(ticket, "update")
        else:
            _to_others(ticket, handler)
    conversation.index(ticket)


def _keep_score(ticket: Ticket) -> None:
    """The score of the round that ends stays with its answer: a record of answers that left out the bad ones would be too good."""
    ended = db.update(Reply).where(Reply.ticket_id == ticket.id, Reply.round == ticket.round, Reply.state == "sent")
    db.session.execute(ended.values(score=ticket.score))


def _goes_on(ticket: Ticket, actor: Actor) -> bool:
    """The first redo stays with its handler: somebody who still handles tickets, and who did not ask for it himself."""
    handler = ticket.assignee
    fit = handler is not None and handler.active and "handler" in handler.roles and handler.id != actor.id
    return fit and handler.id not in people.kept_away(ticket.named_ids)


def _to_others(ticket: Ticket, handler: int | None) -> None:
    if handler is not None and handler not in ticket.former_ids:
        ticket.former_ids = [*ticket.former_ids, handler]
    ticket.assignee, ticket.assignee_id = None, None
    clocks.start(ticket, "sign")
    clocks.note_due(ticket)
    if ticket.redos < MANAGER_DECIDES_FROM:
        ticket.awaits_routing = True
        events.emit(TicketDispatched(ticket.id))


def accept(ticket: Ticket, actor: Actor) -> None:
    """The retailer says that it is solved."""
    if ticket.state != "answered":
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    ticket.accepted = True
    clocks.heard(ticket)
    conversation.system(ticket, actor, "accepted")


def record_satisfaction(ticket: Ticket, score: int, reason: str) -> None:
    """Keep the score that counts for the present round on the ticket, for lists and routing."""
    ticket.score, ticket.score_reason = score, reason
    clocks.heard(ticket)
    record(RETAILER, Did.TICKET_RATED, ticket=ticket, score=score)


def close(ticket: Ticket, actor: Actor, outcome: str, root_cause: str, remedy: str, cause_note: str | None = None) -> None:
    """The manager ends an answered ticket and records how it turned out. Never its handler."""
    with db.session.no_autoflush:
        ticket.outcome, ticket.root_cause, ticket.remedy = outcome or None, root_cause or None, remedy or None
        if cause_note is not None:
            ticket.cause_note = cause_note
        move(ticket, "close", actor)


def close_by_rule(ticket: Ticket, way: str) -> None:
    """End a light ticket without a person, as its handler proposed; `way` (of tickets.closing_rule.WAYS) says why, and stays on the ticket."""
    move(ticket, "close_by_rule", SYSTEM, rule=way)


def withdraw(ticket: Ticket, actor: Actor, confirmed: bool, reason: str = "") -> None:
    """The retailer does not want to go on. Must be confirmed; a bare word in a text message is never enough."""
    move(ticket, "withdraw", actor, confirmed=confirmed, reason=reason)


def check_quality(ticket: Ticket, actor: Actor, passed: bool, note: str) -> QualityCheck:
    """QA's judgement of the present round; a later one replaces it."""
    if not actor.has("qa") or not access.can_see(actor, ticket):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    row = db.session.scalar(db.select(QualityCheck).filter_by(ticket_id=ticket.id, round=ticket.round))
    if row is None:
        row = QualityCheck(ticket_id=ticket.id, round=ticket.round)
        db.session.add(row)
    row.by_id, row.passed, row.note, row.at = actor.id, passed, note, clock.now()
    record(actor, Did.TICKET_QUALITY_SEEN, ticket=ticket, passed=passed)
    return row
