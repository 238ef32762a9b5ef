"""What follows from a call that is over: a contact for what was said, a call task for whom nobody reached, nothing for the rest."""
from datetime import datetime, timedelta

from flask_babel import gettext as _

from core import clock, i18n, settings
from core.db import db
from hotline.calls import callers, services, writing
from hotline.models import Call, Recording
from intake import services as intake
from tickets.models import CallTask, Ticket
from tickets.services import calls as call_tasks

FOR_A_RECORDING = timedelta(seconds=60)
FOR_WORDS = timedelta(seconds=15)
CALL_AGAIN = {"missed": "missed_call", "abandoned": "abandoned_call", "callback": "callback_wanted"}


def ready(call: Call, now: datetime) -> bool:
    """True once a call is over and nothing more is expected: its recordings were announced, or a minute has passed."""
    if call.ended_at is None or call.settled_at is not None:
        return False
    return now >= call.ended_at + _patience(call)


def _patience(call: Call) -> timedelta:
    """How long something may still come after the end: a recording, or the words of one that are written down while it is spoken."""
    if call.meta.get("step") == "record" and not call.recordings:
        return FOR_A_RECORDING
    return FOR_WORDS if call.recordings and not call.speeches and settings.get("hotline_transcribes") else timedelta()


def draw(call: Call) -> None:
    """Do what the outcome asks for, once; what a person has filed already stays as he filed it."""
    call.settled_at = clock.now()
    services.settle(call)
    if call.filed_by_id is not None or call.intake_id is not None:
        return
    if call.outcome == "message":
        _make_contact(call)
    elif call.outcome in CALL_AGAIN:
        _ask_to_call(call, CALL_AGAIN[call.outcome])
    elif call.outcome == "answered":
        _leave_to_people(call)
    else:
        _file(call, "nothing")


def _file(call: Call, filed_as: str) -> None:
    call.filed_as, call.filed_at = filed_as, clock.now()


def _leave_to_people(call: Call) -> None:
    """Whoever spoke with him files it; a report that came late may have asked for a call meanwhile."""
    call_tasks.take_back(f"call:{call.id}", "call_answered")
    call.filed_as = call.filed_at = call.ticket_id = None


def _make_contact(call: Call) -> None:
    """One intake record for everything that was said in the call, with the transcript that says how sure it is."""
    record, _new = intake.store("phone", call.sid, raw_of(call), sender=call.caller or None, received_at=call.began_at, is_demo=call.is_demo)
    call.intake_id, call.ticket_id = record.id, None
    if call.speeches:
        writing.write_down(call, record)
    _file(call, "ticket")


def raw_of(call: Call) -> dict:
    """What is known, as every channel hands it over."""
    said = [row for row in call.speeches if row.speaker == "caller"]
    sure = [row.confidence for row in said if row.confidence is not None]
    raw = {"text": "\n".join(row.text for row in said), "language": call.language, "phone": call.caller or None, "call": call.id,
           "confidence": min(sure) if sure else None, "facts": _facts(call, bool(said))}
    if not said:
        raw["text"] = _to_listen(call)
    return {key: value for key, value in raw.items() if value not in (None, "", {})}


def _facts(call: Call, said: bool) -> dict:
    """For triage: the recording that nobody has written down."""
    return {} if said else {"listen": _longest(call).id}


def _longest(call: Call) -> Recording:
    return max(call.recordings, key=lambda row: row.seconds or 0)


def _to_listen(call: Call) -> str:
    seconds = _longest(call).seconds
    with i18n.spoken(call.language):
        return _("A message to listen to (%(seconds)s seconds)", seconds=seconds) if seconds else _("A message to listen to")


def _ask_to_call(call: Call, reason: str) -> None:
    """A call task in the caller's open matter. Without one the call stands in the list of missed calls until somebody files it."""
    ticket = callers.open_ticket(call.caller, call.retailer_id)
    if ticket is None:
        return
    if _asked_already(ticket) is None:
        call_tasks.open_call_task(ticket, reason, f"call:{call.id}")
    call.ticket_id = ticket.id
    _file(call, "linked")


def _asked_already(ticket: Ticket) -> CallTask | None:
    # Who calls five times wants one call back, not five.
    wanted = db.select(CallTask).where(CallTask.ticket_id == ticket.id, CallTask.done_at.is_(None), CallTask.reason.in_(CALL_AGAIN.values()))
    return db.session.scalar(wanted.limit(1))
