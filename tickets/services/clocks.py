"""Starting, stopping, pausing and resuming a ticket's clocks."""
from datetime import datetime

from catalog import queries as catalog
from core import clock as time
from core import organisation, settings
from core.db import db
from core.settings import Setting
from tickets import sla
from tickets.models import Clock, Ticket

settings.define(
    Setting("info_minutes", "int", 3 * 480, "clocks", "Working minutes that a retailer has to answer a question"),
    Setting("contact_factor_key", "float", 0.75, "clocks", "First contact, key shops: share of the usual time"),
    Setting("contact_factor_support", "float", 0.5, "clocks", "First contact, shops with support needs: share of the usual time"),
)


def span_for(ticket: Ticket, kind: str, severity: str | None = None) -> sla.Span | None:
    """The allowed time of clock `kind` for this ticket, at another severity if one is named; None if there is no such clock."""
    if kind == "info":
        return sla.Span(settings.get("info_minutes"), True)
    rule = catalog.sla_rule(severity or ticket.severity, kind)
    if rule is None or kind in sla.FROM_RECEIPT and not sla.asked_for(kind, is_report(ticket), ticket.sealed):
        return None
    factor = _contact_factor(ticket) if kind == "contact" else 1
    return sla.Span(max(1, int(rule.minutes * factor)), rule.working)


def is_report(ticket: Ticket) -> bool:
    """Is it a report of illegal trade? What the retailer called it counts until its category is known."""
    return (ticket.leaf.type if ticket.leaf is not None else ticket.type) == "report"


def _contact_factor(ticket: Ticket) -> float:
    # DOMAIN 3.5: class changes the first human contact only, never how long an answer may take.
    if ticket.support_needs:
        return settings.get("contact_factor_support")
    if ticket.retailer and ticket.retailer.service_class == "key":
        return settings.get("contact_factor_key")
    return 1


def running(ticket: Ticket, kind: str | None = None) -> list[Clock]:
    """Clocks of the ticket that have not been stopped, of one kind or all."""
    return [c for c in ticket.clocks if c.stopped_at is None and kind in (None, c.kind)]


def start(ticket: Ticket, kind: str, at: datetime | None = None, span: sla.Span | None = None) -> None:
    """Start clock `kind` unless it runs already, with its rule's time or `span`; the first contact is asked for once a round.

    Without `at` it runs from now, or from the receipt if it is one of sla.FROM_RECEIPT.
    """
    span = span or span_for(ticket, kind)
    if span is None or running(ticket, kind) or kind == "contact" and ticket.contacted_at:
        return
    at, calendar = at or (ticket.received_at if kind in sla.FROM_RECEIPT else time.now()), organisation.calendar()
    due = sla.after(calendar, at, span)
    ticket.clocks.append(Clock(
        kind=kind, started_at=at, due_at=due, original_due_at=due, minutes=span.minutes, working=span.working,
        at_70=sla.share(calendar, at, span, 70), at_90=sla.share(calendar, at, span, 90)))


def go_on(ticket: Ticket, other: Clock) -> None:
    """A clock of another ticket runs on here as it was: with its end, and without telling again what was told."""
    facts = ("kind", "started_at", "due_at", "original_due_at", "at_70", "at_90", "minutes", "working", "fired_70", "fired_90", "breached_at")
    ticket.clocks.append(Clock(**{name: getattr(other, name) for name in facts}))


def stop(ticket: Ticket, kinds) -> None:
    """Stop the running clocks of these kinds."""
    for running_clock in running(ticket):
        if running_clock.kind in kinds:
            running_clock.stopped_at = time.now()
            running_clock.paused_at = None


def heard(ticket: Ticket) -> None:
    """The retailer has said what he thinks: where that is enough, nobody need call him any more (tickets.sla.heard_enough)."""
    if sla.heard_enough(ticket.severity, ticket.support_needs, ticket.score, ticket.accepted):
        stop(ticket, ("callback", "fast"))
        note_due(ticket)


def settled_fast(ticket: Ticket) -> bool:
    """Solved, as the retailer says, before the time of the fast lane was over, and at once."""
    kept = any(one.kind == "fast" and one.stopped_at is not None and one.stopped_at <= one.due_at and not _with_the_end(ticket, one)
               for one in ticket.clocks)
    return kept and ticket.redos == 0 and sla.heard_enough(ticket.severity, ticket.support_needs, ticket.score, ticket.accepted)


def _with_the_end(ticket: Ticket, one: Clock) -> bool:
    """Did it stop because the ticket ended, and not by the retailer's word?"""
    return ticket.ended_at is not None and one.stopped_at >= ticket.ended_at


