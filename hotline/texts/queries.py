"""What the hotline knows about the sender of a text: what he wrote of late, and his own matters."""
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from core import clock
from core.db import db
from intake.models import IntakeRecord
from retailers import queries as retailers
from tickets.lifecycle import OPEN
from tickets.models import Message, Ticket
from tickets.services import closing

LONG_AGO = timedelta(days=60)
MOST = 20
SPOKEN = ("in", "out", "call")


def between(sender: str, since: datetime, until: datetime, lock: bool = False) -> list[IntakeRecord]:
    """The texts of one sender between two instants, in the order in which they came; locked in a fixed order if asked."""
    query = select(IntakeRecord).where(IntakeRecord.channel == "sms", IntakeRecord.sender == sender, IntakeRecord.received_at.between(since, until))
    rows = db.session.scalars((query.order_by(IntakeRecord.id).with_for_update() if lock else query), execution_options={"populate_existing": lock})
    return sorted(rows, key=lambda row: (row.received_at, row.id))


def usual_language(number: str | None) -> str:
    """The language in which this number is spoken to: as in its last ticket, else as on the shop's card, else Chinese."""
    if not number:
        return "zh"
    last = db.session.scalar(select(Ticket.language).where(Ticket.contact_phone == number).order_by(Ticket.id.desc()).limit(1))
    shops = retailers.all_by_phone(number) if last is None else ()
    return last or next((shop.language for shop in shops), "zh")


def own(number: str | None) -> list[Ticket]:
    """The tickets of a number that are open, or closed but not too long ago to be opened again; the one spoken of last first.

    A ticket of the shop counts too, unless its teller wanted it kept from others in the shop.
    """
    if not number:
        return []
    lasting = or_(Ticket.state.in_(OPEN), and_(Ticket.state == "closed", Ticket.ended_at > clock.now() - LONG_AGO))
    found = db.session.scalars(select(Ticket).where(_of(number), lasting).order_by(Ticket.received_at.desc()).limit(MOST)).all()
    spoken = last_words([ticket.id for ticket in found])
    lively = [ticket for ticket in found if ticket.is_open or closing.redo_open(ticket)]
    return sorted(lively, key=lambda ticket: spoken.get(ticket.id, ticket.received_at), reverse=True)


def own_case(number: str, case_no: str) -> Ticket | None:
    """The ticket with this case number, in whatever state, if it is the sender's own."""
    return db.session.scalar(select(Ticket).where(Ticket.case_no == case_no, _of(number)))


def surviving(ticket: Ticket) -> Ticket:
    """The ticket in which a merged one goes on."""
    while ticket.merged_into_id is not None:
        ticket = db.session.get(Ticket, ticket.merged_into_id)
    return ticket


def last_words(ticket_ids) -> dict[int, datetime]:
    """When something was last said in each ticket, by either side."""
    return dict(db.session.execute(select(Message.ticket_id, func.max(Message.at)).where(
        Message.ticket_id.in_(ticket_ids), Message.kind.in_(SPOKEN)).group_by(Message.ticket_id)).all())


def pending_withdrawal(number: str, since: datetime) -> IntakeRecord | None:
    """The last text since then by which this number wanted a case withdrawn and was asked to confirm."""
    return db.session.scalar(select(IntakeRecord).where(
        IntakeRecord.channel == "sms", IntakeRecord.sender == number, IntakeRecord.received_at > since, IntakeRecord.meta.has_key("withdraw"))
        .order_by(IntakeRecord.received_at.desc(), IntakeRecord.id.desc()).limit(1))


def _of(number: str):
    shops = [shop.id for shop in retailers.all_by_phone(number)]
    open_to_the_shop = and_(Ticket.retailer_id.in_(shops), ~Ticket.confidential, ~Ticket.sealed)
    return or_(Ticket.contact_phone == number, open_to_the_shop) if shops else Ticket.contact_phone == number


def parts_of(intake_ids) -> dict[int, int]:
    """Of how many texts each of these records speaks, where it is more than one."""
    ids = [number for number in intake_ids if number]
    if not ids:
        return {}
    found = db.session.execute(select(IntakeRecord.joined_to_id, func.count()).where(
        IntakeRecord.joined_to_id.in_(ids), IntakeRecord.recognised_as == "part").group_by(IntakeRecord.joined_to_id))
    return {head: count + 1 for head, count in found}
