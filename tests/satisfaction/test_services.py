"""Scores, corrections, acceptance and rejection, and what follows from them."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.db import db
from core.errors import DomainError
from desk.shown.words import CALL_NOTES
from satisfaction import queries, services
from tests import builders
from tickets.models import CallTask, Message
from tickets.services import calls

ANSWERED = datetime(2026, 11, 19, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = ANSWERED + timedelta(hours=6)


@pytest.fixture
def ticket(queue, gateways):
    with clock.frozen(ANSWERED):
        made = builders.ticket("answered")
    with clock.frozen(LATER):
        yield made


def rate(ticket, score, reason=None, comment="", at=None):
    return services.rate(ticket, score, reason, comment, "web", at)


def refused(code):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def tasks():
    return db.session.scalars(db.select(CallTask).order_by(CallTask.id)).all()


def test_a_score_counts_and_stands_on_the_ticket(ticket):
    survey = rate(ticket, 5)
    assert (survey.score, survey.channel, survey.scored_at) == (5, "web", LATER)
    assert (survey.handler_id, ticket.score, ticket.state) == (ticket.assignee_id, 5, "answered")
    assert tasks() == []


def test_no_survey_need_have_been_sent(ticket):
    ticket.sealed = True
    assert rate(ticket, 4).skipped == "sealed"
    assert ticket.score == 4


def test_a_correction_within_a_day_replaces_and_both_are_kept(ticket):
    rate(ticket, 3, "slow")
    survey = rate(ticket, 5, at=LATER + timedelta(hours=23))
    assert [(score.score, score.counted) for score in queries.scores(survey)] == [(3, False), (5, True)]
    assert (survey.score, survey.reason_code, ticket.score, ticket.score_reason) == (5, None, 5, "")
    assert survey.scored_at == LATER


def test_after_a_day_the_score_stands(ticket):
    rate(ticket, 3)
    with refused("scored"):
        rate(ticket, 5, at=LATER + timedelta(hours=25))
    assert ticket.score == 3


def test_after_a_week_no_score_counts(ticket):
    with refused("survey_over"):
        rate(ticket, 5, at=LATER + timedelta(days=8))
    assert ticket.score is None


@pytest.mark.parametrize("score", [0, 6, -1, 45])
def test_only_one_to_five(ticket, score):
    with refused("score"):
        rate(ticket, score)


def test_only_known_reasons(ticket):
    with refused("reason_code"):
        rate(ticket, 1, "weather")


def test_nothing_to_rate_before_the_answer(queue, gateways):
    with refused("not_answered"):
        rate(builders.ticket("in_progress"), 5)


def test_low_and_not_solved_begins_it_again_with_his_words_in_the_thread(ticket):
    handler = ticket.assignee_id
    survey = rate(ticket, 2, "not_solved", "Still three cartons missing.")
    assert (ticket.state, ticket.redos, ticket.assignee_id) == ("in_progress", 1, handler)
    assert (survey.round, survey.score) == (1, 2)
    last = db.session.scalars(db.select(Message).filter_by(ticket_id=ticket.id, kind="in").order_by(Message.id.desc())).first()
    assert last.body == "Still three cartons missing."
    assert tasks() == []
    with refused("not_answered"):
        rate(ticket, 1, "not_solved")


@pytest.mark.parametrize("reason", ["rude", "slow", None])
def test_low_for_another_reason_makes_one_call(ticket, reason):
    rate(ticket, 2, reason)
    rate(ticket, 1, reason)
    assert [(task.reason, task.dedupe_key) for task in tasks()] == [("low_score", f"low_score:{ticket.id}:1")]
    assert ticket.state == "answered"


def test_a_better_score_within_the_day_takes_the_call_back(ticket):
    rate(ticket, 2, "slow")
    rate(ticket, 4, at=LATER + timedelta(hours=1))
    (task,) = tasks()
    assert (task.result, task.note, task.done_by_id, task.done_at) == ("not_needed", "better_score", None, LATER)
    assert task.note in CALL_NOTES


def test_and_a_worse_one_after_it_wants_the_call_again(ticket):
    for score in (2, 4, 1):
        rate(ticket, score, "slow")
    (task,) = tasks()
    assert (task.result, task.note, task.done_at, task.due_at) == ("", "", None, LATER + timedelta(hours=1))


def test_a_call_that_was_made_stays_made(ticket):
    rate(ticket, 2, "slow")
    calls.finish_call_task(tasks()[0], builders.who(ticket.assignee), "reached", "He is angry.")
    for score in (4, 1):
        rate(ticket, score, "slow")
    assert [(task.result, task.note) for task in tasks()] == [("reached", "He is angry.")]


def test_not_solved_with_a_good_score_changes_nothing(ticket):
    rate(ticket, 4, "not_solved")
    assert ticket.state == "answered"
    assert tasks() == []


def test_a_low_score_opens_a_closed_ticket(ticket):
    builders.STEPS["closed"](ticket, None, None, None)
    rate(ticket, 1, "not_solved")
    assert ticket.state == "in_progress"


def test_the_same_comment_twice_stands_once(ticket):
    rate(ticket, 3, "slow", "Took long.")
    rate(ticket, 4, "slow", "Took long.")
    assert db.session.query(Message).filter_by(ticket_id=ticket.id, body="Took long.").count() == 1


def test_accepting_twice_is_accepting_once(ticket):
    services.accept(ticket)
    services.accept(ticket)
    assert ticket.accepted is True
    assert db.session.query(Message).filter_by(ticket_id=ticket.id, kind="system", purpose="accepted").count() == 1


def test_nothing_to_accept_before_the_answer(queue, gateways):
    with refused("wrong_state"):
        services.accept(builders.ticket("in_progress"))


def test_a_rejection_begins_it_again(ticket):
    services.reject(ticket, "The carton is still missing.")
    assert (ticket.state, ticket.accepted, ticket.redos) == ("in_progress", None, 1)
    assert db.session.query(Message).filter_by(ticket_id=ticket.id, kind="in", body="The carton is still missing.").count() == 1
    with refused("wrong_state"):
        services.reject(ticket, "again")


def test_a_rejection_after_the_window_says_so(ticket):
    builders.STEPS["closed"](ticket, None, None, None)
    with clock.frozen(LATER + timedelta(days=30)), refused("redo_over"):
        services.reject(ticket, "too late")
    assert ticket.state == "closed"
