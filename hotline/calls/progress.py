"""What is told of a case on the telephone: its state in plain words and the next date. Never names, never notes."""
from dataclasses import dataclass

from sqlalchemy import select

from core import clock
from core.db import db
from hotline.calls import words
from intake.models import IntakeRecord
from tickets import plain
from tickets import queries as tickets
from tickets.models import Ticket


@dataclass(frozen=True)
class Found:
    """A case by its number: the raw record, the ticket as soon as there is one."""

    record: IntakeRecord | None
    ticket: Ticket | None


def find(case_no: str) -> Found | None:
    """The case with this number; a joined one leads to the one in which it goes on. None if there is none."""
    ticket = tickets.any_by_case_no(case_no)
    record = db.session.scalar(select(IntakeRecord).filter_by(case_no=case_no))
    if ticket is None and record is None:
        return None
    while ticket is not None and ticket.merged_into is not None:
        ticket = ticket.merged_into
    return Found(record, ticket)


def said(found: Found) -> str:
    """The state of a case as it is said, in the language in force."""
    if _secret(found):
        return str(words.USE_LINK)
    title, _lead = plain.headline(found.ticket)
    due = plain.answer_by(found.ticket) if found.ticket else None
    if due is None:
        return str(words.STATE) % {"title": title}
    return str(words.STATE_LATE if due < clock.now() else words.STATE_DUE) % {"title": title, "time": words.moment(due)}


def _secret(found: Found) -> bool:
    # Whoever holds the number is not known to be who told us; of a sealed matter not even its state is told.
    if found.ticket is not None and (found.ticket.sealed or found.ticket.anonymous):
        return True
    return found.record is not None and (found.record.sealed or bool(found.record.raw.get("anonymous")))
