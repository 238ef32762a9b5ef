"""What was said under one case number. Joined cases share a thread among staff, but no link ever shows the other one's words.

That both are one man's is only what their senders said of themselves: whoever types another's phone number must not read his words.
"""
from core.db import db
from intake.models import IntakeRecord
from tickets import queries as tickets
from tickets.models import Message, Ticket
from tickets.services import second_matters


def messages(ticket: Ticket) -> list[Message]:
    """Everything said under the number of this ticket, the oldest first; a joined one keeps what it had before."""
    said = _held(_handed_over(ticket)) if ticket.state == "merged" else ticket.messages
    sources = _sources(said)
    others = {number: found for number in _numbers(sources) - {ticket.case_no} if (found := tickets.any_by_case_no(number))}
    theirs = {number for other in others.values() if other.state == "merged" for number in _handed_over(other)}
    return [m for m in said if m.id not in theirs and not _foreign(ticket, others, sources.get(m.intake_id, set()))]


def continued(ticket: Ticket) -> list[Ticket]:
    """The new cases that were made of words which came after this one had ended."""
    later = (tickets.any_by_case_no(m.body) for m in ticket.messages if m.kind == "system" and m.purpose == "continued")
    return [found for found in later if found is not None]


def beside(ticket: Ticket) -> list[Ticket]:
    """The other matters of this retailer that were told in the same words.

    The page of what left a sealed matter never leads back: its link stands in messages that others of us read.
    """
    first = second_matters.told_with(ticket)
    found = [matter.linked for matter in second_matters.of(ticket) if matter.linked is not None]
    return found + ([first.ticket] if first is not None and (ticket.sealed or not first.ticket.sealed) else [])


def _handed_over(ticket: Ticket) -> list[int]:
    return ticket.facts["merged"]["messages"]


def _held(ids: list[int]) -> list[Message]:
    return list(db.session.scalars(db.select(Message).where(Message.id.in_(ids)).order_by(Message.at, Message.id)))


def _sources(said: list[Message]) -> dict[int, set[str]]:
    """By which case numbers each arrival goes: its own, and the one that its sender named."""
    ids = {m.intake_id for m in said if m.intake_id}
    records = db.session.scalars(db.select(IntakeRecord).where(IntakeRecord.id.in_(ids))) if ids else ()
    return {record.id: {record.case_no, record.raw.get("continues")} - {None} for record in records}


def _numbers(sources: dict[int, set[str]]) -> set[str]:
    return set().union(*sources.values())


def _foreign(ticket: Ticket, others: dict[str, Ticket], numbers: set[str]) -> bool:
    return ticket.case_no not in numbers and not numbers.isdisjoint(others)