def pass_on(ticket: Ticket, span: sla.Span | None = None) -> None:
    """Bring the time for passing a report on in line with what the matter is now: begun, of another length, or stopped.

    `span` is for what is only likely to be a report. Nothing begins once somebody has signed for it: then it was passed on.
    """
    span = span or span_for(ticket, "pass_on")
    for one in running(ticket, "pass_on"):
        if span is None:
            one.stopped_at = time.now()
        else:
            _refit(one, span, 0)
    if span is not None and ticket.signed_at is None:
        start(ticket, "pass_on", span=span)
    note_due(ticket)


def pause(ticket: Ticket) -> None:
    """While the retailer is asked, what he is waited for with stands still: his own time to reply runs, and so does a manager's demand."""
    for running_clock in running(ticket):
        if running_clock.kind in sla.WAITS_FOR_THE_RETAILER and running_clock.paused_at is None:
            running_clock.paused_at = time.now()


def resume(ticket: Ticket) -> None:
    """Let paused clocks run on; what was left when they were paused is left again."""
    now, calendar = time.now(), organisation.calendar()
    for paused in running(ticket):
        if paused.paused_at is not None:
            for column in ("at_70", "at_90", "due_at"):
                setattr(paused, column, sla.resumed(calendar, getattr(paused, column), paused.paused_at, now, paused.working))
            paused.paused_at = None


def restart(ticket: Ticket, kind: str) -> None:
    """Begin clock `kind` anew."""
    stop(ticket, (kind,))
    db.session.flush()  # the unique index allows one running clock of a kind
    start(ticket, kind)


def extend(ticket: Ticket, new_due: datetime) -> None:
    """Move the resolve clock's end; its warnings move in proportion."""
    now, calendar = time.now(), organisation.calendar()
    for running_clock in running(ticket, "resolve"):
        minutes = sla.between(calendar, running_clock.started_at, new_due, running_clock.working)
        span = sla.Span(max(1, minutes), running_clock.working)
        running_clock.due_at, running_clock.minutes = new_due, span.minutes
        running_clock.at_70 = max(now, sla.share(calendar, running_clock.started_at, span, 70))
        running_clock.at_90 = max(now, sla.share(calendar, running_clock.started_at, span, 90))
        _warn_again(running_clock, now)
    note_due(ticket)


def rescale(ticket: Ticket, before: str) -> None:
    """After a change of severity from `before`: running clocks get the new allowed time from their own start.

    Time that was granted or spent waiting for the retailer stays granted; a clock that is no longer late may warn again.
    """
    for running_clock in running(ticket):
        span = span_for(ticket, running_clock.kind)
        if running_clock.kind == "demand":
            continue  # the manager set its time, whatever the severity
        if span is None:
            running_clock.stopped_at = time.now()
        else:
            _refit(running_clock, span, _granted(running_clock, span_for(ticket, running_clock.kind, before)))
    if ticket.state == "in_progress":
        start(ticket, "update")
    note_due(ticket)


def _granted(running_clock: Clock, span: sla.Span | None) -> int:
    """Minutes that the clock was given beyond its rule, by pauses and by an extension."""
    if span is None:
        return 0
    calendar = organisation.calendar()
    usual = sla.after(calendar, running_clock.started_at, span)
    return max(0, sla.between(calendar, usual, running_clock.due_at, running_clock.working))


def _refit(running_clock: Clock, span: sla.Span, granted: int) -> None:
    calendar, now = organisation.calendar(), time.now()
    whole = sla.Span(span.minutes + granted, span.working)
    running_clock.minutes, running_clock.working = whole.minutes, whole.working
    running_clock.original_due_at = sla.after(calendar, running_clock.started_at, span)
    running_clock.due_at = sla.after(calendar, running_clock.started_at, whole)
    running_clock.at_70 = sla.share(calendar, running_clock.started_at, whole, 70)
    running_clock.at_90 = sla.share(calendar, running_clock.started_at, whole, 90)
    _warn_again(running_clock, now)


def _warn_again(running_clock: Clock, now: datetime) -> None:
    """Marks that lie ahead again are told again; who is late by his new time, too, is late since that."""
    for mark, at in (("fired_70", running_clock.at_70), ("fired_90", running_clock.at_90), ("breached_at", running_clock.due_at)):
        if at > now:
            setattr(running_clock, mark, None)
    if running_clock.breached_at is not None:
        running_clock.breached_at = max(running_clock.breached_at, running_clock.due_at)


def note_due(ticket: Ticket) -> None:
    """Keep on the ticket what is due first, for lists to sort by."""
    candidates = [c for c in running(ticket) if c.paused_at is None and c.kind not in sla.BY_ITSELF]
    first = min(candidates, key=lambda c: c.due_at, default=None)
    ticket.due_at, ticket.due_kind = (first.due_at, first.kind) if first else (None, None)
