"""Surveys: one a round, four hours after the answer and by day, not to everybody and not too often."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.actor import SYSTEM
from core.db import db
from retailers.models import OptOut
from satisfaction import queries
from satisfaction.models import Survey
from tests import builders
from tickets.models import Message
from tickets.services import closing

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 19, 10, tzinfo=SHANGHAI)
EVENING = datetime(2026, 11, 19, 17, 30, tzinfo=SHANGHAI)


def answered(at=MORNING, change=None, **opening):
    with clock.frozen(at):
        made = builders.ticket("answered", **opening)
        if change:
            change(made)
        db.session.commit()
    return made


def perform(queue, at, *jobs):
    with clock.frozen(at):
        for job in jobs:
            queue.enqueue(*job)
        queue.run()


def asked(ticket):
    return db.session.scalars(db.select(Message).filter_by(ticket_id=ticket.id, purpose="survey").order_by(Message.id)).all()


def test_one_survey_a_round_however_often_the_job_runs(queue, gateways):
    ticket = answered()
    perform(queue, MORNING, *[("open_survey", ticket.id)] * 2)
    survey = queries.current(ticket)
    assert db.session.query(Survey).count() == 1
    assert (survey.handler_id, survey.skipped, survey.round) == (ticket.assignee_id, None, 1)
    assert survey.send_after == MORNING + timedelta(hours=4)


def test_it_goes_out_once_when_its_time_has_come(queue, gateways):
    ticket = answered()
    perform(queue, MORNING, ("send_surveys",))
    perform(queue, MORNING + timedelta(hours=3, minutes=59), ("send_surveys",))
    assert asked(ticket) == []
    for minutes in (0, 1):
        perform(queue, MORNING + timedelta(hours=4, minutes=minutes), ("send_surveys",), ("send_survey", queries.current(ticket).id))
    (message,) = asked(ticket)
    assert message.delivery == "sent"
    assert f"/t/{ticket.token}" in message.body
    assert queries.current(ticket).sent_at == MORNING + timedelta(hours=4)


def test_never_by_night(queue, gateways):
    ticket = answered(EVENING)
    perform(queue, EVENING, ("send_surveys",))
    next_morning = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
    assert queries.current(ticket).send_after == next_morning


def test_after_a_standstill_it_is_put_off_to_the_day(queue, gateways):
    ticket = answered()
    perform(queue, MORNING)
    midnight = datetime(2026, 11, 20, 0, 30, tzinfo=SHANGHAI)
    perform(queue, midnight, ("send_surveys",))
    assert asked(ticket) == []
    assert queries.current(ticket).send_after == datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
    perform(queue, datetime(2026, 11, 20, 9, tzinfo=SHANGHAI), ("send_surveys",))
    assert len(asked(ticket)) == 1


def _sealed(ticket):
    ticket.sealed = True


def _no_address(ticket):
    ticket.contact_phone = None


def _opted_out(ticket):
    db.session.add(OptOut(address=ticket.contact_phone, since=clock.now()))


@pytest.mark.parametrize(("change", "code"), [(_sealed, "sealed"), (_no_address, "no_address"), (_opted_out, "opted_out")])
def test_who_is_not_asked_and_why(queue, gateways, change, code):
    ticket = answered(change=change)
    perform(queue, MORNING)
    perform(queue, MORNING + timedelta(hours=5), ("send_surveys",))
    assert queries.current(ticket).skipped == code
    assert asked(ticket) == []


def test_a_refusal_that_came_after_the_answer_holds(queue, gateways):
    ticket = answered()
    perform(queue, MORNING)
    _opted_out(ticket)
    db.session.commit()
    perform(queue, MORNING + timedelta(hours=5), ("send_surveys",))
    assert queries.current(ticket).skipped == "opted_out"


def test_a_shop_is_asked_once_a_fortnight(queue, gateways):
    shop = builders.retailer()
    first, second = answered(shop=shop), answered(shop=shop)
    perform(queue, MORNING)
    perform(queue, MORNING + timedelta(hours=4), ("send_surveys",))
    assert (queries.current(first).skipped, queries.current(second).skipped) == (None, "asked_lately")
    later = MORNING + timedelta(days=15)
    third = answered(later, shop=shop)
    perform(queue, later)
    perform(queue, later + timedelta(hours=4), ("send_surveys",))
    assert len(asked(third)) == 1


def test_after_a_redo_the_same_ticket_is_asked_again(queue, gateways):
    ticket = answered()
    perform(queue, MORNING)
    perform(queue, MORNING + timedelta(hours=4), ("send_surveys",))
    noon = MORNING + timedelta(hours=24)
    with clock.frozen(noon):
        handler = ticket.assignee
        closing.redo(ticket, SYSTEM, "not solved")
        db.session.commit()
        builders.STEPS["in_review"](ticket, handler, None, None)
        builders.STEPS["answered"](ticket, handler, None, None)
        db.session.commit()
    perform(queue, noon)
    perform(queue, noon + timedelta(hours=4), ("send_surveys",))
    assert [survey.round for survey in queries.of_ticket(ticket)] == [2, 1]
    assert len(asked(ticket)) == 2


def test_a_ticket_that_moved_on_is_not_asked(queue, gateways):
    ticket = answered()
    perform(queue, MORNING)
    survey = queries.current(ticket)
    closing.redo(ticket, SYSTEM, "not solved")
    db.session.commit()
    perform(queue, MORNING + timedelta(hours=5), ("send_surveys",))
    assert (survey.skipped, asked(ticket)) == ("moved_on", [])


def test_a_closed_ticket_is_still_asked(queue, gateways):
    ticket = answered()
    with clock.frozen(MORNING + timedelta(hours=1)):
        builders.STEPS["closed"](ticket, None, None, None)
        db.session.commit()
    perform(queue, MORNING + timedelta(hours=1))
    perform(queue, MORNING + timedelta(hours=4), ("send_surveys",))
    assert len(asked(ticket)) == 1


def test_a_lost_job_is_found(queue, gateways):
    ticket = answered()
    queue.clear()
    perform(queue, MORNING + timedelta(minutes=2), ("send_surveys",))
    assert queries.current(ticket) is not None


def test_no_survey_without_an_answer(queue, gateways):
    ticket = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    perform(queue, MORNING, ("open_survey", ticket.id), ("open_survey", 10**6), ("send_survey", 10**6))
    assert queries.current(ticket) is None
