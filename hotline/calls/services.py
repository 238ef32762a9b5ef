"""A call from its first report to its end: reports come in any order and more than once, and the row is the same in the end."""
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from core import events, settings
from core.db import db
from hotline.calls import numbers, states
from hotline.calls.events import CallEnded
from hotline.calls.menu import Turn
from hotline.calls.states import Known
from hotline.models import Call
from retailers import queries as retailers

FLAGS = ("callback", "unreached", "served", "greeted")


def arrive(provider: str, fields: Mapping[str, str], at: datetime) -> tuple[Call, bool]:
    """The call that `fields` (named as in the provider's webhook) tell of, locked, and whether we hear of it for the first time."""
    sid, caller = fields["CallSid"], numbers.caller(fields.get("From", ""), settings.get("country"))
    shop = retailers.by_phone(caller)
    row = insert(Call).values(provider=provider, sid=sid, caller=caller, dialled=fields.get("To", "")[:40], began_at=at, state="menu",
                              retailer_id=shop.id if shop else None)
    made = db.session.scalar(row.on_conflict_do_nothing().returning(Call.id))
    call = db.session.scalar(select(Call).filter_by(provider=provider, sid=sid).with_for_update().execution_options(populate_existing=True))
    _complete(call, caller, at)
    return call, made is not None


def _complete(call: Call, caller: str, at: datetime) -> None:
    """A report without the caller's number, or a late one, must not stay the only truth."""
    call.began_at = min(call.began_at, at)
    if caller and not call.caller:
        shop = retailers.by_phone(caller)
        call.caller, call.retailer_id = caller, shop.id if shop else None


def note_status(provider: str, fields: Mapping[str, str], at: datetime) -> None:
    """What the provider reports of a call, or of the line to a colleague that belongs to one."""
    status, parent = fields.get("CallStatus", ""), fields.get("ParentCallSid", "")
    if parent:
        if status in states.ANSWERED:
            answered(arrive(provider, {"CallSid": parent}, at)[0], at)
        return
    call, _new = arrive(provider, fields, at)
    if status in states.ENDED:
        end(call, states.ended_at(at, fields))


def answered(call: Call, at: datetime) -> None:
    """A colleague has taken it."""
    call.answered_at = states.earliest(call.answered_at, at)
    settle(call)


def waits(call: Call, at: datetime) -> None:
    """The caller wants to speak with somebody."""
    call.waiting_at = states.earliest(call.waiting_at, at)


def end(call: Call, at: datetime) -> None:
    """It is over."""
    call.ended_at = states.earliest(call.ended_at, at)
    settle(call)


def stands_at(call: Call, turn: Turn) -> None:
    """The caller has come to a step of the menu."""
    call.language = turn.language
    note(call, step=turn.step, greeted=True)


def note(call: Call, **facts) -> None:
    """Keep what else is known of a call (FLAGS, the step, what was rated)."""
    call.meta = call.meta | facts


def settle(call: Call) -> None:
    """Bring state and outcome in line with what is known. What follows from the end is for a job, again if a late report changes it."""
    with db.session.no_autoflush:  # half a change would be refused
        known = known_of(call)
    before, call.state, call.outcome = call.outcome, states.state(known), states.outcome(known)
    if known.ended and (call.settled_at is None or call.outcome != before):
        call.settled_at = None
        events.emit(CallEnded(call.id))
    db.session.flush()


def known_of(call: Call) -> Known:
    """What the rules of a call's state need to know."""
    flags = {flag: bool(call.meta.get(flag)) for flag in FLAGS}
    recorded = any(states.is_message(row.seconds) for row in call.recordings)
    return Known(step=call.meta.get("step", "main"), waited=call.waiting_at is not None, answered=call.answered_at is not None,
                 ended=call.ended_at is not None, said=bool(call.speeches), recorded=recorded, **flags)
