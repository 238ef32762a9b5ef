"""Words on their way to retailers and staff, and the sweeps that find what a lost job left behind."""
import structlog

from core import clock, events
from core.db import db
from core.jobs import job
from notifications import delivery, lost, outbox, owed, pace, queries, services, staff
from notifications.models import OutboundMessage
from tickets.demands import Demand, Escalation, Urging
from tickets.models import Clock, Promise, Ticket

log = structlog.get_logger()
MOST_LOOKS = 20  # for a free turn; afterwards the sweep brings the message again


@job("acknowledge", queue="urgent", swept=True)
def acknowledge(ticket_id: int) -> None:
    """The retailer hears that we have it; a critical arrival wakes the hotline and the managers."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None:
        log.info("acknowledge_skipped", ticket=ticket_id)
        return
    services.acknowledge(ticket)
    _send_after_commit(staff.tell_critical(ticket))


@job("tell_closed")
def tell_closed(ticket_id: int) -> None:
    """The short closing message."""
    ticket = db.session.get(Ticket, ticket_id, with_for_update=True)
    if ticket is None or services.say_closed(ticket) is None:
        log.info("tell_closed_skipped", ticket=ticket_id)
    db.session.commit()


@job("deliver")
def deliver(message_id: int) -> None:
    """Words that stand in the thread go out by the retailer's channel."""
    outbound_id = outbox.prepare(message_id)
    lane = outbound_id and db.session.get(OutboundMessage, outbound_id).lane
    db.session.commit()
    if lane == "single":
        transmit(outbound_id)
    elif lane == "mass":
        events.enqueue("transmit_mass", outbound_id)


@job("transmit")
def transmit(outbound_id: int) -> None:
    """Send one message, at most once, when its turn comes."""
    wait = pace.take(outbound_id)
    db.session.commit()
    clock.sleep(wait)
    _send(outbound_id)


@job("transmit_mass", queue="many")
def transmit_mass(outbound_id: int) -> None:
    """Send one message of many. Workers take its queue last, and it takes only a turn that nobody else wants."""
    for _look in range(MOST_LOOKS):
        turn = pace.take_spare(outbound_id)
        db.session.commit()
        if turn is not None:
            _send(outbound_id)
            return
        clock.sleep(pace.LOOK_AGAIN)
    log.info("transmit_put_off", outbound=outbound_id)


def _send(outbound_id: int) -> None:
    """Claim, commit, network, second transaction."""
    outgoing = delivery.claim(outbound_id)
    db.session.commit()
    if outgoing is None:
        log.info("transmit_skipped", outbound=outbound_id)
        return
    outcome = delivery.hand_over(outgoing)
    delivery.settle(outbound_id, outcome)
    db.session.commit()


@job("sweep_messages")
def sweep_messages() -> None:
    """Enqueue again what waits; give up what a killed worker left half sent."""
    now = clock.now()
    for outbound_id in queries.stuck(now):
        delivery.give_up(outbound_id)
        db.session.commit()
    for message_id in queries.undelivered(now):
        events.re_enqueue("deliver", message_id)
    for outbound_id in queries.sendable(now, "single"):
        events.re_enqueue("transmit", outbound_id)
    for outbound_id in queries.sendable(now, "mass"):
        events.re_enqueue("transmit_mass", outbound_id)


@job("sweep_followups")
def sweep_followups() -> None:
    """Enqueue acknowledgements, closing words and notices to the staff whose job was lost."""
    for ticket_id in queries.unacknowledged(clock.now()):
        events.re_enqueue("acknowledge", ticket_id)
    for ticket_id in queries.unclosed(clock.now()):
        events.re_enqueue("tell_closed", ticket_id)
    for ticket_id in queries.untold(clock.now()):
        events.re_enqueue("tell_assigned", ticket_id)
    for name, *args in lost.jobs(clock.now()):
        events.re_enqueue(name, *args)


@job("tell_assigned", swept=True)
def tell_assigned(ticket_id: int) -> None:
    """The handler hears of his new ticket, and everybody who must know if it is critical."""
    _tell(ticket_id, "assigned", critical=True)


@job("tell_copied")
def tell_copied(ticket_id: int) -> None:
    """Compliance hears of a matter of which it has a copy, when it is dispatched."""
    _tell(ticket_id, "copied")


