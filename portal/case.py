"""A case as the retailer has it: the raw record first, the ticket as soon as the job has made it."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from core.db import db
from core.errors import NotFound
from core.files import Attachment
from intake.models import IntakeRecord
from tickets import case_number
from tickets import queries as tickets
from tickets.models import Ticket


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

    @property
    def joined(self) -> Ticket | None:
        """The case that it was joined with, if that is his own too: two shops may tell us about one matter."""
        into = self.ticket.merged_into if self.ticket else None
        return into if into and into.contact_phone and into.contact_phone == self.ticket.contact_phone else None

    @property
    def attachments(self) -> list[Attachment]:
        """The retailer's own photos; never what staff put to their notes."""
        own = [file for message in (self.ticket.messages if self.ticket else ()) if message.kind == "in" for file in message.attachments]
        return own or (list(self.record.attachments) if self.record else [])


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
