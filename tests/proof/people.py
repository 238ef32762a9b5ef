"""People at work during a proof: retailers at the public form, over HTTP, and one desk that moves their tickets on by the real services."""
import http.client
import itertools
import random
import threading
from collections.abc import Callable

from bench.retailer import Receipt, Refused, Retailer
from core.actor import SYSTEM
from core.db import db
from tests import builders
from tickets.models import Ticket
from tickets.services import closing, handling, triaging

numbers = itertools.count(1)


class Crowd:
    """Some retailers who file one complaint after the other until told to stop."""

    def __init__(self, url: str, people: int, pause: float = 0.0):
        self.url, self.pause = url, pause
        self.receipts: list[Receipt] = []
        self.refused: list[str] = []
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self._file) for _ in range(people)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exc):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def _file(self) -> None:
        while not self.stopped.wait(self.pause):
            number = next(numbers)
            try:
                self.receipts.append(Retailer(self.url).file(f"第 {number} 次，货还没有送到", f"138{number:08}", f"小店 {number}"))
            except (Refused, OSError, http.client.HTTPException) as error:
                self.refused.append(repr(error))


class Desk:
    """The hotline, a handler and the boss in one, a step a ticket: dispatch, answer, now and then close."""

    def __init__(self):
        self.boss = db.session.scalar(db.select(builders.User).filter_by(login="boss"))

    def work(self, most: int = 5) -> int:
        """Move up to `most` tickets one step on, each in a transaction of its own; how many moved."""
        return sum(self._move(state, step, most) for state, step in (("received", self._dispatch), ("dispatched", self._answer), ("answered", self._close)))

    def _move(self, state: str, step: Callable[[Ticket], None], most: int) -> int:
        wanted = Ticket.state == state
        if state == "dispatched":
            wanted &= Ticket.assignee_id.is_not(None)
        query = db.select(Ticket).where(wanted).order_by(db.func.random()).limit(random.randrange(1, most)).with_for_update(skip_locked=True)
        moved = 0
        for ticket in db.session.scalars(query).all():
            step(ticket)
            moved += 1
        db.session.commit()
        return moved

    def _dispatch(self, ticket: Ticket) -> None:
        builders.classify(ticket)
        triaging.dispatch(ticket, SYSTEM)

    def _answer(self, ticket: Ticket) -> None:
        handling.sign(ticket, builders.who(ticket.assignee))
        builders.write_answer(ticket, ticket.assignee)
        handling.submit(ticket, builders.who(ticket.assignee))
        handling.approve(ticket, builders.who(self.boss))

    def _close(self, ticket: Ticket) -> None:
        closing.close(ticket, builders.who(self.boss), "upheld", "process.no_rule", "explained")
