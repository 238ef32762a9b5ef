"""A complaint is understood: proposals, automatic dispatch, sealing, what people decide."""
from datetime import timedelta

import pytest

from catalog import queries as catalog
from core import clock, settings
from core.db import db
from tests.builders import opened, retailer, staff, ticket, who
from tests.triage.small import PLAIN, run, small_model
from tickets.services import clocks, triaging
from triage import queries, services
from triage.models import TriageExample

BRIBE = "客户经理找我索要好处费，不给钱就不给我货，我要举报他"


@pytest.fixture
def model(database):
    return small_model(threshold=0.5)


def test_a_plain_complaint_is_dispatched_unseen(model, queue):
    made = opened(PLAIN, language="zh")
    run(queue)
    proposal = queries.proposal(made)
    assert (made.state, made.leaf_code, proposal.automatic, proposal.waits) == ("dispatched", "DLV.LATE", True, [])
    assert proposal.ranking[0]["p"] >= 0.5
    assert made.desired_outcome == "goods"


def test_an_unsure_one_waits_with_its_three_best(database, queue):
    small_model(threshold=1.0)
    made = opened(PLAIN, language="zh")
    run(queue)
    proposal = queries.proposal(made)
    assert (made.state, proposal.waits, proposal.automatic) == ("received", ["unsure"], False)
    assert len(proposal.ranking) == 3
    assert proposal.leaf == "DLV.LATE"


def test_without_a_model_everything_waits_for_one(database, queue):
    made = opened(PLAIN, language="zh")
    run(queue)
    assert queries.proposal(made).waits == ["no_model"]
    assert queries.unread() == []
    small_model(threshold=0.5)
    assert queries.unread() == [made.id]
    queue.enqueue("sweep_triage")
    run(queue)
    assert (made.state, queries.proposal(made).leaf, queries.proposal(made).waits) == ("dispatched", "DLV.LATE", [])
    assert queries.unread() == []


def test_a_lost_reading_is_found_by_the_sweep(model, queue):
    made = opened(PLAIN, language="zh")
    queue.clear()
    queue.enqueue("sweep_triage")
    run(queue)
    assert made.state == "dispatched"


def test_reading_twice_changes_nothing(model, queue):
    made = opened(PLAIN, language="zh")
    run(queue)
    first = queries.proposal(made).at
    queue.enqueue("understand", made.id)
    run(queue)
    assert queries.proposal(made).at == first


def test_what_may_be_sealed_is_sealed_and_never_dispatched(model, queue):
    settings.put("seal_words", "")
    made = opened(BRIBE, language="zh")
    assert not made.sealed
    run(queue)
    assert made.sealed
    assert made.state == "received"
    assert "sealed" in queries.proposal(made).waits


def test_what_reads_like_a_report_is_to_be_passed_on_before_anybody_decides(model, queue):
    """Whatever the administrator calls a report: here the sealed category that this small model knows."""
    catalog.leaf("SVC.CONDUCT").type = "report"
    plain, made = opened(PLAIN, language="zh"), opened(BRIBE, language="zh")
    run(queue)
    assert [one.started_at for one in clocks.running(made, "pass_on")] == [made.received_at]
    assert clocks.running(plain, "pass_on") == []


def test_a_matter_that_is_told_twice_makes_a_person_look(model, queue):
    shop = retailer()
    opened("星期二的货到今天都没有送来", shop=shop, language="zh")
    run(queue)
    second = opened(PLAIN, shop=shop, language="zh")
    run(queue)
    assert second.state == "received"
    assert "possible_double" in queries.proposal(second).waits


def test_another_matter_of_the_shop_goes_its_way(model, queue):
    shop = retailer()
    with clock.frozen(clock.now() - timedelta(hours=5)):
        opened("多扣了我两笔钱", shop=shop, language="zh")
        run(queue)
    second = opened(PLAIN, shop=shop, language="zh")
    run(queue)
    assert second.state == "dispatched"


def test_switched_off_nothing_is_dispatched(model, queue):
    settings.put("triage_automatic", False)
    made = opened(PLAIN, language="zh")
    run(queue)
    assert (made.state, queries.proposal(made).waits) == ("received", ["switched_off"])


def test_the_class_of_the_shop_changes_nothing(model, queue):
    found = []
    for service_class in ("key", "ordinary", "basic"):
        made = opened(PLAIN, shop=retailer(service_class=service_class), language="zh")
        run(queue)
        found.append((made.leaf_code, made.severity, queries.proposal(made).ranking))
    assert found[0] == found[1] == found[2]


def test_a_decision_becomes_an_example_and_goes_with_its_ticket(database):
    made = ticket("received")
    leaf = db.session.get(services.Leaf, "PAY.DEBIT")
    triaging.classify(made, who(staff(roles=("hotline",), in_team="hotline", certificates={})), leaf, "S3", desired_outcome="money")
    services.decided(made, who(staff(roles=("hotline",), in_team="hotline", certificates={})))
    row = db.session.scalar(db.select(TriageExample).filter_by(ticket_id=made.id))
    assert (row.leaf_code, row.text) == ("PAY.DEBIT", "The goods have not come.")


@pytest.mark.parametrize("secret", [{"anonymous": True}, {"confidential": True}])
def test_secret_matters_are_never_learned_from(database, secret):
    made = opened("A quiet matter", **secret)
    made.leaf_code = "PAY.DEBIT"
    services.decided(made, who(staff(roles=("compliance",), in_team="compliance", certificates={})))
    assert db.session.scalar(db.select(TriageExample).filter_by(ticket_id=made.id)) is None
