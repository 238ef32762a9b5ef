"""Models: versions, which one is live, what a correction changes."""
from datetime import timedelta

import pytest

from core import clock, settings
from core.audit import AuditEntry
from core.db import db
from core.errors import DomainError
from tests.builders import opened, staff, who
from tests.triage.small import run, small_model
from tickets.services import noise, triaging
from triage import learning, loaded, queries, services
from triage.models import TriageExample, TriageModel

NEW_WORD = "我要查一下那个云卡账户的事"


@pytest.fixture
def hotline(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def decide(text, leaf, hotline, queue):
    """A complaint that a person gives this category."""
    made = opened(text, language="zh")
    run(queue)
    triaging.classify(made, hotline, db.session.get(services.Leaf, leaf), "S3", desired_outcome="none")
    services.decided(made, hotline)
    return made


def test_the_first_model_is_wanted_and_goes_live(database):
    assert learning.is_wanted()
    model = small_model()
    assert (model.live, queries.live_model().id) == (True, model.id)
    assert 0.6 < model.scores["accuracy"] <= 1
    assert model.scores["automatic_wrong"] <= 0.05
    assert not learning.is_wanted()


def test_corrections_change_the_next_proposal(hotline, queue):
    small_model(threshold=1.0)
    before = opened(NEW_WORD, language="zh")
    run(queue)
    wrong = queries.proposal(before).leaf
    right = "PAY.DEBIT" if wrong != "PAY.DEBIT" else "DLV.COUNT"
    settings.put("triage_learn_after", 2)
    for text in ("云卡账户里怎么没有记录", "帮我看下云卡账户，对不上", "云卡账户的事谁管"):
        decide(text, right, hotline, queue)
    assert learning.is_wanted()
    queue.enqueue("learn_triage")
    run(queue)
    after = opened(NEW_WORD + "啊", language="zh")
    run(queue)
    assert (wrong, queries.proposal(after).leaf) == (wrong, right)
    assert queries.live_model().from_people == 3


def test_a_day_with_one_decision_is_enough(hotline, queue, monkeypatch):
    small_model(threshold=1.0)
    decide("扣了两次", "PAY.DEBIT", hotline, queue)
    assert not learning.is_wanted()
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert learning.is_wanted()


def test_a_worse_model_does_not_go_live(database):
    first = small_model()
    wrong = db.session.scalars(db.select(TriageExample).order_by(TriageExample.id)).all()
    for number, row in enumerate(wrong):  # nonsense: every second example says another category
        if number % 2:
            row.leaf_code = ("DLV.LATE", "PAY.DEBIT", "DLV.COUNT")[number % 3]
    second = learning.learn()
    assert (second.live, second.refused, queries.live_model().id) == (False, "worse", first.id)
    learning.make_live(second, who(staff(roles=("admin",), in_team=None, certificates={})))
    assert queries.live_model().id == second.id
    assert loaded.current().id == second.id
    assert db.session.scalar(db.select(AuditEntry).filter_by(action="triage_model.live", target=str(second.id)))


def test_only_the_newest_can_be_taken_back(database, monkeypatch):
    monkeypatch.setattr(learning, "MODELS_KEPT", 1)
    first = small_model()
    learning.learn()
    db.session.refresh(first)
    assert not first.usable
    assert db.session.scalar(db.select(db.func.count()).select_from(TriageModel)) == 2


def test_a_model_of_another_scikit_learn_is_never_read(database):
    model = small_model()
    model.made_with = "0.1"
    db.session.flush()
    assert loaded.current() is None
    assert learning.is_wanted()


def test_nothing_to_learn_from_is_said(database):
    db.session.execute(db.delete(TriageExample))
    assert not learning.is_wanted()
    with pytest.raises(DomainError):
        learning.learn()


def test_what_is_sealed_later_is_not_learned_from(hotline, queue):
    small_model(threshold=1.0)
    made = decide("扣了两次", "PAY.DEBIT", hotline, queue)
    assert learning.learn().from_people == 1
    made.sealed = True
    assert learning.learn().from_people == 0


def test_the_words_of_noise_go_after_their_time(hotline, queue):
    small_model(threshold=1.0)
    made = decide("张阿姨在吗 138 0000 1234", "OTH.NOISE", hotline, queue)
    noise.remove(made)
    assert db.session.scalar(db.select(TriageExample).filter_by(ticket_id=made.id)) is None
    proposal = queries.proposal(made)
    db.session.refresh(proposal)
    assert (proposal.facts, proposal.hits) == ({}, [])
