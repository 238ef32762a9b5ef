"""A case as the retailer has it: the raw record first, the ticket as soon as the job has made it."""
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.files import Attachment
from intake.models import IntakeRecord
from portal import own
from tickets import case_number
from tickets import queries as tickets
from tickets.models import Message, Ticket


@dataclass(frozen=True)
class Case:
    """One of the two is always there; what both know is read from the ticket."""

    record: IntakeRecord | None
    ticket: Ticket | None

    @property
    def _known(self):
        return self.ticket or self.record

    @property
    def case_no(self) -> str:
        """The number that the retailer was told."""
        return self._known.case_no

    @property
    def shown(self) -> str:
        """The number in groups, as it is read aloud."""
        return case_number.show(self.case_no)

    @property
    def token(self) -> str:
        """The secret part of the tracking link."""
        return self._known.token

    @property
    def received_at(self) -> datetime:
        """When it came in."""
        return self._known.received_at

    @property
    def raw(self) -> dict:
        """What was filled in; empty for a ticket that did not come by a form."""
        return self.record.raw if self.record else {}

    @property
    def anonymous(self) -> bool:
        """True if nobody knows who tells it."""
        return self.ticket.anonymous if self.ticket else bool(self.raw.get("anonymous"))

    @property
    def nameless(self) -> bool:
        """True if no name of anybody is shown on its pages: sealed and anonymous ones."""
        return self.anonymous or self._known.sealed

    @property
    def is_report(self) -> bool:
        """True for a report, which gets no promise of an answer."""
        return (self.ticket.type if self.ticket else self.raw.get("kind")) == "report"

    @property
    def pin_hash(self) -> str | None:
        """What the PIN of an anonymous one is compared with."""
        return self._known.pin_hash

    @property
    def numbers(self) -> set[str]:
        """The phone numbers (E.164) that open it."""
        return {number for number in (self.raw.get("phone"), self.ticket and self.ticket.contact_phone) if number}

    @cached_property
    def messages(self) -> list[Message]:
        """What was said under this number; never the words of a case that it was joined with."""
        return own.messages(self.ticket) if self.ticket else []

    @property
    def attachments(self) -> list[Attachment]:
        """The retailer's own photos; never what staff put to their notes."""
        sent = [file for message in self.messages if message.kind == "in" for file in message.attachments]
        return sent or (list(self.record.attachments) if self.record else [])


def by_token(token: str) -> Case:
    """The case behind a link. Raises NotFound."""
    return _case(db.session.scalar(select(IntakeRecord).filter_by(token=token)), tickets.by_token(token))


def by_number(case_no: str) -> Case:
    """The case with this number, for somebody who must still prove that it is his. Raises NotFound."""
    return _case(db.session.scalar(select(IntakeRecord).filter_by(case_no=case_no)), tickets.any_by_case_no(case_no))


def ticket_of(token: str) -> Ticket:
    """The ticket behind a link. Raises NotFound while the job has not made it."""
    ticket = tickets.by_token(token)
    if ticket is None:
        raise NotFound("ticket")
    return ticket


def _case(record: IntakeRecord | None, ticket: Ticket | None) -> Case:
    if record is None and ticket is None:
        raise NotFound("case")
    return Case(record, ticket)
