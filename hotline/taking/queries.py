"""Reading calls: those in progress, those to write down or to return, a day's, and whom a number may belong to."""
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from core import settings
from core.actor import Actor
from core.db import db
from hotline.models import Call, Speech
from hotline.taking.lines import Line, lines
from retailers.models import Retailer
from tickets import queries as tickets
from tickets.models import Ticket

BACK = ("missed", "abandoned", "callback")
MOST = 200
FEW = 6
SHOWN_WITH = (joinedload(Call.retailer), joinedload(Call.answered_by))

# Nobody has done anything with it yet, and no message of it became a ticket by itself.
_UNTOUCHED = and_(Call.state == "ended", Call.filed_as.is_(None), Call.intake_id.is_(None))
_WANTS_CALL = or_(Call.outcome.in_(BACK), Call.meta.has_key("call_back"))
TO_RETURN = and_(_UNTOUCHED, _WANTS_CALL)
TO_WRITE = and_(_UNTOUCHED, ~_WANTS_CALL, or_(Call.outcome == "answered", Call.answered_by_id.is_not(None)))


def live() -> list[Call]:
    """Calls that have not ended and that nobody has filed, whoever waits longest first."""
    return _read(and_(Call.state != "ended", Call.filed_as.is_(None)), Call.waiting_at.asc().nulls_last(), Call.began_at)


def to_write() -> list[Call]:
    """Calls that somebody answered and nobody has filed, the oldest first."""
    return _read(TO_WRITE, Call.began_at)


def to_return() -> list[Line]:
    """Calls that nobody answered, and those back that were promised: a line for each number."""
    return lines(_read(TO_RETURN, Call.began_at.desc()))


def of_number(number: str) -> list[Call]:
    """Every unanswered call of a number that waits to be returned."""
    return _read(and_(TO_RETURN, Call.caller == number), Call.began_at) if number else []


def not_kept_from(actor: Actor):
    """A condition on Call: its ticket is not kept from this reader because it names him or somebody near him."""
    return ~exists().where(Ticket.id == Call.ticket_id, tickets.kept_from(actor))


def began_since(actor: Actor, at: datetime) -> list[Call]:
    """Calls that came in since an instant, as far as this reader may know of them; those begun by hand did not come in."""
    return list(db.session.scalars(select(Call).where(Call.began_at >= at, Call.provider != "desk", not_kept_from(actor))))


def begun_by_hand(actor: Actor, at: datetime) -> int:
    """How many calls were begun by hand since an instant, as far as this reader may know of them."""
    return db.session.scalar(select(func.count()).select_from(Call).where(Call.began_at >= at, Call.provider == "desk", not_kept_from(actor)))


def longest_waiting(locked: bool = False) -> Call | None:
    """Whoever has waited longest for somebody to answer."""
    query = select(Call).where(Call.state == "waiting").order_by(Call.waiting_at.asc().nulls_last(), Call.began_at).limit(1)
    return db.session.scalar(query.with_for_update(skip_locked=True) if locked else query)


def in_hand(user_id: int) -> Call | None:
    """The call that somebody has taken and not filed yet, the latest one."""
    query = select(Call).where(Call.answered_by_id == user_id, Call.filed_as.is_(None), Call.state == "talking")
    return db.session.scalar(query.order_by(Call.answered_at.desc()).limit(1))


def shops_of(number: str) -> list[Retailer]:
    """Shops with this number, by name."""
    if not number:
        return []
    return list(db.session.scalars(select(Retailer).where(Retailer.active, Retailer.phone == number).order_by(Retailer.shop_name)))


def shop_of(call: Call) -> Retailer | None:
    """The shop that the caller speaks for: the chosen one, or the only one with his number unless somebody said that it is not."""
    if call.retailer is not None or call.meta.get("another_shop"):
        return call.retailer
    shops = shops_of(call.caller)
    return shops[0] if len(shops) == 1 else None


def old_noise(now: datetime) -> list[Call]:
    """Calls put aside as noise, without a ticket that says when, long enough ago that still have a number or words; locked."""
    old = and_(Call.filed_as == "noise", Call.ticket_id.is_(None), Call.filed_at < now - timedelta(days=settings.get("noise_days")))
    kept = or_(Call.caller != "", exists().where(Speech.call_id == Call.id))
    return list(db.session.scalars(select(Call).where(old, kept).order_by(Call.id).limit(MOST).with_for_update(skip_locked=True)))


def _read(condition, *order) -> list[Call]:
    return list(db.session.scalars(select(Call).where(condition).options(*SHOWN_WITH).order_by(*order, Call.id).limit(MOST)))
