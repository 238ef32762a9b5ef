"""Removing what wrong numbers and advertising left behind. The row, its number and its audit trail stay."""
from datetime import datetime, timedelta

from sqlalchemy import select, text

from core import files, settings
from core.audit import AuditEntry, Did
from core.db import db
from core.files import Attachment
from core.settings import Setting
from tickets.models import Message, Ticket

settings.define(Setting("noise_days", "int", 30, "privacy", "Days after which the words of declined noise are removed"))

WORDS = {"subject": "—", "wish": "", "problem": "", "order_no": "", "occurred": "", "amount": "", "shop_text": "", "contact_name": "",
         "contact_phone": None, "contact_email": None, "search_tokens": ""}


def removable(now: datetime) -> list[int]:
    """Ids of tickets declined as noise long enough ago that still have words."""
    noise = select(AuditEntry.ticket_id).where(AuditEntry.action == Did.TICKET_MOVED.value,
                                               AuditEntry.detail["event"].astext == "decline_noise")
    return list(db.session.scalars(
        select(Ticket.id).where(Ticket.state == "declined", Ticket.ended_at < now - timedelta(days=settings.get("noise_days")),
                                Ticket.id.in_(noise), Ticket.messages.any()).order_by(Ticket.id)))


def remove(ticket: Ticket) -> None:
    """Empty the raw record, the thread, the files and the identity of one ticket."""
    for attachment in db.session.scalars(select(Attachment).filter_by(ticket_id=ticket.id)):
        files.discard(attachment)
    db.session.flush()
    db.session.execute(db.delete(Message).where(Message.ticket_id == ticket.id))
    db.session.expire(ticket, ["messages"])
    for column, empty in WORDS.items():
        setattr(ticket, column, empty)
    _empty_raw(ticket)
    _empty_transcripts(ticket)
    _forget_reading(ticket)


def _empty_raw(ticket: Ticket) -> None:
    # Named in SQL because intake lies above tickets; its trigger refuses a change of `raw` without this switch.
    db.session.execute(text("SET LOCAL redress.purge = 'on'"))
    db.session.execute(text("UPDATE intake_record SET raw = '{}'::jsonb, meta = '{}'::jsonb, sender = NULL WHERE ticket_id = :id"), {"id": ticket.id})
    db.session.execute(text("SET LOCAL redress.purge = 'off'"))
    db.session.execute(text("UPDATE outbound_message SET address = '', body = '' WHERE ticket_id = :id"), {"id": ticket.id})


def _empty_transcripts(ticket: Ticket) -> None:
    # The same words once more, and those of our own people beside them; the trigger on `original` wants the switch too.
    db.session.execute(text("SET LOCAL redress.purge = 'on'"))
    db.session.execute(text("""UPDATE transcript SET original = '', filename = '', turns = '[]'::jsonb, marks = '[]'::jsonb
                               WHERE ticket_id = :id OR intake_id IN (SELECT id FROM intake_record WHERE ticket_id = :id)
                               OR call_id IN (SELECT id FROM call WHERE ticket_id = :id)"""), {"id": ticket.id})
    db.session.execute(text("SET LOCAL redress.purge = 'off'"))


def _forget_reading(ticket: Ticket) -> None:
    # What triage read and learned from it, in SQL for the same reason.
    db.session.execute(text("DELETE FROM second_matter WHERE ticket_id = :id"), {"id": ticket.id})
    db.session.execute(text("DELETE FROM triage_example WHERE ticket_id = :id"), {"id": ticket.id})
    db.session.execute(text("UPDATE triage_proposal SET facts = '{}'::jsonb, hits = '[]'::jsonb WHERE ticket_id = :id"), {"id": ticket.id})
