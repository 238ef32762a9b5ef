"""What people do with an item: nothing without cause, criterion and date; actions by their day; QA confirms, never the owner."""
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock
from core.actor import SYSTEM
from core.audit import AuditEntry
from core.db import db
from core.errors import DomainError, NotAllowed
from reporting.improvement import services
from reporting.improvement.models import ImprovementItem
from reporting.improvement.transition import may
from reporting.improvement.weeks import WEEK
from tests.builders import staff, who
from tests.reporting.improvement.stories import CHECK, FOUND, accepted, agreement, boss, found, inspector, judged, waiting
from tests.reporting.planting import FIRST, morning


@pytest.fixture(autouse=True)
def _in_the_week_after_it_was_found(database):
    with clock.frozen(morning(FOUND + 1)):
        yield


@pytest.mark.parametrize(("code", "title", "changes"), [
    ("titled", " ", {}), ("caused", "Late", {"cause_code": ""}), ("asked_why", "Late", {"whys": "\n"}), ("measurable", "Late", {"most": None}),
    ("measurable", "Late", {"most": 1.2}), ("check_leaves_weeks", "Late", {"check_date": None}),
    ("check_leaves_weeks", "Late", {"check_date": morning(FOUND + 4).date()})])
def test_nothing_is_accepted_without_cause_criterion_and_check_date(queue, code, title, changes):
    manager, item = boss(), found(queue)
    with pytest.raises(DomainError) as refused:
        services.accept(item, who(manager), title, manager, agreement(**changes))
    assert refused.value.code == code
    assert item.state == "candidate"


def test_nothing_is_accepted_without_an_owner(queue):
    manager, item = boss(), found(queue)
    with pytest.raises(DomainError, match="owned"):
        services.accept(item, who(manager), "Late", None, agreement())


@pytest.mark.parametrize("roles", [("qa",), ("handler",), ("admin",), ("compliance",)])
def test_only_a_manager_accepts_or_rejects(queue, roles):
    person, item = staff(roles=roles, certificates={}), found(queue)
    with pytest.raises(NotAllowed):
        services.accept(item, who(person), "Late", person, agreement())
    with pytest.raises(NotAllowed):
        services.reject(item, who(person), "no")


def test_qa_may_propose_and_a_manager_rejects_with_a_reason(queue):
    qa, manager, item = inspector(), boss(), found(queue)
    services.propose(item, who(qa), "Late in the east", manager)
    assert item.state == "proposed"
    with pytest.raises(DomainError, match="reason"):
        services.reject(item, who(manager), "  ")
    services.reject(item, who(manager), "The road was closed for a week")
    assert (item.state, item.reason, item.ended_at) == ("rejected", "The road was closed for a week", clock.now())


def test_an_item_is_never_compared_with_itself(queue):
    manager = boss()
    item = accepted(queue, manager, agreement(comparison_areas=("east", "west")))
    assert item.comparison_areas == ["west"]


def test_the_work_begins_with_its_first_action_and_is_watched_when_all_are_done(queue):
    manager = boss()
    item, actor = accepted(queue, manager), who(manager)
    first = services.plan(item, actor, "Part the routes", "rule", manager, item.check_date)
    second = services.plan(item, actor, "Tell the shops", "notice", manager, item.check_date)
    assert item.state == "in_action"
    services.finish(first, actor, clock.now().date())
    with pytest.raises(DomainError, match="all_done"):
        services.watch(item, actor)
    services.finish(second, actor, clock.now().date())
    services.watch(item, actor)
    assert (item.state, item.acted_on) == ("waiting", clock.now().date())
    assert item.watch_from == FIRST + WEEK * (FOUND + 2)


def test_an_action_is_due_before_the_check_and_never_done_tomorrow(queue):
    manager = boss()
    item, actor = accepted(queue, manager), who(manager)
    with pytest.raises(DomainError, match="due_after_check"):
        services.plan(item, actor, "Too late", "rule", manager, item.check_date + timedelta(days=1))
    action = services.plan(item, actor, "Part the routes", "rule", manager, item.check_date)
    with pytest.raises(DomainError, match="not_yet_done"):
        services.finish(action, actor, clock.now().date() + timedelta(days=1))
    services.finish(action, actor, clock.now().date())
    with pytest.raises(DomainError, match="done_already"):
        services.finish(action, actor, clock.now().date())


def test_without_acceptance_nothing_is_planned(queue):
    manager, item = boss(), found(queue)
    with pytest.raises(DomainError, match="wrong_state"):
        services.plan(item, who(manager), "Quickly", "rule", manager, clock.now().date())


