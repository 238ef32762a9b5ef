"""Texts as they arrive, for tests: a sender, a clock that is moved by hand, and the jobs that have come due."""
import itertools
from datetime import timedelta

from core import clock
from core.db import db
from hotline.texts import services
from intake.models import IntakeRecord
from tickets.models import Ticket

numbers = itertools.count(1)
PHONE = "+8613800137001"


class Phone:
    """A number that texts us. Every text comes `after` seconds later than the one before; the jobs run when they are due."""

    def __init__(self, queue, number: str = PHONE, start=None):
        self.queue, self.number, self.now = queue, number, start or clock.now()

    def text(self, body: str, after: float = 1, sid: str | None = None, settle: bool = False, **fields) -> IntakeRecord:
        """Send one text and run what is due at its moment; with `settle` also what is due some minutes later."""
        self.wait(after)
        with clock.frozen(self.now):
            record, _new = services.arrive("twilio", {"MessageSid": sid or f"SM{next(numbers):032}", "From": self.number, "To": "+8657112345",
                                                      "Body": body, "NumMedia": "0"} | fields, clock.now())
            db.session.commit()
            self.queue.run()
        if settle:
            self.wait(200)
        return record

    def say(self, body: str, after: float = 1, **fields) -> Ticket | None:
        """Send one text, wait until it is acted on, and give the ticket in which it stands."""
        record = self.text(body, after, settle=True, **fields)
        return db.session.get(Ticket, record.ticket_id) if record.ticket_id else None

    def wait(self, seconds: float) -> None:
        """Let time pass; a job runs when its moment comes."""
        until = self.now + timedelta(seconds=seconds)
        while due := [entry[0] for entry in self.queue.later if entry[0] <= until]:
            self.now = max(self.now, min(due))
            self.run()
        self.now = until
        self.run()

    def run(self) -> None:
        with clock.frozen(self.now):
            db.session.commit()
            self.queue.run()
