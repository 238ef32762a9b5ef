"""Whoever wants no messages gets none, whatever they are for; what has to be said becomes a call."""
import pytest

from answers.models import PURPOSES
from core.actor import SYSTEM
from core.db import db
from notifications import services, staff
from retailers import services as retailers
from satisfaction import reminders, surveys
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation, wording

NUMBER = "+8613800137711"
COURTESIES = ("ack", "ack_beside", "ack_added", "survey", "survey_reminder", "notice")


@pytest.fixture
def ticket(queue, gateways):
    made = builders.ticket("answered", phone=NUMBER)
    db.session.commit()
    queue.run()
    gateways["sms"].sent.clear()
    retailers.opt_out(NUMBER, "sms")
    return made


def reasons():
    return [task.reason for task in db.session.scalars(db.select(CallTask).order_by(CallTask.id))]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_words_of_any_purpose_stay_in_the_house(ticket, queue, gateways, purpose):
    message = conversation.say(ticket, SYSTEM, "Words.", purpose)
    db.session.commit()
    queue.run()
    assert gateways["sms"].sent == []
    assert message.delivery_note == "opted_out"
    assert reasons() == ([] if purpose in COURTESIES else ["undelivered"])


@pytest.mark.parametrize("say", [
    lambda ticket: services.acknowledge(ticket), lambda ticket: surveys.send(surveys.open_survey(ticket)),
    lambda ticket: reminders.remind(surveys.open_survey(ticket)), lambda ticket: wording.say_once(ticket, "close", "a key")])
def test_nothing_that_a_machine_says_by_itself_goes_out(ticket, queue, gateways, say):
    say(ticket)
    db.session.commit()
    queue.run()
    assert gateways["sms"].sent == []


def test_closing_words_and_acknowledgements_are_not_even_written(queue, gateways):
    retailers.opt_out(NUMBER, "sms")
    closed, fresh = builders.ticket("closed", phone=NUMBER), builders.opened(phone=NUMBER)
    db.session.commit()
    queue.run()
    assert {message.purpose for one in (closed, fresh) for message in one.messages} & {"ack", "close", "survey"} == set()
    assert gateways["sms"].sent == []


def test_another_number_still_hears_from_us(ticket, queue, gateways):
    other = builders.ticket("answered", phone="+8613800137712")
    db.session.commit()
    queue.run()
    assert {message.to for message in gateways["sms"].sent} == {other.contact_phone}


def test_the_staff_is_told_on_the_same_number(ticket, queue, gateways):
    """A notice to somebody of ours is work, not a message to a retailer."""
    handler = ticket.assignee
    handler.phone, handler.notify_by = NUMBER, "sms"
    ticket.state = "in_progress"
    conversation.continue_with(ticket, "More.", "web")
    ids = staff.tell(ticket, "continued")
    assert len(ids) == 1
