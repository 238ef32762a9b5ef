"""People at work during a proof: retailers at the public form, over HTTP, and one desk that moves their tickets on by the real services."""
import http.client
import itertools
import random
import threading
from collections.abc import Callable

from bench.retailer import Receipt, Refused, Retailer
from core.actor import SYSTEM, Actor
from core.db import db
from tests import builders
from tickets.models import Ticket
from tickets.services import closing, handling, replying, triaging

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
                with Retailer(self.url) as visitor:
                    self.receipts.append(visitor.file(f"第 {number} 次，货还没有送到", f"138{number:08}", f"小店 {number}"))
            except (Refused, OSError, http.client.HTTPException) as error:
                self.refused.append(repr(error))


class Desk:
    """The hotline, a handler and the boss in one, in a thread of its own until told to stop: dispatch, answer, now and then close."""

    def __init__(self, app):
        self.app, self.moved = app, 0
        self.faults: list[Exception] = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._work)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.stopped.set()
        self.thread.join()

    def _work(self) -> None:
        with self.app.app_context():
            while not self.stopped.wait(0.1):
                for state, step in STEPS.items():
                    self._move(state, step)

    def _move(self, state: str, step: Callable[[Ticket], None]) -> None:
        routed = (Ticket.state != "dispatched") | Ticket.assignee_id.is_not(None)
        query = db.select(Ticket).where(Ticket.state == state, routed).order_by(db.func.random()).limit(3).with_for_update(skip_locked=True)
        try:
            for ticket in db.session.scalars(query).all():
                step(ticket)
                self.moved += 1
            db.session.commit()
        except Exception as fault:  # seen by the test, after the killing
            self.faults.append(fault)
            db.session.rollback()


def _dispatch(ticket: Ticket) -> None:
    builders.classify(ticket)
    triaging.dispatch(ticket, SYSTEM)


def _answer(ticket: Ticket) -> None:
    handling.sign(ticket, builders.who(ticket.assignee))
    builders.write_answer(ticket, ticket.assignee)
    replying.submit(ticket, builders.who(ticket.assignee))
    replying.approve(ticket, _boss())


def _close(ticket: Ticket) -> None:
    if random.random() < 0.5:
        closing.close(ticket, _boss(), "upheld", "process.no_rule", "explained")


def _boss() -> Actor:
    return builders.who(db.session.scalar(db.select(builders.User).filter_by(login="boss")))


STEPS = {"received": _dispatch, "dispatched": _answer, "answered": _close}
