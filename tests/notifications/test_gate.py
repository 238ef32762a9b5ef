"""Before words go out: the wish for none, the cap, repeats, the night; each is asked at the moment of sending."""
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import clock, settings
from core.actor import SYSTEM
from core.db import db
from notifications import outbox
from notifications.models import OutboundMessage
from retailers.models import OptOut
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON, NIGHT, MORNING = (datetime(2026, 11, day, hour, tzinfo=SHANGHAI) for day, hour in ((19, 12), (19, 23), (20, 8)))


@pytest.fixture
def ticket(queue, gateways):
    with clock.frozen(NOON - timedelta(hours=1)):
        made = builders.ticket("in_progress")
        db.session.commit()
    queue.clear()
    return made


@pytest.fixture
def nights(database):
    settings.put("quiet_from", "21:00")
    settings.put("quiet_until", "08:00")


def say(ticket, queue, body="We are working on it.", purpose="interim", at=NOON):
    with clock.frozen(at):
        message = conversation.say(ticket, SYSTEM, body, purpose)
        db.session.commit()
        queue.run()
    return message


def row(message):
    return db.session.scalars(db.select(OutboundMessage).filter_by(message_id=message.id)).one()


def sweep(queue, at):
    with clock.frozen(at):
        queue.enqueue("sweep_messages")
        queue.run()


def reasons():
    return db.session.scalars(db.select(CallTask.text).order_by(CallTask.id)).all()


def test_what_can_wait_rests_until_the_morning(ticket, queue, gateways, nights):
    message = say(ticket, queue, at=NIGHT)
    assert (row(message).not_before, message.delivery, message.delivery_note) == (MORNING, "queued", "quiet")
    sweep(queue, MORNING - timedelta(seconds=1))
    assert gateways["sms"].sent == []
    sweep(queue, MORNING)
    assert (message.delivery, message.delivery_note, len(gateways["sms"].sent)) == ("sent", "", 1)


def test_a_retry_in_the_night_rests_too(ticket, queue, gateways, nights):
    message = say(ticket, queue, at=NIGHT - timedelta(hours=4))
    waiting = row(message)
    waiting.state, waiting.sent_at, waiting.not_before = "queued", None, NIGHT
    db.session.commit()
    sweep(queue, NIGHT)
    assert (waiting.state, waiting.not_before) == ("queued", MORNING)


@pytest.mark.parametrize("purpose", ["ack", "progress"])
def test_what_he_asked_for_himself_comes_at_any_hour(ticket, queue, gateways, nights, purpose):
    assert say(ticket, queue, purpose=purpose, at=NIGHT).delivery == "sent"


def test_what_is_critical_comes_at_any_hour(ticket, queue, gateways, nights):
    ticket.severity = "S1"
    assert say(ticket, queue, at=NIGHT).delivery == "sent"


def test_an_email_disturbs_nobody(queue, gateways, nights):
    with clock.frozen(NOON):
        mailed = builders.ticket("in_progress", shop=builders.retailer(phone=None, email="shop@example.test"))
    queue.clear()
    assert say(mailed, queue, at=NIGHT).delivery == "sent"


def test_over_the_cap_somebody_calls_and_tomorrow_there_is_room_again(ticket, queue, gateways):
    settings.put("sms_daily_cap", 2)
    for number in range(2):
        assert say(ticket, queue, f"News {number}").delivery == "sent"
    third = say(ticket, queue, "News 3")
    assert (third.delivery, third.delivery_note, reasons()) == ("failed", "cap", ["cap"])
    assert say(ticket, queue, "It is here.", purpose="ack").delivery == "sent", "what he asked for is not counted against him"
    assert say(ticket, queue, "News 4", at=NOON + timedelta(days=1)).delivery == "sent"
    assert len(gateways["sms"].sent) == 4


def test_answers_to_his_own_words_are_not_counted(ticket, queue, gateways):
    settings.put("sms_daily_cap", 1)
    for number in range(3):
        say(ticket, queue, f"Here it is {number}.", purpose="progress")
    assert say(ticket, queue, "News").delivery == "sent"


def test_no_cap_at_all(ticket, queue, gateways):
    settings.put("sms_daily_cap", 0)
    assert {say(ticket, queue, f"News {number}").delivery for number in range(12)} == {"sent"}


def test_the_same_words_a_fourth_time_within_a_day_are_said_by_telephone(ticket, queue, gateways):
    for hour in range(3):
        assert say(ticket, queue, at=NOON + timedelta(hours=hour)).delivery == "sent"
    again = say(ticket, queue, at=NOON + timedelta(hours=3))
    assert (again.delivery, again.delivery_note, reasons()) == ("failed", "repeated", ["repeated"])
    assert say(ticket, queue, at=NOON + timedelta(hours=24, seconds=1)).delivery == "sent"


@pytest.mark.parametrize(("purpose", "delivery", "calls"), [("interim", "failed", ["opted_out"]), ("survey", "none", [])])
def test_who_wants_no_messages_while_one_waits_gets_none(ticket, queue, gateways, purpose, delivery, calls):
    with clock.frozen(NOON):
        message = conversation.say(ticket, SYSTEM, "Hello.", purpose)
        outbox.prepare(message.id)
        db.session.add(OptOut(address=ticket.contact_phone, since=clock.now()))
        db.session.commit()
        queue.clear()
    sweep(queue, NOON + timedelta(minutes=1))
    assert (message.delivery, reasons(), gateways["sms"].sent) == (delivery, calls, [])


@pytest.mark.parametrize(("purpose", "delivery", "calls"), [("interim", "failed", ["opted_out"]), ("survey_reminder", "none", [])])
def test_what_rests_is_settled_in_the_night_in_which_its_reader_stops_messages(ticket, queue, gateways, nights, purpose, delivery, calls):
    with clock.frozen(NIGHT):
        message = conversation.say(ticket, SYSTEM, "Hello.", purpose)
        outbox.prepare(message.id)
        row(message).not_before = MORNING
        db.session.add(OptOut(address=ticket.contact_phone, since=clock.now()))
        db.session.commit()
        queue.clear()
    for minutes in (1, 2):
        sweep(queue, NIGHT + timedelta(minutes=minutes))
    assert (message.delivery, message.delivery_note, reasons(), gateways["sms"].sent) == (delivery, "opted_out", calls, [])


def test_a_night_of_somebody_else_goes_on(ticket, queue, gateways, nights):
    message = say(ticket, queue, at=NIGHT)
    with clock.frozen(NIGHT):
        db.session.add(OptOut(address="+8613800139999", since=clock.now()))
        db.session.commit()
    sweep(queue, NIGHT + timedelta(minutes=1))
    assert (row(message).state, message.delivery_note) == ("queued", "quiet")


def test_segments_are_counted(ticket, queue, gateways):
    assert row(say(ticket, queue, "x" * 161)).segments == 2
    assert row(say(ticket, queue, "您" * 71)).segments == 2
    assert row(say(ticket, queue, "您好")).segments == 1


def test_the_staff_have_no_cap_and_no_night(queue, gateways, nights):
    settings.put("sms_daily_cap", 1)
    with clock.frozen(NIGHT):
        handler = builders.staff(notify_by="sms", phone="+8613800130099", certificates={"DLV": 3})
        for _ in range(2):
            builders.ticket("dispatched", handler=handler)
        db.session.commit()
        queue.run()
    assert [sent.to for sent in gateways["sms"].sent].count(handler.phone) == 2
