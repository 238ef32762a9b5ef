"""More time, and promises: asked for, decided, kept or not."""
from datetime import date, datetime, time, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import clock, events, organisation
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError, NotAllowed
from core.i18n import day_hour
from tickets import access, sla
from tickets.events import ExtensionAsked, ExtensionDecided
from tickets.messages import REFUSALS
from tickets.models import Extension, Promise, Ticket
from tickets.services import clocks, conversation

END_OF_DAY = time(23, 59)


def ask_extension(ticket: Ticket, actor: Actor, new_due: datetime, reason: str) -> Extension:
    """Ask the manager for more time: before the due date, once, never for S1, at most twice the allowed time."""
    resolve = next(iter(clocks.running(ticket, "resolve")), None)
    if ticket.state != "in_progress" or ticket.assignee_id != actor.id or resolve is None:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    for code, broken in _extension_rules(ticket, resolve, new_due, reason):
        if broken:
            raise DomainError(code, _refusal(code, ticket))
    extension = Extension(ticket_id=ticket.id, asked_by_id=actor.id, reason=reason, new_due_at=new_due, asked_at=clock.now())
    db.session.add(extension)
    db.session.flush()
    record(actor, Did.EXTENSION_ASKED, ticket=ticket)
    events.emit(ExtensionAsked(ticket.id))
    return extension


EXTENSION_REFUSALS = {
    "extension_s1": _l("A critical matter is never extended."),
    "extension_used": _l("This ticket has been extended once already, or a request is waiting."),
    "extension_late": _l("The time is over already; an extension must be asked for before."),
    "extension_order": _l("The new date must be later than the present one."),
    "extension_past": _l("The date that was asked for is over already. Refuse it; the answer is due."),
    "reason": REFUSALS["reason"],
}


def latest(ticket: Ticket) -> datetime | None:
    """Until when more time can be asked for: from the end, which has moved by the time that we waited for the retailer, the allowed time once more.

    None where no time for an answer runs.
    """
    resolve = next(iter(clocks.running(ticket, "resolve")), None)
    return sla.after(organisation.calendar(), resolve.due_at, sla.Span(resolve.minutes, resolve.working)) if resolve else None


def _refusal(code: str, ticket: Ticket):
    if code == "extension_long":
        return _("An extension may at most double the allowed time: until %(until)s at the latest.", until=day_hour(latest(ticket)))
    return EXTENSION_REFUSALS[code]


def _extension_rules(ticket: Ticket, resolve, new_due: datetime, reason: str):
    yield "extension_s1", ticket.severity == "S1"
    yield "extension_used", ticket.extensions > 0 or waiting_extension(ticket) is not None
    yield "extension_late", clock.now() > resolve.due_at
    yield "extension_order", new_due <= resolve.due_at
    yield "extension_long", new_due > latest(ticket) + timedelta(minutes=1)
    yield "reason", not reason.strip()


def waiting_extension(ticket: Ticket) -> Extension | None:
    """The request that the manager has not decided yet."""
    return db.session.scalar(db.select(Extension).filter_by(ticket_id=ticket.id, decided_at=None))


def undecided() -> set[int]:
    """Ids of all tickets for which more time was asked and nobody has decided."""
    return set(db.session.scalars(db.select(Extension.ticket_id).where(Extension.decided_at.is_(None))))


def decide_extension(ticket: Ticket, actor: Actor, approved: bool, composed=None) -> None:
    """The manager decides; the retailer is told the reason and the new date if it is granted (`composed`)."""
    extension = waiting_extension(ticket)
    if extension is None or not clocks.running(ticket, "resolve"):
        raise DomainError("wrong_state", REFUSALS["wrong_state"])
    if "manager" not in access.hats(actor, ticket) or extension.asked_by_id == actor.id:
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])
    if approved and extension.new_due_at <= clock.now():
        raise DomainError("extension_past", EXTENSION_REFUSALS["extension_past"])
    extension.decided_by_id, extension.decided_at, extension.approved = actor.id, clock.now(), approved
    if approved:
        ticket.extensions += 1
        clocks.extend(ticket, extension.new_due_at)
        conversation.say(ticket, actor, composed.body, "extension", answer_code=composed.code, answer_version=composed.version)
    record(actor, Did.EXTENSION_DECIDED, ticket=ticket, approved=approved)
    events.emit(ExtensionDecided(ticket.id))


def lapse(ticket: Ticket) -> None:
    """The answer is out: a request for more time that nobody decided has no object any more."""
    extension = waiting_extension(ticket)
    if extension is not None:
        extension.decided_at, extension.approved = clock.now(), False


def _works_on_it(ticket: Ticket, actor: Actor) -> None:
    if access.hats(actor, ticket).isdisjoint({"assignee", "manager"}):
        raise NotAllowed("not_allowed", REFUSALS["not_allowed"])


def promise(ticket: Ticket, actor: Actor, text: str, due_at: datetime) -> Promise:
    """Enter a dated commitment made to the retailer. Refused in leaves where nothing may be promised."""
    _works_on_it(ticket, actor)
    if ticket.leaf is not None and not ticket.leaf.may_promise:
        raise DomainError("no_promise", _l("In this category nothing may be promised."))
    row = Promise(ticket_id=ticket.id, text=text, due_at=due_at, made_by_id=actor.id)
    db.session.add(row)
    db.session.flush()
    record(actor, Did.PROMISE_MADE, ticket=ticket)
    return row


def promise_of(ticket: Ticket, actor: Actor, values: dict) -> None:
    """A date promised in an answer (`promise_date`, an ISO day) becomes a promise, due at the end of that local day."""
    try:
        day = date.fromisoformat(str(values.get("promise_date", "")))
    except ValueError:
        return
    due_at = datetime.combine(day, END_OF_DAY, organisation.zone())
    same = db.select(Promise).filter_by(ticket_id=ticket.id, due_at=due_at)
    if ticket.leaf.may_promise and db.session.scalar(same) is None:
        db.session.add(Promise(ticket_id=ticket.id, text=values.get("remedy") or ticket.subject, due_at=due_at, made_by_id=ticket.assignee_id))
        record(actor, Did.PROMISE_MADE, ticket=ticket)


def settle_promise(ticket: Ticket, actor: Actor, row: Promise, kept: bool) -> None:
    """Say whether a promise was kept."""
    _works_on_it(ticket, actor)
    row.kept, row.settled_at = kept, clock.now()
    record(actor, Did.PROMISE_SETTLED, ticket=ticket, kept=kept)