def test_qa_confirms_but_never_whose_work_it_was(queue):
    manager, both, qa = boss(), staff(roles=("manager", "qa"), certificates={}), inspector()
    item = judged(queue, manager)
    with clock.frozen(morning(CHECK)):
        item.actions[0].owner_id = both.id
        db.session.flush()
        for person in (both, staff(roles=("manager", "qa"), certificates={})):
            assert ("standardise" in may(item, who(person))) == (person is not both)
        with pytest.raises(DomainError, match="not_its_owner"):
            services.standardise(item, who(both), "Count the stops")
        with pytest.raises(NotAllowed):
            services.standardise(item, who(manager), "Count the stops")
        with pytest.raises(DomainError, match="lesson"):
            services.standardise(item, who(qa), " ")
        services.standardise(item, who(qa), "Count the stops")
    assert (item.state, item.verdict.confirmed_by_id, item.verdict.note) == ("standardised", qa.id, "Count the stops")


def test_what_did_not_help_is_opened_again_for_a_new_round(queue):
    manager, qa = boss(), inspector()
    item = judged(queue, manager, after=[30, 28, 33, 29, 31, 26, 30, 34, 29, 31, 30, 28, 32, 30])
    with clock.frozen(morning(CHECK)):
        with pytest.raises(DomainError, match="helped"):
            services.standardise(item, who(qa), "Nothing")
        services.reopen(item, who(qa), "The routes are not the cause")
        assert (item.state, item.round, item.verdict, item.present_actions) == ("reopened", 2, None, [])
        assert item.verdicts[0].confirmed_by_id == qa.id
        later = agreement(check_date=FIRST + WEEK * (CHECK + 10))
        services.accept(item, who(manager), "Late deliveries in the east, again", manager, later)
    assert item.state == "approved"


def test_every_step_leaves_a_trace(queue):
    qa, item = inspector(), judged(queue, boss())
    with clock.frozen(morning(CHECK)):
        services.standardise(item, who(qa), "Count the stops")
        db.session.flush()
    rows = db.session.scalars(db.select(AuditEntry).filter_by(target=item.number).order_by(AuditEntry.id)).all()
    assert [(row.action, row.detail.get("after")) for row in rows] == [
        ("improvement.found", None), ("improvement.moved", "approved"), ("improvement.planned", None), ("improvement.moved", "in_action"),
        ("improvement.acted", None), ("improvement.moved", "waiting"), ("improvement.moved", "verdict"), ("improvement.moved", "standardised")]
    assert set(item.reached) == {"candidate", "approved", "in_action", "waiting", "verdict", "standardised"}


IMPOSSIBLE = [
    ("state = 'lost'", "known_state"), ("state = 'approved', cause_code = NULL", "accepted_with_cause_and_criterion"),
    ("state = 'approved', most = NULL", "accepted_with_cause_and_criterion"),
    ("state = 'approved', check_date = NULL", "accepted_with_cause_and_criterion"),
    ("most = 1.5", "criterion_is_a_fall"), ("acted_on = NULL", "acted_before_watched"), ("baseline_last = trigger_first", "weeks_in_order"),
    ("state = 'rejected', ended_at = now()", "rejected_with_reason"), ("state = 'standardised', ended_at = now()", "standardised_with_lesson"),
    ("ended_at = now()", "ended")]


@pytest.mark.parametrize(("change", "constraint"), IMPOSSIBLE, ids=[f"{row[1]}{number}" for number, row in enumerate(IMPOSSIBLE)])
def test_the_database_refuses_what_cannot_be(queue, change, constraint):
    item = waiting(queue, boss())
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.execute(db.text(f"UPDATE improvement_item SET {change} WHERE id = {item.id}"))
    assert f"ck_improvement_item_{constraint}" in str(refused.value)


def test_the_database_refuses_a_second_open_item_of_the_same_kind_and_place(queue):
    item = found(queue)
    columns = [c.name for c in ImprovementItem.__table__.columns if c.name not in ("id", "trigger_last", "reached")]
    names = ", ".join(columns)
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.execute(db.text(f"INSERT INTO improvement_item (trigger_last, {names}) SELECT trigger_last + 7, {names} "
                                   f"FROM improvement_item WHERE id = {item.id}"))
    assert "uq_improvement_item_one_open" in str(refused.value)


def test_a_verdict_is_never_confirmed_by_its_owner_in_the_database_either(queue):
    manager = boss()
    item = judged(queue, manager)
    with pytest.raises(IntegrityError) as refused, db.session.begin_nested():
        db.session.execute(db.text(f"UPDATE improvement_verdict SET confirmed_by_id = {manager.id}, confirmed_at = now() WHERE item_id = {item.id}"))
    assert "ck_improvement_verdict_four_eyes" in str(refused.value)


def test_the_system_decides_nothing_that_people_must(queue):
    item = found(queue)
    with pytest.raises(NotAllowed):
        services.reject(item, SYSTEM, "no")
