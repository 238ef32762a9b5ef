"""A number that wants no messages any more: noted, and whoever waits for an answer there is to be reached by phone."""
from core.actor import RETAILER, SYSTEM
from core.db import db
from retailers import services as retailers
from tickets.lifecycle import OPEN
from tickets.models import CallTask, Ticket
from tickets.services import calls, conversation


def stop_messages(number: str, source: str, key: str, perhaps_withdrawn: bool = False, said: str = "", besides: int | None = None) -> list[Ticket]:
    """Note that `number` wants no messages; each of its open tickets gets a call. Returns those tickets, the newest last.

    `source` is one of desk.shown.words.OPT_OUT_SOURCES; `key` names what told us, so that a repeat opens no second call.
    `said` are his words. `perhaps_withdrawn` asks whoever calls whether the complaint itself was meant: that is asked even if the opt-out was known.
    `besides` is the id of a ticket that has a call for it already.
    """
    new = retailers.opt_out(number, source)
    if not new and not perhaps_withdrawn:
        return []
    reason = "perhaps_withdrawn" if perhaps_withdrawn else "opted_out"
    wanted = db.select(Ticket).where(Ticket.contact_phone == number, Ticket.state.in_(OPEN), Ticket.id.is_distinct_from(besides))
    waiting = list(db.session.scalars(wanted.order_by(Ticket.id).with_for_update(of=Ticket).execution_options(populate_existing=True)))
    for ticket in waiting:
        conversation.system(ticket, RETAILER if source != "provider" else SYSTEM, "opted_out")
        if not _waits(ticket, reason):
            calls.open_call_task(ticket, reason, f"{reason}:{ticket.id}:{key}", text=said)
    return waiting


def _waits(ticket: Ticket, reason: str) -> bool:
    """True if somebody is to call about the same already: who goes back and forth is called once."""
    return db.session.scalar(db.select(db.exists().where(CallTask.ticket_id == ticket.id, CallTask.reason == reason, CallTask.done_at.is_(None))))
