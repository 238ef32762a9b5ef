"""Calls in vain: only different half-days count, and after three of them nobody waits for the call-back any more."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, organisation, settings
from core.errors import DomainError
from tests import builders
from tickets import half_days
from tickets.services import calling, calls, clocks, closing, conversation

ZONE = ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2026, 11, 19, 9, 30, tzinfo=ZONE)
AFTERNOON, FRIDAY = THURSDAY.replace(hour=15), THURSDAY + timedelta(days=1)


@pytest.fixture
def hotline(database):
    return builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def answered(queue):
    with clock.frozen(THURSDAY - timedelta(minutes=20)):
        return builders.ticket("answered", severity="S2")


def call(ticket, actor, *moments):
    given_up = []
    for at in moments:
        with clock.frozen(at):
            given_up.append(calling.call_back_in_vain(ticket, actor))
    return given_up


@pytest.mark.parametrize(("at", "again"), [
    (THURSDAY, THURSDAY.replace(hour=13, minute=0)), (AFTERNOON, FRIDAY.replace(hour=9, minute=0)),
    (FRIDAY.replace(hour=16), (THURSDAY + timedelta(days=4)).replace(hour=9, minute=0)), (THURSDAY.replace(hour=3), THURSDAY.replace(hour=13, minute=0))])
def test_the_next_call_is_made_in_another_half_day_of_work(database, at, again):
    assert half_days.again_from(organisation.calendar(), at) == again


@pytest.mark.parametrize(("moments", "count"), [
    ((THURSDAY, THURSDAY + timedelta(hours=1)), 1), ((THURSDAY, AFTERNOON), 2), ((THURSDAY, AFTERNOON, FRIDAY, FRIDAY), 3), ((), 0)])
def test_three_calls_within_an_hour_are_one_try(database, moments, count):
    assert half_days.counted(organisation.calendar(), moments) == count


def test_the_call_back_ends_after_three_half_days_without_contentment(answered, hotline):
    assert call(answered, hotline, THURSDAY, THURSDAY, THURSDAY + timedelta(hours=1), AFTERNOON) == [False] * 4
    assert clocks.running(answered, "callback")
    assert call(answered, hotline, FRIDAY) == [True]
    assert (clocks.running(answered, "callback"), answered.due_at, answered.accepted, answered.score) == ([], None, None, None)
    assert [m.purpose for m in answered.messages if m.kind == "system"][-2:] == ["called_in_vain", "unreached"]


def test_the_handlers_own_tries_do_not_count(answered, hotline):
    with pytest.raises(DomainError):
        call(answered, builders.who(answered.assignee), THURSDAY)
    with clock.frozen(THURSDAY):  # for another call, one that he may make
        calling.call_in_vain(answered, builders.who(answered.assignee))
    assert call(answered, hotline, AFTERNOON, FRIDAY) == [False, False]


def test_how_often_is_a_setting(answered, hotline):
    settings.put("call_tries", 2)
    assert call(answered, hotline, THURSDAY, AFTERNOON) == [False, True]


def test_a_new_answer_is_asked_after_anew(answered, hotline):
    call(answered, hotline, THURSDAY, AFTERNOON)
    with clock.frozen(AFTERNOON):
        closing.redo(answered, builders.RETAILER, "not_solved")
        builders.STEPS["in_review"](answered, answered.assignee, None, None)
        builders.STEPS["answered"](answered, answered.assignee, None, None)
    assert call(answered, hotline, FRIDAY) == [False]


def test_nobody_calls_back_whom_nobody_waits_for(answered, hotline):
    with clock.frozen(THURSDAY):
        conversation.log_call(answered, hotline, "He is content.")
    with pytest.raises(DomainError) as refused:
        call(answered, hotline, AFTERNOON)
    assert refused.value.code == "wrong_state"


def test_a_call_to_make_is_done_after_three_half_days(answered, hotline):
    with clock.frozen(THURSDAY):
        task = calls.open_call_task(answered, "low_score", "key")
        assert calls.finish_call_task(task, hotline, "unreached", "No answer.") is False
        assert calls.finish_call_task(task, hotline, "unreached", "") is False
        assert (task.done_at, task.note, task.due_at, calls.tried([task])) == (None, "No answer.", THURSDAY.replace(hour=13, minute=0), {task.id: 1})
    with clock.frozen(AFTERNOON):
        assert calls.finish_call_task(task, hotline, "unreached", "") is False
    with clock.frozen(FRIDAY):
        assert calls.finish_call_task(task, hotline, "unreached", "") is True
    assert (task.result, task.done_at, clocks.running(answered, "callback")) == ("unreached", FRIDAY, [])


def test_a_critical_call_does_not_wait_for_another_half_day(answered, hotline):
    answered.severity = "S1"
    with clock.frozen(THURSDAY):
        task = calls.open_call_task(answered, "low_score", "key")
        calls.finish_call_task(task, hotline, "unreached", "")
    assert task.due_at == THURSDAY + timedelta(hours=1)
