"""Before a message goes out: may it, and may it now? Asked at the last moment, because what was true when it was written may have changed."""
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import and_, func, or_, select

from core import locks, organisation, settings
from core.db import db
from core.settings import Setting
from notifications import manners
from notifications.models import OutboundMessage
from retailers.queries import opted_out
from tickets import kin
from tickets.models import Message

settings.define(
    Setting("sms_daily_cap", "int", 8, "messages", "Text messages to one number a day at most, not counting answers to its own (0: no limit)"),
    Setting("quiet_from", "time", "21:00", "messages", "Text messages that are not urgent rest from (local time)"),
    Setting("quiet_until", "time", "08:00", "messages", "Text messages that are not urgent rest until (local time)"),
)

MOST_ALIKE = 3  # carriers refuse further repeats within a day
ON_THEIR_WAY = ("sending", "sent", "delivered", "unknown")
# Others wait behind a message that finds its gateway down, but not for ever: perhaps it is this message that breaks the gateway.
PATIENT_TRIES = 7


@dataclass(frozen=True)
class Held:
    """Why a message does not go out now (a code); `until` is None if it never will."""

    reason: str
    until: datetime | None = None


def held(row: OutboundMessage, gateway: str, now: datetime) -> Held | None:
    """What keeps a message from going out through `gateway` now; None if nothing does. The caller holds the row's lock."""
    rules = (_behind,) if row.user_id is not None else (_overtaken, _opted_out, *(TEXT_RULES if row.channel == "sms" else ()), _behind)
    found = (rule(row, gateway, now) for rule in rules)
    return next((one for one in found if one is not None), None)


def _overtaken(row: OutboundMessage, _gateway: str, _now: datetime) -> Held | None:
    if row.message_id is None:
        return None
    if row.purpose == "notice" and kin.settled(row.ticket):
        return Held("overtaken")  # that we know is no news any more: the answer comes
    newer = select(Message.id).where(Message.ticket_id == row.ticket_id, Message.purpose == row.purpose, Message.id > row.message_id).exists()
    latest = not db.session.scalar(select(newer))
    return Held("overtaken") if manners.overtaken(row.purpose, row.ticket.state, latest) else None


def _opted_out(row: OutboundMessage, _gateway: str, _now: datetime) -> Held | None:
    return Held("opted_out") if opted_out(row.address) else None


def _repeated(row: OutboundMessage, _gateway: str, now: datetime) -> Held | None:
    locks.hold_for("to", row.address)  # two workers must not both find room for one more
    alike = _count(row, now - timedelta(hours=24), OutboundMessage.body == row.body)
    return Held("repeated") if alike >= MOST_ALIKE else None


def _over_cap(row: OutboundMessage, _gateway: str, now: datetime) -> Held | None:
    most = settings.get("sms_daily_cap")
    if not most or row.purpose in manners.PROMPTED:
        return None
    today = manners.midnight(now, organisation.zone())
    return Held("cap") if _count(row, today, OutboundMessage.purpose.not_in(manners.PROMPTED)) >= most else None


def _count(row: OutboundMessage, since: datetime, condition) -> int:
    return db.session.scalar(select(func.count()).select_from(OutboundMessage).where(
        OutboundMessage.address == row.address, OutboundMessage.claimed_at >= since, OutboundMessage.state.in_(ON_THEIR_WAY),
        OutboundMessage.id != row.id, condition))


def _quiet(row: OutboundMessage, _gateway: str, now: datetime) -> Held | None:
    then = rest_ends(row.purpose, row.ticket and row.ticket.severity, now)
    return Held("quiet", then) if then else None


def rest_ends(purpose: str, severity: str | None, now: datetime) -> datetime | None:
    """When a text of this purpose may go out that rests `now` (UTC); None if it does not rest."""
    if not manners.keeps_quiet_hours(purpose, severity):
        return None
    begins, ends = (time.fromisoformat(settings.get(key)) for key in ("quiet_from", "quiet_until"))
    then = manners.after_rest(now, begins, ends, organisation.zone())
    return then if then > now else None


def _behind(row: OutboundMessage, gateway: str, now: datetime) -> Held | None:
    """While a gateway is down its oldest message knocks and the others wait behind it: so they go out in the order of their age."""
    first = db.session.scalar(select(OutboundMessage.not_before).where(
        OutboundMessage.state == "queued", OutboundMessage.gateway == gateway, OutboundMessage.reason == "gateway_down",
        OutboundMessage.not_before > now, OutboundMessage.attempts.between(1, PATIENT_TRIES - 1),
        or_(OutboundMessage.created_at < row.created_at, and_(OutboundMessage.created_at == row.created_at, OutboundMessage.id < row.id)),
    ).order_by(OutboundMessage.created_at, OutboundMessage.id).limit(1))
    return Held("gateway_down", first) if first else None


TEXT_RULES = (_repeated, _over_cap, _quiet)


def release(gateway: str, now: datetime) -> None:
    """The gateway works again: what waited behind its silence is due."""
    waiting = select(OutboundMessage.id).where(
        OutboundMessage.state == "queued", OutboundMessage.gateway == gateway, OutboundMessage.reason == "gateway_down",
        OutboundMessage.not_before > now).order_by(OutboundMessage.id).with_for_update(skip_locked=True)
    db.session.execute(db.update(OutboundMessage).where(OutboundMessage.id.in_(waiting)).values(not_before=now)
                       .execution_options(synchronize_session=False))
