"""Texts that ask for no more messages, or for messages again, from the raw record to what comes of it."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from intake import services as intake
from intake.jobs import advance
from intake.models import IntakeRecord
from retailers import services as retailers
from retailers.queries import opt_out_of, opted_out
from tests import builders
from tickets.models import CallTask, Ticket

NUMBER = "+8613800137701"


def text(words, number=NUMBER, language="zh"):
    """One text message, stored and taken as far as it goes."""
    record, _new = intake.store("sms", f"SM{next(builders.numbers)}", {"text": words, "phone": number, "language": language}, sender=number)
    intake.advance(record)
    db.session.commit()
    return record


def stored(words, minutes):
    """A text that came some minutes after the first, not read yet."""
    record, _new = intake.store("sms", f"SM{next(builders.numbers)}", {"text": words, "phone": NUMBER}, sender=NUMBER,
                                received_at=clock.now() + timedelta(minutes=minutes))
    return record


def tasks():
    return [(task.reason, task.text) for task in db.session.scalars(db.select(CallTask).order_by(CallTask.id))]


@pytest.mark.parametrize(("words", "source"), [("退订", "sms"), ("别再给我发短信了", "sms"), ("Stop.", "sms_word"), ("stop all", "sms"), ("td", "sms")])
def test_an_opt_out_of_anybody_is_kept_and_nothing_is_sent_back(queue, gateways, words, source):
    record = text(words)
    queue.run()
    assert (record.recognised_as, record.state, record.ticket_id) == ("opt_out", "done", None)
    assert opt_out_of(NUMBER).source == source
    assert gateways["sms"].sent == []
    assert db.session.query(Ticket).count() == 0


def test_whoever_waits_is_called_instead(queue):
    ticket = builders.ticket("in_progress", phone=NUMBER)
    record = text("退订")
    assert record.ticket_id == ticket.id
    assert tasks() == [("opted_out", "退订")]


@pytest.mark.parametrize("word", ["CANCEL", "end", "Quit!"])
def test_a_word_that_may_mean_the_complaint_is_asked_about(queue, word):
    ticket = builders.ticket("in_progress", phone=NUMBER)
    text(word)
    assert tasks() == [("perhaps_withdrawn", word)]
    assert ticket.state == "in_progress"
    assert opted_out(NUMBER)


def test_an_opt_out_performed_again_changes_nothing(queue):
    builders.ticket("in_progress", phone=NUMBER)
    record = text("CANCEL")
    for _time in range(2):
        advance(record.id)
    assert len(tasks()) == 1


@pytest.mark.parametrize("words", ["STOP sending me stale goods", "别再发过期的货了", "取消订单", "cancel my order"])
def test_a_complaint_with_such_a_word_is_a_complaint(queue, words):
    record = text(words)
    assert record.recognised_as != "opt_out"
    assert record.ticket_id is not None
    assert not opted_out(NUMBER)


def test_a_form_that_says_stop_is_no_opt_out(queue):
    record, _new = intake.store("web", "form-1", {"text": "STOP", "phone": NUMBER})
    intake.advance(record)
    assert record.recognised_as == "new_matter"


@pytest.mark.parametrize(("words", "language", "said"), [("恢复", "zh", "发短信"), ("START", "en", "texts again"), ("YES", "en", "texts again")])
def test_messages_again_are_confirmed_once(queue, gateways, words, language, said):
    retailers.opt_out(NUMBER, "sms")
    record = text(words, language=language)
    queue.run()
    assert record.recognised_as == "opt_in"
    assert not opted_out(NUMBER)
    assert [message.to for message in gateways["sms"].sent] == [NUMBER]
    assert said in gateways["sms"].sent[0].body


@pytest.mark.parametrize("words", ["START", "unstop!"])
def test_start_means_nothing_else_even_where_nothing_is_to_be_lifted(queue, gateways, words):
    record = text(words, language="en")
    queue.run()
    assert (record.recognised_as, record.ticket_id) == ("opt_in", None)
    assert len(gateways["sms"].sent) == 1


def test_what_was_sent_last_counts_whichever_is_read_first(queue, gateways):
    """The carrier has let him in again; our own jobs ran the other way round."""
    stop, start = stored("STOP", minutes=0), stored("START", minutes=1)
    for record in (start, stop):
        intake.advance(record)
    assert not opted_out(NUMBER)
    start, stop = stored("START", minutes=2), stored("STOP", minutes=3)
    for record in (stop, start):
        intake.advance(record)
    assert opted_out(NUMBER)


@pytest.mark.parametrize("words", ["YES", "恢复"])
def test_without_an_opt_out_there_is_nothing_to_lift(queue, words):
    assert text(words).recognised_as != "opt_in"


def test_a_sender_without_a_number_is_no_reason_to_break(queue):
    record, _new = intake.store("sms", "SM-short", {"text": "STOP"}, sender="CARRIER")
    intake.advance(record)
    assert db.session.get(IntakeRecord, record.id).recognised_as == "opt_out"
    assert opted_out("CARRIER")