@job("tell_stood_aside")
def tell_stood_aside(ticket_id: int) -> None:
    """Whoever had the ticket hears that it is not his any more."""
    _tell(ticket_id, "stood_aside")


@job("tell_nobody_fits")
def tell_nobody_fits(ticket_id: int) -> None:
    """The managers hear that a ticket waits in the queue."""
    _tell(ticket_id, "nobody_fits", critical=True)


@job("tell_continued")
def tell_continued(ticket_id: int) -> None:
    """The handler hears that the retailer added something."""
    _tell(ticket_id, "continued")


@job("tell_unanswered")
def tell_unanswered(ticket_id: int) -> None:
    """The handler hears that his question was not answered in time and the work is his again."""
    _tell(ticket_id, "unanswered")


@job("tell_submitted")
def tell_submitted(ticket_id: int) -> None:
    """The reviewers hear that an answer waits."""
    _tell(ticket_id, "submitted")


@job("tell_sent_back")
def tell_sent_back(ticket_id: int) -> None:
    """The author hears that his answer came back."""
    _tell(ticket_id, "sent_back")


@job("tell_redone")
def tell_redone(ticket_id: int) -> None:
    """The handler, or the managers, hear that it begins again."""
    _tell(ticket_id, "redone")


@job("tell_clock", queue="urgent")
def tell_clock(clock_id: int, level: int) -> None:
    """A clock is nearly over, or over."""
    passed = db.session.get(Clock, clock_id)
    if passed is None:
        log.info("tell_clock_skipped", clock=clock_id)
        return
    db.session.refresh(passed.ticket, with_for_update=True)
    _send_after_commit(staff.tell_clock(passed, level))


@job("watch_promises")
def watch_promises() -> None:
    """Find promises whose day comes or is over, of open and of closed tickets, and give each to a job of its own."""
    for promise_id in owed.untold(clock.now()):
        events.re_enqueue("tell_promise", promise_id)


@job("tell_promise")
def tell_promise(promise_id: int) -> None:
    """Whoever owes it hears that a promise is due, or over."""
    promise = db.session.get(Promise, promise_id)
    if promise is None:
        log.info("tell_promise_skipped", promise=promise_id)
        return
    _send_after_commit(staff.tell_promise(promise, db.session.get(Ticket, promise.ticket_id)))


@job("tell_raised", queue="urgent")
def tell_raised(escalation_id: int) -> None:
    """Those above hear that a ticket was raised to their level."""
    _tell_of(Escalation, escalation_id, staff.tell_raised)


@job("tell_supervised")
def tell_supervised(demand_id: int) -> None:
    """Whoever works on it hears that a manager demands something."""
    _tell_of(Demand, demand_id, staff.tell_supervised)


@job("tell_demand_answered")
def tell_demand_answered(demand_id: int) -> None:
    """The manager hears that his demand has its answer."""
    _tell_of(Demand, demand_id, staff.tell_demand_answered)


@job("tell_urged")
def tell_urged(urging_id: int) -> None:
    """Whoever works on it hears that the retailer is chasing."""
    _tell_of(Urging, urging_id, staff.tell_urged)


@job("tell_extension_asked")
def tell_extension_asked(ticket_id: int) -> None:
    """The managers hear that more time is asked for."""
    _tell(ticket_id, "extension_asked")


@job("tell_extension_decided")
def tell_extension_decided(ticket_id: int) -> None:
    """The handler hears what was decided about more time."""
    _tell(ticket_id, "extension_decided")


@job("tell_plan_missing", queue="slow")
def tell_plan_missing(year: int) -> None:
    """The administrators hear that the plan of a year's holidays is missing."""
    staff.tell_plan_missing(year)
    db.session.commit()


def _tell_of(model, row_id: int, tell) -> None:
    row = db.session.get(model, row_id)
    if row is None:
        log.info("tell_skipped", kind=model.__name__, row=row_id)
        return
    _send_after_commit(tell(row))


def _tell(ticket_id: int, kind: str, critical: bool = False) -> None:
    ticket = db.session.get(Ticket, ticket_id)
    if ticket is None:
        log.info("tell_skipped", kind=kind, ticket=ticket_id)
        return
    _send_after_commit(staff.tell(ticket, kind) + (staff.tell_critical(ticket) if critical else []))


def _send_after_commit(outbound_ids: list[int]) -> None:
    db.session.commit()
    for outbound_id in outbound_ids:
        events.enqueue("transmit", outbound_id)
