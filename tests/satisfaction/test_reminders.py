"""A survey that met with silence is asked for once more: when, by day, once, and never of whom it must not be."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from core.actor import SYSTEM
from core.db import db
from retailers.models import OptOut
from satisfaction import queries, services
from tests import builders
from tickets.models import Message
from tickets.services import closing, conversation

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2026, 11, 19, 10, tzinfo=SHANGHAI)  # answered; its survey goes out at 14:00
ASKED = THURSDAY + timedelta(hours=4)
MONDAY = datetime(2026, 11, 23, 14, tzinfo=SHANGHAI)  # two working days after the survey


def perform(queue, at, *jobs):
    with clock.frozen(at):
        for job in jobs:
            queue.enqueue(*job)
        queue.run()


def reminders(ticket):
    return db.session.scalars(db.select(Message).filter_by(ticket_id=ticket.id, purpose="survey_reminder").order_by(Message.id)).all()


@pytest.fixture
def ticket(queue, gateways):
    """An answered ticket whose survey went out."""
    with clock.frozen(THURSDAY):
        made = builders.ticket("answered")
        db.session.commit()
    perform(queue, THURSDAY)
    perform(queue, ASKED, ("send_surveys",))
    assert queries.current(made).sent_at == ASKED
    return made


def test_once_after_two_working_days(ticket, queue, gateways):
    perform(queue, MONDAY - timedelta(minutes=1), ("send_surveys",), ("remind_survey", queries.current(ticket).id))
    assert reminders(ticket) == []
    for minutes in (0, 1):
        perform(queue, MONDAY + timedelta(minutes=minutes), ("send_surveys",), ("remind_survey", queries.current(ticket).id))
    (message,) = reminders(ticket)
    assert (message.delivery, message.dedupe_key) == ("sent", f"survey_reminder:{ticket.id}:1")
    assert f"/t/{ticket.token}" in message.body


def test_the_days_are_a_setting(ticket, queue):
    settings.put("survey_reminder_days", 1)
    perform(queue, datetime(2026, 11, 20, 14, tzinfo=SHANGHAI), ("send_surveys",))
    assert len(reminders(ticket)) == 1


def test_not_by_night(ticket, queue):
    perform(queue, datetime(2026, 11, 23, 20, tzinfo=SHANGHAI), ("send_surveys",), ("remind_survey", queries.current(ticket).id))
    assert reminders(ticket) == []
    perform(queue, datetime(2026, 11, 24, 9, tzinfo=SHANGHAI), ("send_surveys",))
    assert len(reminders(ticket)) == 1


def test_not_when_a_score_would_come_too_late(ticket, queue):
    perform(queue, ASKED + timedelta(days=7, minutes=1), ("send_surveys",))
    assert reminders(ticket) == []


def _closed(ticket):
    builders.STEPS["closed"](ticket, None, None, None)


SPOKEN = {
    "rated": lambda ticket: services.rate(ticket, 4, None, "", "web"),
    "accepted": services.accept,
    "rejected": lambda ticket: services.reject(ticket, "Still nothing."),
    "wrote": lambda ticket: conversation.continue_with(ticket, "One more thing.", "web"),
    "redone by us": lambda ticket: closing.redo(ticket, SYSTEM, "weak"),
    "closed": _closed,
    "sealed": lambda ticket: setattr(ticket, "sealed", True),
    "noise": lambda ticket: setattr(ticket, "leaf_code", queries.NOISE),
    "opted out": lambda ticket: db.session.add(OptOut(address=ticket.contact_phone, since=clock.now())),
    "no address": lambda ticket: setattr(ticket, "contact_phone", None),
}


@pytest.mark.parametrize("change", SPOKEN)
def test_who_said_something_or_must_not_be_asked(ticket, queue, change):
    with clock.frozen(ASKED + timedelta(hours=1)):
        SPOKEN[change](ticket)
        db.session.commit()
        queue.clear()
    perform(queue, MONDAY, ("send_surveys",), ("remind_survey", queries.current(ticket).id if queries.current(ticket) else 0))
    assert reminders(ticket) == []


@pytest.mark.parametrize("delivery", ["failed", "unknown", "none", "queued"])
def test_a_survey_that_did_not_arrive_is_not_followed_by_another(ticket, queue, delivery):
    message = db.session.scalar(db.select(Message).filter_by(ticket_id=ticket.id, purpose="survey"))
    message.delivery = delivery
    db.session.commit()
    perform(queue, MONDAY, ("send_surveys",))
    assert reminders(ticket) == []
