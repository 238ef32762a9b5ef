"""What time does to tickets: warnings and breaches of clocks, questions without an answer, noise that is removed; and what many are told."""
import structlog

from core import clock, events
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError
from core.jobs import job
from tickets import kin, watching
from tickets.events import ClockFired
from tickets.models import Clock, Ticket
from tickets.parents import Parent
from tickets.services import conversation, escalation, handling, noise, parenting, together, wording

log = structlog.get_logger()


@job("watch_clocks", queue="urgent")
def watch_clocks() -> None:
    """Mark what passed 70 or 90 per cent, or its end, and announce it; each clock and level once."""
    for clock_id, level in watching.fire(clock.now()):
        events.emit(ClockFired(clock_id, level))
    db.session.commit()


@job("watch_escalations", queue="urgent")
def watch_escalations() -> None:
    """Raise tickets whose clocks ran far over their time; each level and clock once, a ticket at a time."""
    for clock_id, _level in watching.raisable(clock.now()):
        _raise(clock_id)
        db.session.commit()


def _raise(clock_id: int) -> None:
    ticket_id = db.session.scalar(db.select(Clock.ticket_id).filter_by(id=clock_id))
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    for _clock, level in watching.raisable(clock.now(), clock_id):  # again, now that nobody else can act on this ticket
        kind = db.session.get(Clock, clock_id).kind
        escalation.raise_to(ticket, level, kind, SYSTEM, str(clock_id))


@job("watch_questions")
def watch_questions() -> None:
    """Find questions whose time is half over, or over, and give each to a job of its own."""
    for ticket_id in watching.half_over(clock.now()):
        events.re_enqueue("remind", ticket_id)
    for ticket_id in watching.unanswered(clock.now()):
        events.re_enqueue("stop_asking", ticket_id)


@job("remind")
def remind(ticket_id: int) -> None:
    """Remind the retailer of a question, once a question."""
    if ticket_id not in watching.half_over(clock.now(), ticket_id):
        log.info("remind_skipped", ticket=ticket_id)
        return
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket.state == "needs_info":
        wording.say_once(ticket, "reminder", watching.reminder_key(ticket.id, ticket.asks))
    db.session.commit()


@job("stop_asking")
def stop_asking(ticket_id: int) -> None:
    """The time to answer is over: the ticket goes back to where it was, and the thread says why."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or ticket_id not in watching.unanswered(clock.now(), ticket_id):
        log.info("stop_asking_skipped", ticket=ticket_id)
        return
    handling.give_up_asking(ticket)
    conversation.system(ticket, SYSTEM, "not_answered")
    db.session.commit()


@job("tend_parent", queue="many", swept=True)
def tend_parent(parent_id: int) -> None:
    """Attach what fits by now, then say to each child what is to be said: one transaction each, behind everything that goes to one reader."""
    parent = db.session.get(Parent, parent_id, with_for_update=True)
    if parent is None:
        log.info("tend_parent_skipped", parent=parent_id)
        return
    if parent.resolved_at is None:
        parenting.gather(parent)
    db.session.commit()
    for say, waiting in ((together.notify, kin.unnoticed(parent)), (together.answer, kin.unanswered(parent))):
        for ticket_id in waiting:
            _say_to_child(say, parent_id, ticket_id)


def _say_to_child(say, parent_id: int, ticket_id: int) -> None:
    """One child that cannot be told so must not keep the others waiting: it stays with its handler, and the parent's page shows it."""
    try:
        say(db.session.get(Parent, parent_id), db.session.get(Ticket, ticket_id, with_for_update=True))
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        log.warning("child_not_told", parent=parent_id, ticket=ticket_id, why=refusal.code)


@job("watch_parents")
def watch_parents() -> None:
    """Give each parent that has something to do to a job of its own."""
    for parent_id in kin.to_tend(clock.now()):
        events.re_enqueue("tend_parent", parent_id)


@job("sweep_noise", queue="slow")
def sweep_noise() -> None:
    """Remove the words, photos and numbers of noise after thirty days, a ticket at a time."""
    for ticket_id in noise.removable(clock.now()):
        noise.remove(db.session.get(Ticket, ticket_id, with_for_update=True))
        db.session.commit()
