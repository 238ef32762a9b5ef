"""The months of triage: what is counted, what is not, and the tickets behind."""
import pytest

from core.db import db
from tests.builders import opened, staff, who
from tests.triage.small import PLAIN, run, small_model
from tickets.models import Ticket
from tickets.services import triaging
from triage import drift, queries, services


@pytest.fixture
def hotline(database):
    small_model(threshold=0.5)
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def dispatched(queue, text=PLAIN) -> Ticket:
    """A complaint that goes without a person."""
    made = opened(text, language="zh", contact_phone=f"+86138{len(text):08}")
    run(queue)
    assert queries.proposal(made).automatic
    return made


def correct(ticket, leaf, hotline):
    """Somebody says later that it is something else."""
    triaging.classify(ticket, hotline, db.session.get(services.Leaf, leaf), "S3", desired_outcome="none")
    services.decided(ticket, hotline)


def test_nothing_is_counted_before_there_is_a_model(database, queue):
    opened("货没到", language="zh")
    run(queue)
    assert drift.months() == []


def test_a_correction_stays_counted_as_automatic(hotline, queue):
    first, _second = dispatched(queue), dispatched(queue, PLAIN + "啊")
    proposal = queries.proposal(first)
    proposal.decided_leaf, proposal.decided_by_id = "PAY.DEBIT", hotline.id
    db.session.flush()
    month = drift.months()[-1]
    assert (month.read, month.automatic, month.corrected) == (2, 2, 1)
    manager = who(staff(roles=("manager",), leads=True, certificates={}))
    assert db.session.scalars(drift.behind(manager, month.first, "corrected")).all() == [first]
    assert db.session.scalar(db.select(db.func.count()).select_from(drift.behind(manager, month.first, "automatic").subquery())) == 2


def test_what_people_decided_is_compared_with_what_was_proposed(hotline, queue):
    small_model(threshold=1.0)
    for text, leaf in ((PLAIN, "DLV.LATE"), (PLAIN + "呢", "PAY.DEBIT")):
        made = opened(text, language="zh", contact_phone=f"+86139{len(text):08}")
        run(queue)
        correct(made, leaf, hotline)
    month = drift.months()[-1]
    assert (month.automatic, month.decided, month.right) == (0, 2, 1)
    assert drift.corrections() == {"PAY.DEBIT": 1}


@pytest.mark.parametrize("hidden", [{"sealed": True}, {"named_ids": [1]}])
def test_what_is_sealed_or_names_staff_moves_no_number(hotline, queue, hidden):
    dispatched(queue)
    other = dispatched(queue, PLAIN + "吧")
    before = drift.months()[-1]
    for name, value in hidden.items():
        setattr(other, name, value)
    db.session.flush()
    after = drift.months()[-1]
    assert (before.read, after.read, after.automatic) == (2, 1, 1)
    compliance = who(staff(roles=("compliance",), in_team=None, certificates={}))
    assert other not in db.session.scalars(drift.behind(compliance, after.first, "automatic")).all()
