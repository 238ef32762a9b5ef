"""Stories told by text message, from the first word to the last."""
import threading

import pytest

from core import clock, settings
from core.db import db
from core.jobs import run
from hotline.texts import services as texts
from intake import services as intake
from intake.models import IntakeRecord
from tests.builders import STEPS, retailer, staff, walk
from tests.committed import committed_app
from tests.hotline.texts.sending import PHONE, Phone
from tests.hotline.texts.test_stitching import LONG, LONG2, TAIL
from tests.pages import PageClient
from tests.triage.small import PLAIN, small_model
from tickets import case_number
from tickets.models import Message, Ticket
from triage import queries
from triage.duplicates import services as duplicates


@pytest.fixture
def phone(queue):
    return Phone(queue)


@pytest.fixture
def shop(database):
    return retailer(phone=PHONE)


def told(gateways):
    return [sent.body for sent in gateways["sms"].sent if sent.to == PHONE]


def test_a_text_in_three_scrambled_parts_is_one_complaint_with_one_acknowledgement(phone, shop, gateways):
    for piece, after in ((LONG2, 0), (TAIL, 1), (LONG, 1), (LONG2, 3)):
        phone.text(piece, after)
    phone.wait(300)
    (made,) = db.session.scalars(db.select(Ticket)).all()
    assert (made.retailer, made.messages[0].body) == (shop, LONG + LONG2 + TAIL)
    (ack,) = told(gateways)
    assert case_number.show(made.case_no) in ack


def test_one_asks_how_far_it_is_and_takes_it_back(phone, shop, gateways):
    made = phone.say("货没到，已经晚了三天")
    walk(made, "in_progress")
    phone.say("进度")
    assert case_number.show(made.case_no) in told(gateways)[-1]
    phone.say("撤诉")
    assert made.state == "in_progress"
    phone.say("9")
    assert made.state == "withdrawn"
    assert len(told(gateways)) == 4


def test_after_the_closing_words_go_four_ways(app, phone, shop, queue, gateways):
    hotline = PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))
    made = phone.say("货没到，已经晚了三天")
    walk(made, "closed")
    phone.wait(3600)
    assert phone.say("谢谢") is made
    assert made.state == "closed"
    linked = phone.say("另外，这个月给我分的货太少了", after=3600)
    assert linked.facts["continues"] == made.case_no
    walk(linked, "closed")
    unclear = phone.say("到底是个什么意思", after=4 * 86400)
    assert set(unclear.facts["may_continue"]) == {made.case_no, linked.case_no}
    hotline.submit(hotline.get(f"/desk/triage?case={unclear.case_no}"), f"/triage/{unclear.case_no}", button=f"step=into:{linked.case_no}")
    phone.run()
    assert (linked.state, made.state) == ("in_progress", "closed")
    walk_again(linked)
    assert phone.say(f"{made.case_no} 还是没解决", after=600) is made
    assert made.state == "in_progress"


def walk_again(made: Ticket) -> None:
    for step in ("in_review", "answered", "closed"):
        STEPS[step](made, made.assignee, None, None)


def test_the_same_matter_by_web_and_text_taken_by_two_workers_is_proposed_as_one(services):
    """Whichever of the two comes first: one of them at least waits, and the other is offered beside it."""
    with committed_app(services, "twice") as (app, _url):
        shop = retailer(phone=PHONE, deliverer_id=None)
        small_model(threshold=0.01)
        staff("lin", certificates={"DLV": 3})
        settings.put("text_settle_seconds", 0)
        db.session.commit()
        both = [stored(shop, channel) for channel in ("web", "sms")]
        together(app, lambda number: run("advance", number), both)
        made = [db.session.get(IntakeRecord, number).ticket_id for number in both]
        if len(set(made)) == 2:
            together(app, lambda number: run("understand", number), made)
            db.session.rollback()
            tickets = [db.session.get(Ticket, number) for number in made]
            waiting = [ticket for ticket in tickets if ticket.state == "received"]
            assert waiting
            for ticket in waiting:
                assert "possible_double" in queries.proposal(ticket).waits
                assert [other.ticket.id for other in duplicates.likely(ticket)] == [number for number in made if number != ticket.id]
        else:  # the text was the second, and was plainly of the same
            assert db.session.scalar(db.select(db.func.count()).select_from(Message).where(Message.ticket_id == made[0], Message.kind == "in")) == 2


def stored(shop, channel: str) -> int:
    if channel == "sms":
        record, _new = texts.arrive("twilio", {"MessageSid": "SM1", "From": PHONE, "Body": PLAIN}, clock.now())
    else:
        record, _new = intake.store("web", "form", {"text": PLAIN, "shop": shop.licence_no, "phone": PHONE, "language": "zh"})
    db.session.commit()
    return record.id


def together(app, act, numbers) -> None:
    """Let each be done by a thread of its own, with a connection of its own, at the same moment."""
    start, errors = threading.Barrier(len(numbers)), []

    def work(number):
        with app.app_context():
            start.wait()
            try:
                act(number)
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()
    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
