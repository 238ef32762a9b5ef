"""The acknowledgement and the closing words: wanted or not, in which words, and never twice."""
from datetime import timedelta

import pytest

from answers.models import AnswerVersion
from core import clock
from core.actor import RETAILER
from core.db import db
from retailers.models import OptOut
from tests import builders
from tickets.models import CallTask, Message
from tickets.services import closing


def said(ticket, purpose):
    return db.session.scalars(db.select(Message).filter_by(ticket_id=ticket.id, kind="out", purpose=purpose).order_by(Message.id)).all()


def perform(queue, *jobs):
    db.session.commit()
    for job in jobs:
        queue.enqueue(*job)
    queue.run()


def opt_out(address):
    db.session.add(OptOut(address=address, since=clock.now(), source="test"))
    db.session.flush()


def test_a_new_ticket_is_acknowledged_by_text_message(queue, gateways):
    ticket = builders.opened()
    perform(queue)
    (message,) = said(ticket, "ack")
    (sent,) = gateways["sms"].sent
    assert sent.to == ticket.contact_phone
    assert message.body == sent.body
    assert f"/t/{ticket.token}" in sent.body
    assert (message.answer_code, message.delivery) == ("A-COM-ACK", "sent")


def test_twice_is_once(queue, gateways):
    ticket = builders.opened()
    perform(queue, ("acknowledge", ticket.id), ("acknowledge", ticket.id))
    assert len(said(ticket, "ack")) == 1
    assert len(gateways["sms"].sent) == 1


def test_an_email_address_gets_an_email_with_the_number_in_its_subject(app, queue, gateways):
    app.config["MAIL_REPLY_TO"] = "answers@example.test"
    ticket = builders.opened(shop=builders.retailer(phone=None, email="shop@example.test"))
    perform(queue)
    (sent,) = gateways["email"].sent
    assert (sent.to, sent.reply_to) == ("shop@example.test", "answers@example.test")
    assert f"{ticket.case_no[:5]} {ticket.case_no[5:-1]} {ticket.case_no[-1]}" in sent.subject


def test_an_anonymous_ticket_is_acknowledged_on_its_page_only(queue, gateways):
    ticket = builders.opened(anonymous=True)
    perform(queue)
    (message,) = said(ticket, "ack")
    assert (message.delivery, message.answer_code) == ("page", "A-COM-ACK-ANON")
    assert ticket.token not in message.body
    assert gateways["sms"].sent == gateways["email"].sent == []


def test_a_sealed_ticket_is_acknowledged_without_a_link(queue, gateways):
    ticket = builders.opened(kind="report")
    perform(queue)
    assert ticket.sealed
    assert ticket.token not in gateways["sms"].sent[0].body


def _noise(ticket):
    builders.classify(ticket, "OTH.NOISE", "S4")


def _answered(ticket):
    builders.walk(ticket, "answered")


def _refuses_messages(ticket):
    opt_out(ticket.contact_phone)


@pytest.mark.parametrize("change", [_noise, _answered, _refuses_messages])
def test_no_acknowledgement_when_it_is_not_wanted(queue, gateways, change):
    ticket = builders.opened()
    change(ticket)
    db.session.commit()
    queue.clear()
    perform(queue, ("acknowledge", ticket.id))
    assert said(ticket, "ack") == []


def test_no_acknowledgement_for_a_row_of_a_file_without_an_address(queue, gateways):
    ticket = builders.opened(channel="file", shop=builders.retailer(phone=None))
    perform(queue)
    assert said(ticket, "ack") == []


def test_a_refusal_of_messages_makes_no_call_for_an_acknowledgement(queue, gateways):
    ticket = builders.opened()
    opt_out(ticket.contact_phone)
    perform(queue)
    assert db.session.scalars(db.select(CallTask)).all() == []


def test_closing_words_once_a_round(queue, gateways):
    ticket = builders.ticket("closed")
    perform(queue, ("tell_closed", ticket.id), ("tell_closed", ticket.id))
    (message,) = said(ticket, "close")
    assert message.dedupe_key == f"close:{ticket.id}:1"
    assert [sent.body for sent in gateways["sms"].sent].count(message.body) == 1


def test_what_was_solved_fast_is_closed_with_a_short_word(queue, gateways):
    ticket = builders.ticket("answered")
    closing.accept(ticket, RETAILER)
    builders.STEPS["closed"](ticket, None, None, None)
    perform(queue, ("tell_closed", ticket.id), ("tell_closed", ticket.id))
    (message,) = said(ticket, "close")
    assert message.answer_code == "A-COM-CLOSEFAST"


def test_without_approved_short_words_the_usual_ones_are_said(queue, gateways):
    db.session.execute(db.update(AnswerVersion).where(AnswerVersion.answer.has(purpose="close_fast")).values(status="retired"))
    ticket = builders.ticket("answered")
    closing.accept(ticket, RETAILER)
    builders.STEPS["closed"](ticket, None, None, None)
    perform(queue, ("tell_closed", ticket.id))
    assert [message.answer_code for message in said(ticket, "close")] == ["A-COM-CLOSE"]


@pytest.mark.parametrize("state", ["answered", "in_progress"])
def test_no_closing_words_before_the_end(queue, gateways, state):
    ticket = builders.ticket(state)
    perform(queue, ("tell_closed", ticket.id))
    assert said(ticket, "close") == []


def test_no_closing_words_for_a_page_without_a_reader(queue, gateways):
    ticket = builders.opened(anonymous=True)
    ticket.sealed = False
    builders.walk(ticket, "closed")
    perform(queue, ("tell_closed", ticket.id))
    assert said(ticket, "close") == []


def test_a_missing_ticket_harms_nobody(queue, gateways):
    perform(queue, ("acknowledge", 10**6), ("tell_closed", 10**6))
    assert gateways["sms"].sent == []


def test_the_sweep_finds_lost_jobs(queue, gateways):
    lost, closed = builders.opened(), builders.ticket("closed")
    db.session.commit()
    queue.clear()
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        perform(queue, ("sweep_followups",))
        assert len(said(lost, "ack")) == 1
        assert len(said(closed, "close")) == 1
        queue.enqueue("sweep_followups")
        assert queue.run() == 1


def test_what_a_machine_may_have_sent_is_not_acknowledged_by_itself(queue, gateways):
    ticket = builders.opened(suspect="honeypot")
    perform(queue, ("acknowledge", ticket.id))
    with clock.frozen(clock.now() + timedelta(hours=1)):
        perform(queue, ("sweep_followups",))
    assert (ticket.facts, said(ticket, "ack"), gateways["sms"].sent) == ({"suspect": "honeypot"}, [], [])
