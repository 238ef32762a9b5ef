"""What waits to be said or sent, and the notices of a member of staff."""
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select

from catalog.models import NOISE
from core.db import db
from notifications.models import Notice, OutboundMessage
from retailers.models import OptOut
from tickets.models import Message, Ticket

BEFORE_THE_ANSWER = ("received", "needs_info", "dispatched", "in_progress", "in_review")
JUST_NOW = timedelta(seconds=30)
ACK_AFTER = timedelta(minutes=1)
ACK_UNTIL = timedelta(days=3)
CLOSE_UNTIL = timedelta(days=1)
STUCK = timedelta(minutes=3)
MOST = 500


def _said(*key):
    return select(Message.id).where(Message.dedupe_key == func.concat(*key)).exists()


def _opted_out():
    return select(OptOut.address).where(OptOut.address == _address()).exists()


def _address():
    return func.coalesce(Ticket.contact_phone, Ticket.contact_email)


def ack_wanted():
    """The SQL of "this ticket is still to be acknowledged": it can be read somewhere, no machine seems to have sent it, nobody opted out.

    Without an address the words still stand on the tracking page, for whoever filed it there.
    """
    unclear = and_(Ticket.state == "received", Ticket.facts.has_key("perhaps_noise"))  # a stranger is not written to before somebody has looked
    readable = or_(_address().is_not(None), Ticket.anonymous, Ticket.channel == "web")
    return and_(Ticket.state.in_(BEFORE_THE_ANSWER), Ticket.leaf_code.is_distinct_from(NOISE), readable, ~Ticket.facts.has_key("suspect"), ~unclear,
                ~_said("ack:", Ticket.id), ~_opted_out())


def closing_wanted():
    """The SQL of "this ticket's closing words are still to be sent". Nobody is called just to hear that it is over."""
    return and_(Ticket.state == "closed", _address().is_not(None), ~_opted_out(),
                ~_said("close:", Ticket.id, ":", Ticket.redos + 1))


def holds(ticket_id: int, condition) -> bool:
    """True if `condition` holds for this ticket as the database has it now."""
    return db.session.scalar(select(Ticket.id).where(Ticket.id == ticket_id, condition)) is not None


def unacknowledged(now: datetime) -> list[int]:
    """Ids of tickets of the last days whose acknowledgement was lost."""
    return _ids(ack_wanted(), Ticket.received_at.between(now - ACK_UNTIL, now - ACK_AFTER))


def unclosed(now: datetime) -> list[int]:
    """Ids of tickets closed within a day whose closing words were lost."""
    return _ids(closing_wanted(), Ticket.ended_at.between(now - CLOSE_UNTIL, now - ACK_AFTER))


def untold(now: datetime) -> list[int]:
    """Ids of tickets whose handler has not heard of them although they wait for his signature."""
    told = select(Notice.id).where(Notice.ticket_id == Ticket.id, Notice.user_id == Ticket.assignee_id, Notice.kind == "assigned").exists()
    return _ids(Ticket.state == "dispatched", Ticket.assignee_id.is_not(None), Ticket.dispatched_at < now - ACK_AFTER, ~told)


def _ids(*conditions) -> list[int]:
    return list(db.session.scalars(select(Ticket.id).where(*conditions).order_by(Ticket.id).limit(MOST)))


def said(dedupe_key: str) -> bool:
    """True if words went out under this key."""
    return db.session.scalar(select(OutboundMessage.id).where(OutboundMessage.dedupe_key == dedupe_key)) is not None


def times_said(number: str, purpose: str, since: datetime) -> int:
    """How often words of this kind went out to this number since an instant."""
    return db.session.scalar(select(func.count()).select_from(OutboundMessage).where(
        OutboundMessage.address == number, OutboundMessage.purpose == purpose, OutboundMessage.created_at > since))


def undelivered(now: datetime) -> list[int]:
    """Ids of words in the thread that should go out and for which no outbound message was made."""
    made = select(OutboundMessage.id).where(OutboundMessage.message_id == Message.id).exists()
    return list(db.session.scalars(select(Message.id).where(Message.kind == "out", Message.delivery == "queued", Message.at < now - JUST_NOW, ~made)
                                   .order_by(Message.id).limit(MOST)))


def sendable(now: datetime, lane: str) -> list[int]:
    """Ids of outbound messages of a lane whose time has come and whose job was lost, the oldest first.

    Whoever has opted out meanwhile waits for no time: that his words will not go out is to be seen, and somebody to call, at once.
    """
    stopped = and_(OutboundMessage.user_id.is_(None), exists().where(OptOut.address == OutboundMessage.address))
    due = or_(OutboundMessage.not_before.is_(None), OutboundMessage.not_before <= now, stopped)
    return list(db.session.scalars(select(OutboundMessage.id).where(
        OutboundMessage.state == "queued", OutboundMessage.lane == lane, OutboundMessage.created_at < now - JUST_NOW, due)
        .order_by(OutboundMessage.created_at, OutboundMessage.id).limit(MOST)))


def stuck(now: datetime) -> list[int]:
    """Ids of outbound messages whose worker went away while sending."""
    return list(db.session.scalars(select(OutboundMessage.id).where(OutboundMessage.state == "sending", OutboundMessage.claimed_at < now - STUCK)))


def notices(user_id: int):
    """A select of somebody's notices, the newest first."""
    return select(Notice).filter_by(user_id=user_id).order_by(Notice.id.desc())


def unread(user_id: int) -> int:
    """How many notices somebody has not read."""
    return db.session.scalar(select(func.count()).select_from(Notice).filter_by(user_id=user_id, read_at=None))
