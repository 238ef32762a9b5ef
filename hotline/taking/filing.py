"""What becomes of a call: a ticket, words for an open one, noise, or nothing. Filing twice files once."""
from datetime import datetime

import structlog
from flask_babel import gettext as _

from catalog import queries as catalog
from catalog.models import NOISE
from core import clock
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from hotline.calls.writing import write_down
from hotline.models import Call
from hotline.taking import queries, services
from intake import services as intake
from intake.models import IntakeRecord
from retailers import services as retailers
from tickets import access
from tickets.models import Ticket
from tickets.services import conversation, triaging
from tickets.services.calls import open_call_task
from triage import facts as reading
from triage import services as understanding

log = structlog.get_logger()
CHANNEL = "phone"


def file_ticket(call: Call, actor: Actor, raw: dict) -> Ticket | None:
    """Make a ticket of the call (`raw` as intake stores it), decided and dispatched if a category was chosen.

    None when its ticket must be made by the job, which finds the raw record; nothing is lost by that.
    """
    return _file(call, actor, "ticket", raw)


def link(call: Call, actor: Actor, ticket: Ticket, raw: dict) -> Ticket | None:
    """Add the words to a ticket that is there already; if it has just ended, a new one continues it."""
    return _file(call, actor, "linked", raw | {"continues": ticket.case_no})


def noise(call: Call, actor: Actor) -> None:
    """A wrong number, advertising: no ticket. One that a message of this call became is put aside as noise."""
    ticket = _own_ticket(call)
    if ticket is not None and ticket.state == "received":
        triaging.classify(ticket, actor, catalog.leaf(NOISE), "S4")
        understanding.decided(ticket, actor)
        triaging.decline_noise(ticket, actor)
    _close(call, actor, "noise", ticket)


def nothing(call: Call, actor: Actor) -> None:
    """Nothing to write down: the question was answered, or a call back is not wanted any more."""
    _close(call, actor, "nothing", _own_ticket(call))


def _file(call: Call, actor: Actor, how: str, raw: dict) -> Ticket | None:
    if call.filed_as is not None:  # a second press, or a colleague was quicker
        return call.ticket
    stored = _store(call, actor, raw)
    ticket = _advance(call, stored, actor, raw)
    _respect(call, actor, raw)
    call.intake_id, call.language = call.intake_id or stored.id, raw.get("language") or call.language
    _close(call, actor, how, ticket)
    return ticket


def _store(call: Call, actor: Actor, raw: dict) -> IntakeRecord:
    """The raw record first. A call whose message was stored by itself has one already: these words continue it."""
    earlier, key = intake.find(CHANNEL, call.sid), call.sid
    if earlier is not None:
        if earlier.state == "stored":
            intake.advance(earlier)
        raw, key = {"continues": earlier.case_no} | raw, f"{call.sid}:desk"
    stored, _is_new = intake.store(CHANNEL, key, raw, actor=actor, captured_by_id=actor.id, sender=call.caller or None,
                                   sealed=raw.get("kind") == "report", is_demo=call.is_demo)
    if earlier is None and call.speeches:
        write_down(call, stored)  # what the machine heard, with the doubts that hold up the dispatch
    return stored


def _advance(call: Call, stored: IntakeRecord, actor: Actor, raw: dict) -> Ticket | None:
    """The ticket at once, so that its number and dates can be read out. What breaks here is left to the job."""
    try:
        with db.session.begin_nested():
            ticket = intake.advance(stored)
            _add_facts(call, ticket, actor, stored, raw)
    except Exception:
        log.exception("call_left_to_the_job", call=call.id)
        db.session.refresh(stored)
        return None
    if stored.recognised_as == "new_matter":
        _decide(ticket, actor, raw)
    return ticket


def _add_facts(call: Call, ticket: Ticket, actor: Actor, stored: IntakeRecord, raw: dict) -> None:
    if stored.recognised_as == "new_matter":
        ticket.amount = raw.get("amount", "")
        if call.meta.get("another_shop") and call.retailer is None:
            _unlink(ticket, call.caller, raw)
    if raw.get("callback_time"):
        conversation.note(ticket, actor, _("Best time to call: %(time)s", time=raw["callback_time"]))


def _unlink(ticket: Ticket, number: str, raw: dict) -> None:
    """Whoever took the call has said that it is not the shop with this number: nothing of that shop goes along."""
    if ticket.retailer is not None and ticket.retailer.phone == number:
        ticket.retailer, ticket.contact_name, ticket.contact_email, ticket.support_needs = None, raw.get("name", ""), None, False
        conversation.index(ticket)
    ticket.facts = {key: value for key, value in ticket.facts.items() if key != "shops"}


def _decide(ticket: Ticket, actor: Actor, raw: dict) -> None:
    """Category and dispatch by whoever took the call. What its words have sealed, others decide about."""
    leaf = catalog.leaf(raw.get("leaf"))
    if leaf is None or not access.can_see(actor, ticket):
        return
    text = raw["text"]
    severity = raw.get("severity") or understanding.severity_for(ticket, leaf, text, reading.read(text))[0]
    triaging.classify(ticket, actor, leaf, severity, desired_outcome=raw.get("desired") or understanding.outcome_for(ticket, leaf, text))
    understanding.decided(ticket, actor)
    if access.can_see(actor, ticket):
        _dispatch(ticket, actor)


def _dispatch(ticket: Ticket, actor: Actor) -> None:
    """What may not be dispatched yet waits in triage like every other arrival; the call is filed all the same."""
    try:
        with db.session.begin_nested():
            triaging.dispatch(ticket, actor)
    except DomainError as refusal:
        log.info("call_waits_for_triage", ticket=ticket.id, why=refusal.code)


def _respect(call: Call, actor: Actor, raw: dict) -> None:
    """Whoever says on the phone that he wants no text messages gets none."""
    number = raw.get("phone") or call.caller
    if number and "sms" in raw.get("refused", ()):
        retailers.opt_out(number, "call", actor)


def _own_ticket(call: Call) -> Ticket | None:
    """The ticket that a message or the words of this call became by themselves."""
    stored = db.session.get(IntakeRecord, call.intake_id) if call.intake_id else None
    return db.session.get(Ticket, stored.ticket_id) if stored and stored.ticket_id else None


def _close(call: Call, actor: Actor, how: str, ticket: Ticket | None) -> None:
    if call.filed_as is not None:
        return
    promised = call.meta.get("call_back")
    if promised and ticket is not None and ticket.is_open:
        open_call_task(ticket, "promised_call", f"promised:{call.id}", promised=datetime.fromisoformat(promised["at"]))
    _mark(call, actor, how, ticket)
    for other in queries.of_number(call.caller):  # the same person, reached now
        if other.id != call.id:
            _mark(other, actor, "nothing", None)
    record(actor, Did.CALL_FILED, ticket=ticket, target=services.name_of(call), result=how)


def _mark(call: Call, actor: Actor, how: str, ticket: Ticket | None) -> None:
    call.filed_as, call.filed_by_id, call.filed_at, call.draft = how, actor.id, clock.now(), {}
    call.ticket_id = ticket.id if ticket else None
    if call.provider == services.BY_HAND:
        services.end(call, "answered")
