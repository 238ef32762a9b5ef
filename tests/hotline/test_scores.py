"""Texts that rate an answer: which answer, and what follows."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from core.db import db
from intake import services as intake
from intake.jobs import advance
from retailers import services as retailers
from satisfaction import queries, services, surveys
from tests import builders
from tickets.models import CallTask, Message
from tickets.services import conversation

ANSWERED = datetime(2026, 11, 19, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LATER = ANSWERED + timedelta(hours=6)
NUMBER = "+8613800137702"


@pytest.fixture(autouse=True)
def later(queue, gateways):
    with clock.frozen(LATER):
        yield


def answered(at=ANSWERED, **more):
    """A ticket whose answer has gone out."""
    with clock.frozen(at):
        made = builders.ticket("answered", phone=NUMBER, **more)
    delivered(made, "sent")
    return made


def delivered(ticket, state):
    for message in ticket.messages:
        if message.purpose == "answer":
            conversation.record_delivery(message, state)


def text(words, number=NUMBER, at=LATER):
    with clock.frozen(at):
        record, _new = intake.store("sms", f"SM{next(builders.numbers)}", {"text": words, "phone": number}, sender=number)
        intake.advance(record)
        db.session.flush()
    return record


def asked(ticket, at):
    """The survey of this ticket went out at `at`."""
    settings.put("survey_pause_days", 0)
    with clock.frozen(at):
        surveys.send(surveys.open_survey(ticket))


def tasks():
    return [(task.ticket_id, task.reason) for task in db.session.scalars(db.select(CallTask).order_by(CallTask.id))]


def inbound(ticket):
    return [message.body for message in ticket.messages if message.kind == "in"][1:]


def test_a_digit_rates_the_answer(queue):
    ticket = answered()
    record = text("5")
    survey = queries.current(ticket)
    assert (record.recognised_as, record.ticket_id) == ("rating", ticket.id)
    assert (survey.score, survey.channel, survey.comment, ticket.score, ticket.state) == (5, "sms", "", 5, "answered")
    assert tasks() == []


def test_a_comment_is_kept_and_stands_in_the_thread():
    ticket = answered()
    text("4分，就是久了一点")
    assert queries.current(ticket).comment == "就是久了一点"
    assert inbound(ticket) == ["就是久了一点"]


def test_low_and_not_solved_begins_it_again():
    ticket = answered()
    text("1 到现在没人来")
    survey = queries.of_ticket(ticket)[0]
    assert (survey.score, survey.reason_code) == (1, "not_solved")
    assert (ticket.state, ticket.redos, inbound(ticket)) == ("in_progress", 1, ["到现在没人来"])


def test_a_keyed_reason_counts(queue):
    ticket = answered()
    text("2 4")
    assert queries.current(ticket).reason_code == services.REASONS[3] == "rude"
    assert tasks() == [(ticket.id, "low_score")]


def test_a_bare_low_score_asks_nothing_but_a_call(queue, gateways):
    ticket = answered()
    queue.run()
    before = len(gateways["sms"].sent)
    text("1")
    queue.run()
    assert tasks() == [(ticket.id, "low_score")]
    assert len(gateways["sms"].sent) == before


def test_a_good_score_with_a_grievance_is_both():
    ticket = answered()
    text("5 但是另外一箱还没到")
    assert (ticket.score, ticket.state, tasks()) == (5, "answered", [(ticket.id, "rated_but")])
    assert inbound(ticket) == ["但是另外一箱还没到"]


def test_a_correction_within_a_day_replaces_it():
    ticket = answered()
    text("2")
    text("打错了，是4", at=LATER + timedelta(hours=23))
    assert [(score.score, score.counted) for score in queries.scores(queries.current(ticket))] == [(2, False), (4, True)]


@pytest.mark.parametrize("at", [LATER + timedelta(hours=25), LATER + timedelta(days=8)])
def test_after_that_it_is_no_score_any_more(at):
    ticket = answered()
    text("3")
    record = text("5", at=at)
    assert record.recognised_as != "rating"
    assert queries.current(ticket).score == 3


def test_the_first_score_must_come_within_a_week():
    ticket = answered()
    assert text("5", at=LATER + timedelta(days=8)).recognised_as != "rating"
    assert ticket.score is None


@pytest.mark.parametrize("state", ["received", "in_progress"])
def test_without_an_answer_a_digit_is_no_score(state):
    ticket = builders.ticket(state, phone=NUMBER)
    record = text("5")
    assert record.recognised_as != "rating"
    assert ticket.score is None


@pytest.mark.parametrize("state", ["queued", "none", "failed"])
def test_an_answer_that_has_reached_nobody_is_not_rated(state):
    ticket = answered()
    delivered(ticket, state)
    record = text("5")
    assert (record.recognised_as == "rating", ticket.score) == (False, None)


def test_an_answer_that_was_told_on_the_telephone_can_be_rated():
    ticket = answered()
    delivered(ticket, "failed")
    conversation.log_call(ticket, builders.who(builders.staff()), "Told him the answer.")
    text("5")
    assert ticket.score == 5


def test_a_call_before_the_answer_does_not_tell_it():
    with clock.frozen(ANSWERED - timedelta(hours=1)):
        ticket = builders.ticket("in_progress", phone=NUMBER)
        conversation.log_call(ticket, builders.who(builders.staff()), "Asked for the day.")
    with clock.frozen(ANSWERED):
        ticket.state, ticket.answered_at = "answered", clock.now()
        db.session.flush()
    assert text("5").recognised_as != "rating"


def test_another_number_rates_nothing():
    ticket = answered()
    assert text("5", number="+8613800137703").recognised_as != "rating"
    assert ticket.score is None


def test_of_several_the_one_that_was_asked_about_last():
    older, newer = answered(), answered(at=ANSWERED + timedelta(hours=1))
    asked(newer, ANSWERED + timedelta(hours=5))
    asked(older, ANSWERED + timedelta(hours=5, minutes=30))
    text("5")
    assert (older.score, newer.score) == (5, None)


def test_of_several_that_nobody_was_asked_about_the_one_answered_last():
    older, newer = answered(), answered(at=ANSWERED + timedelta(hours=1))
    text("4")
    assert (older.score, newer.score) == (None, 4)


def test_a_closed_one_can_be_rated():
    ticket = answered()
    builders.STEPS["closed"](ticket, None, None, None)
    text("非常满意")
    assert (ticket.state, ticket.score) == ("closed", 5)


def test_a_mere_digit_answers_the_question_that_was_asked_last():
    rated = answered()
    with clock.frozen(ANSWERED + timedelta(hours=2)):
        builders.ticket("needs_info", phone=NUMBER)
    assert text("2").recognised_as != "rating"
    assert rated.score is None
    assert text("5分").recognised_as == "rating"
    assert rated.score == 5


@pytest.mark.parametrize("words", ["5条货还没来", "5点了还没到", "一直没人来", "满意？才怪"])
def test_what_is_no_score_goes_on(words):
    ticket = answered()
    record = text(words)
    assert record.recognised_as != "rating"
    assert ticket.score is None


def test_a_text_taken_in_twice_rates_once():
    ticket = answered()
    record, _new = intake.store("sms", "SM-twice", {"text": "3", "phone": NUMBER}, sender=NUMBER)
    db.session.commit()
    for _time in range(2):
        advance(record.id)
    assert [score.score for score in queries.scores(queries.current(ticket))] == [3]


def test_whoever_opted_out_can_still_rate_by_phone_and_text():
    ticket = answered()
    retailers.opt_out(NUMBER, "sms")
    survey = services.rate(ticket, 2, "slow", "", "phone")
    assert (survey.score, survey.channel, survey.skipped) == (2, "phone", "opted_out")
    text("4")
    assert (ticket.score, queries.current(ticket).channel) == (4, "sms")
    assert db.session.query(Message).filter_by(kind="out", purpose="survey").count() == 0
