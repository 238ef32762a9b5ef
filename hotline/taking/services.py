"""What people do with a call before it is filed: begin one by hand, take it, say who calls, promise to call back."""
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from core import clock, phone
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from hotline.models import Call, Speech
from hotline.taking import queries
from retailers import queries as retailers
from retailers.models import Retailer

BY_HAND = "desk"
TAKEN = _l("%(name)s has taken this call already.")
OVER = _l("The caller has hung up. Call back when you can; the call stays on the list until then.")


def by_hand(actor: Actor, key: str) -> Call:
    """Somebody is on the phone with no telephony of ours; `key` makes a second press harmless."""
    now = clock.now()
    db.session.execute(insert(Call).values(
        provider=BY_HAND, sid=f"{BY_HAND}:{actor.id}:{key}", state="talking", began_at=now, answered_at=now, answered_by_id=actor.id)
        .on_conflict_do_nothing())
    call = db.session.scalar(select(Call).filter_by(provider=BY_HAND, sid=f"{BY_HAND}:{actor.id}:{key}"))
    if call.began_at == now:
        record(actor, Did.CALL_TAKEN, target=name_of(call))
    return call


def take(call: Call, actor: Actor) -> None:
    """Answer a call that waits. Raises DomainError `taken` or `over`; taking one's own again changes nothing."""
    if call.answered_by_id == actor.id:
        return
    if call.answered_by_id is not None:
        raise DomainError("taken", TAKEN % {"name": call.answered_by.name})
    if call.state == "ended":
        raise DomainError("over", OVER)
    call.answered_by_id, call.answered_at, call.state = actor.id, call.answered_at or clock.now(), "talking"
    shop = queries.shop_of(call)
    call.retailer_id = shop.id if shop else None
    record(actor, Did.CALL_TAKEN, target=name_of(call))


def say_who(call: Call, text: str) -> Retailer | None:
    """Find the caller by number, licence or shop name; a number is kept as his if none is known. None if none or several fit."""
    number = _number(text)
    if number and not call.caller:
        call.caller = number
    shop = retailers.find(text)
    if shop is not None:
        choose_shop(call, shop)
    return shop


def choose_shop(call: Call, shop: Retailer | None) -> None:
    """The caller speaks for this shop; None: for none that we know."""
    call.retailer = shop
    call.meta = {key: value for key, value in call.meta.items() if key != "another_shop"} | ({} if shop else {"another_shop": True})


def promise(call: Call, actor: Actor, at: datetime) -> None:
    """A call back is promised for `at`; a call begun by hand is over with that."""
    call.meta = call.meta | {"call_back": {"at": at.isoformat(), "by": actor.id}}
    if call.provider == BY_HAND:
        end(call, "callback")
    record(actor, Did.PROMISE_MADE, target=name_of(call), due=at.isoformat())


def tried(call: Call, actor: Actor) -> None:
    """Somebody called back and reached nobody: the number stays on the list, with one try more."""
    call.meta = call.meta | {"tries": [*call.meta.get("tries", ()), {"at": clock.now().isoformat(), "by": actor.id}]}
    record(actor, Did.CALL_TASK_DONE, target=name_of(call), result="unreached")


def end(call: Call, outcome: str) -> None:
    """The call is over; what a provider said of its end goes before."""
    call.state, call.ended_at, call.outcome = "ended", call.ended_at or clock.now(), call.outcome or outcome


def forget(call: Call) -> None:
    """Nobody need know any more who it was and what he said."""
    db.session.execute(delete(Speech).where(Speech.call_id == call.id))
    call.caller, call.draft, call.meta = "", {}, {}
    call.retailer = None


def name_of(call: Call) -> str:
    """What the audit trail calls a call."""
    return f"call {call.id}"


def _number(text: str) -> str | None:
    try:
        return phone.normalise(text)
    except phone.InvalidPhone:
        return None
