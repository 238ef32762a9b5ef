"""Stories of the telephone: from the first ring to an answer that is handled again."""
from datetime import datetime, timedelta, timezone

import pytest

from core import clock, settings
from core.db import db
from core.jobs import run
from hotline.models import Call
from hotline.transcripts import confirming
from hotline.transcripts import queries as written
from hotline.transcripts import services as transcripts
from retailers import services as retailers
from tests import builders
from tests.hotline.account import Account, sound
from tests.hotline.caller import Caller
from tests.hotline.texts.sending import Phone
from tests.pages import PageClient
from tests.triage.small import PLAIN, small_model
from tickets import case_number
from tickets.models import Ticket
from triage import queries
from triage import services as understanding
from triage.models import TriageExample

TUESDAY = datetime(2026, 11, 17, 10, 30, tzinfo=timezone(timedelta(hours=8)))
NUMBER = "+8613800138000"


@pytest.fixture(autouse=True)
def now(database):
    """A working day; the desk rings one number."""
    settings.put("hotline_rings", "+12025550111")
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def account(app):
    """What the provider holds."""
    before = app.extensions["lines"]
    app.extensions["lines"] = {"twilio": Account()}
    yield app.extensions["lines"]["twilio"]
    app.extensions["lines"] = before


def confirm(ticket: Ticket) -> None:
    """The hotline finds every doubtful word of the transcript right."""
    hotline = builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))
    for transcript in written.of_ticket(ticket):
        for number in confirming.waiting(transcript.marks):
            transcripts.decide(hotline, transcript, number, transcript.marks[number]["text"])
    db.session.commit()


def the_ticket() -> Ticket:
    return db.session.scalars(db.select(Ticket).filter_by(channel="phone").order_by(Ticket.id.desc())).first()


def test_a_call_becomes_a_ticket_is_answered_by_text_and_handled_again(app, queue, gateways, account):
    shop = builders.retailer(phone=NUMBER)
    handler = builders.staff(certificates={"DLV": 3}, language="zh")
    caller = Caller(app, NUMBER).dial().press("2").rung("no-answer").press("1").say("昨天的货到现在还没有送来。", 0.95)
    account.held[caller.recording()["RecordingUrl"]] = sound(3)
    caller.record(3).hang_up()
    queue.run()
    ticket = the_ticket()
    assert (ticket.retailer_id, ticket.language, ticket.messages[0].body) == (shop.id, "zh", "昨天的货到现在还没有送来。")
    assert case_number.show(ticket.case_no) in gateways["sms"].sent[0].body
    confirm(ticket)
    builders.walk(ticket, "answered", handler=handler)
    db.session.commit()
    queue.run()
    assert [out.to for out in gateways["sms"].sent] == [NUMBER] * 2
    Phone(queue, NUMBER, start=TUESDAY).say("1 还是没有送来")
    assert (ticket.state, ticket.redos, ticket.assignee_id) == ("in_progress", 1, handler.id)
    page = PageClient(app).sign_in(handler).get(f"/desk/tickets/{ticket.case_no}")
    assert len(list(page.tree.all("audio"))) == 1


def test_what_was_heard_is_confirmed_before_it_goes_to_a_handler(app, queue):
    small_model(threshold=0.5)
    builders.retailer(phone=NUMBER)
    handler = builders.staff(certificates={"DLV": 3, "PAY.DEBIT": 3})
    Caller(app, NUMBER).dial().say(PLAIN, 0.99).hang_up()
    with clock.frozen(TUESDAY + timedelta(seconds=61)):
        run("sweep_calls")
        queue.run()
    hotline = PageClient(app).sign_in(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))
    page = hotline.get(f"/desk/triage?case={the_ticket().case_no}")
    refused = hotline.submit(page, f"/triage/{the_ticket().case_no}", 422, button="step=pick:DLV.LATE")
    assert "Confirm them first" in refused.text
    assert the_ticket().state == "received"
    confirm(the_ticket())
    queue.run()
    assert (the_ticket().state, the_ticket().assignee_id) == ("dispatched", handler.id)


def test_an_unknown_caller_is_taken_in_under_his_number(app, queue):
    caller = Caller(app, "+12025550123").dial().press("9").press("3").say("You sent me the wrong goods", 0.8).record()
    caller.hang_up()
    queue.run()
    assert (the_ticket().retailer_id, the_ticket().contact_phone, the_ticket().language) == (None, "+12025550123", "en")


def test_a_number_of_two_shops_is_nobodys_until_somebody_chooses(app, queue):
    shops = [builders.retailer(phone=NUMBER) for _shop in range(2)]
    Caller(app, NUMBER).dial().press("3").say("货没有送来，已经三天了。").record().hang_up()
    queue.run()
    assert (the_ticket().retailer_id, the_ticket().contact_phone) == (None, NUMBER)
    assert sorted(the_ticket().facts["shops"]) == sorted(shop.licence_no for shop in shops)


def test_audio_without_words_is_listened_to_at_the_desk(app, queue, account):
    small_model(threshold=0.0)
    caller = Caller(app, NUMBER).dial().press("3").wait()
    account.held[caller.recording()["RecordingUrl"]] = sound(9)
    caller.record(9).hang_up()
    queue.run()
    ticket = the_ticket()
    assert ticket.state == "received"
    assert queries.proposal(ticket).waits == ["listen"]  # nothing is proposed of a sentence that the caller never said
    assert queries.proposal(ticket).ranking == []
    hotline = builders.staff(roles=("hotline",), in_team="hotline", certificates={})
    page = PageClient(app).sign_in(hotline).get(f"/desk/triage?case={ticket.case_no}")
    assert "It is a recording without words: listen to it, then decide." in page.text
    (player,) = list(page.tree.all("audio"))
    assert PageClient(app).sign_in(hotline).get(player.get("src")).data == sound(9)
    builders.classify(ticket)
    understanding.decided(ticket, builders.who(hotline))
    assert db.session.scalar(db.select(TriageExample).filter_by(ticket_id=ticket.id)) is None


def test_after_an_opt_out_a_score_can_still_be_given_by_telephone(app, queue, gateways):
    ticket = builders.ticket("answered", shop=builders.retailer(phone=NUMBER))
    retailers.opt_out(NUMBER, "sms")
    db.session.commit()
    queue.run()
    gateways["sms"].sent.clear()
    caller = Caller(app, NUMBER).dial().press("4").press("2")
    caller.hang_up()
    queue.run()
    assert (ticket.score, [out.to for out in gateways["sms"].sent]) == (2, [])
    assert db.session.scalar(db.select(Call).filter_by(sid=caller.sid)).outcome == "self_served"
