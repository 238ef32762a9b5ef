"""What a worker does before it takes its first job."""
import worker
from core.db import db
from intake.models import IntakeRecord
from tickets.models import Ticket
from triage import services as triage


def rows() -> int:
    return sum(db.session.scalar(db.select(db.func.count()).select_from(model)) for model in (IntakeRecord, Ticket))


def test_the_rehearsal_leaves_nothing_behind(database, queue):
    worker.rehearse()
    db.session.commit()
    assert rows() == 0
    assert queue.waiting == []


def test_a_rehearsal_that_fails_does_not_keep_the_worker_from_its_work(database, queue, monkeypatch):
    def broken(ticket):
        raise RuntimeError("no such table")
    monkeypatch.setattr(triage, "understand", broken)
    worker.rehearse()
    assert rows() == 0
