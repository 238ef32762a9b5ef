"""Texts arrive: kept once, put together, made one ticket with one acknowledgement."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from hotline.texts import services
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from tests.builders import retailer
from tests.hotline.texts.sending import PHONE, Phone
from tests.hotline.texts.test_stitching import LONG, LONG2, TAIL
from tests.triage.small import small_model
from tickets.models import Ticket
from triage import queries


@pytest.fixture
def phone(queue):
    return Phone(queue)


def tickets():
    return db.session.scalars(db.select(Ticket).order_by(Ticket.id)).all()


def acks(gateways):
    return [sent for sent in gateways["sms"].sent if "/t/" in sent.body or "Received" in sent.body]


def test_a_text_becomes_a_ticket_and_is_acknowledged(phone, gateways):
    shop = retailer(phone=PHONE)
    made = phone.say("货没到，已经晚了三天")
    assert (made.channel, made.retailer, made.contact_phone, made.language, made.state) == ("sms", shop, PHONE, "zh", "received")
    (ack,) = acks(gateways)
    assert ack.to == PHONE
    assert made.case_no[:5] in ack.body


def test_it_is_acknowledged_in_its_own_language(phone, gateways):
    phone.say("The goods have not come, three days late")
    (ack,) = acks(gateways)
    assert "has your message" in ack.body


def test_it_waits_a_moment_and_no_longer(phone, queue):
    phone.text("货没到，已经晚了三天")
    phone.wait(3)
    assert tickets() == []
    phone.wait(2)
    assert len(tickets()) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_pieces_in_any_order_become_one_ticket_with_one_acknowledgement(phone, gateways, order):
    pieces = (LONG, LONG2, TAIL)
    for place in order:
        phone.text(pieces[place])
    phone.wait(200)
    (made,) = tickets()
    assert made.messages[0].body == LONG + LONG2 + TAIL
    assert len(acks(gateways)) == 1
    rows = db.session.scalars(db.select(IntakeRecord).filter_by(ticket_id=made.id).order_by(IntakeRecord.id)).all()
    assert sorted(row.raw["text"] for row in rows) == sorted(pieces)
    assert {row.state for row in rows} == {"done"}
    assert sorted(row.recognised_as for row in rows) == ["part", "part", "text"]


def test_a_complete_text_does_not_wait_for_the_window(phone):
    phone.text(LONG)
    phone.wait(10)
    assert tickets() == []
    phone.text(TAIL)
    phone.wait(6)
    assert len(tickets()) == 1


def test_a_long_text_whose_rest_never_comes_is_taken_after_the_window(phone):
    phone.text(LONG)
    phone.wait(89)
    assert tickets() == []
    phone.wait(3)
    assert [made.messages[0].body for made in tickets()] == [LONG]


def test_a_late_piece_joins_the_ticket_without_a_second_acknowledgement(phone, gateways):
    phone.text(LONG)
    phone.text(TAIL, after=1)
    made = phone.say(LONG2, after=20)
    assert tickets() == [made]
    assert [message.body for message in made.messages if message.kind == "in"] == [LONG + TAIL, LONG2]
    assert len(acks(gateways)) == 1


def test_repeats_are_kept_and_change_nothing(phone, gateways):
    phone.text("货没到，已经晚了三天")
    phone.text("货没到，已经晚了三天", after=2)
    phone.text("货没到，已经晚了三天", after=30)
    phone.wait(200)
    (made,) = tickets()
    assert [message.body for message in made.messages if message.kind == "in"] == ["货没到，已经晚了三天"]
    assert len(acks(gateways)) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(IntakeRecord).filter_by(ticket_id=made.id)) == 3


def test_two_quick_complaints_are_two_messages(phone):
    phone.text("货没到，已经晚了三天")
    phone.text("另外上次扣款也错了", after=20)
    phone.wait(200)
    assert [m.body for made in tickets() for m in made.messages if m.kind == "in"] == ["货没到，已经晚了三天", "另外上次扣款也错了"]


@pytest.mark.parametrize("again", [{}, {"MessageSid": "SM-other", "IdempotencyToken": "token-1"}])
def test_the_same_text_delivered_twice_is_one(queue, again):
    fields = {"MessageSid": "SM-one", "From": PHONE, "Body": "货没到", "IdempotencyToken": "token-1"}
    first, new = services.arrive("twilio", fields, clock.now())
    second, newer = services.arrive("twilio", fields | again, clock.now())
    assert (first.id, new, newer) == (second.id, True, False)


def test_another_text_under_the_same_token_is_another(queue):
    fields = {"MessageSid": "SM-one", "From": PHONE, "Body": "货没到", "IdempotencyToken": "token-1"}
    services.arrive("twilio", fields, clock.now())
    other, new = services.arrive("twilio", fields | {"MessageSid": "SM-two", "Body": "少了两条"}, clock.now())
    assert new
    assert other.raw["text"] == "少了两条"


def test_another_gateway_may_count_as_it_likes(queue):
    rows = {services.arrive(provider, {"MessageSid": "1", "From": PHONE, "Body": provider}, clock.now())[0].id for provider in ("twilio", "yunxin", "other")}
    assert len(rows) == 3


@pytest.mark.parametrize(("sender", "kept", "phone"), [
    ("+86 138 0013 7001", PHONE, PHONE), ("13800137001", PHONE, PHONE), ("+15005550006", "+15005550006", "+15005550006"), ("10086", "10086", None),
    ("RedressInfo", "RedressInfo", None), ("", None, None), ("+", "+", None), ("x" * 500, "x" * 100, None), ("你好\0", "你好", None),
])
def test_any_sender_can_be_kept(queue, sender, kept, phone):
    record, _new = services.arrive("twilio", {"MessageSid": "SM1", "From": sender, "Body": "货没到"}, clock.now())
    db.session.commit()
    assert (record.sender, record.raw["phone"]) == (kept, phone)
    with clock.frozen(clock.now() + timedelta(seconds=10)):
        queue.run()
    assert tickets()[0].contact_phone == phone


@pytest.mark.parametrize("fields", [{}, {"Body": "\0"}, {"From": PHONE, "Body": "\ud800"}, {"MessageSid": "x" * 3000, "From": "\0"}, {"From": PHONE, "Body": "货" * 20000}])
def test_nonsense_is_kept_as_well(queue, fields):
    record, new = services.arrive("twilio", fields, clock.now())
    again, newer = services.arrive("twilio", fields, clock.now())
    db.session.commit()
    assert (record.id, new, newer) == (again.id, True, False)
    with clock.frozen(clock.now() + timedelta(seconds=200)):
        queue.run()
    assert record.state == "done"


def test_a_lost_job_is_found_by_the_sweep(phone, queue):
    phone.text("货没到，已经晚了三天")
    queue.clear()
    phone.wait(60)
    assert tickets() == []
    with clock.frozen(phone.now):
        run("sweep_intake")
        queue.run()
    assert len(tickets()) == 1


def test_advancing_twice_makes_one_ticket(phone, queue):
    record = phone.text("货没到，已经晚了三天", settle=True)
    run("advance", record.id)
    assert len(tickets()) == 1


def test_a_text_that_comes_hours_late_keeps_the_hour_at_which_it_was_sent(queue):
    sent = clock.now() - timedelta(hours=3)
    record, _new = services.arrive("twilio", {"MessageSid": "SM1", "From": PHONE, "Body": "货没到"}, sent)
    db.session.commit()
    queue.run()
    assert db.session.get(Ticket, record.ticket_id).received_at == sent


def test_who_wants_no_messages_gets_none(phone, gateways):
    from retailers import services as retailers
    retailers.opt_out(PHONE, "test")
    assert phone.say("货没到，已经晚了三天") is not None
    assert phone.say("进度") is not None
    assert gateways["sms"].sent == []
    assert db.session.scalars(db.select(OutboundMessage)).all() == []


def test_a_number_of_two_shops_leaves_the_shop_to_a_person(phone):
    small_model(threshold=0.01)
    shops = [retailer(phone=PHONE) for _ in range(2)]
    made = phone.say("货没到，已经晚了三天")
    assert made.retailer is None
    assert (made.state, queries.proposal(made).waits) == ("received", ["several_shops"])
    assert sorted(made.facts["shops"]) == sorted(shop.licence_no for shop in shops)


def test_a_carrier_may_say_which_piece_of_how_many_it_is(phone):
    for place, words in ((2, "司机也不接电话"), (1, "货没到，")):
        phone.text(words, Part=str(place), Parts="2")
    phone.wait(200)
    assert [made.messages[0].body for made in tickets()] == ["货没到，司机也不接电话"]


@pytest.mark.parametrize("told", [{"Part": "x", "Parts": "2"}, {"Part": "3", "Parts": "2"}, {"Part": "1", "Parts": "1"}, {"Part": "1"}])
def test_a_carrier_that_talks_nonsense_is_not_believed(phone, told):
    phone.text("货没到，已经晚了三天", **told)
    phone.wait(6)
    assert len(tickets()) == 1


@pytest.mark.parametrize("text", ["别再给我发短信了", "STOP", "退订"])
def test_a_wish_for_no_more_texts_is_never_taken_for_a_piece(phone, text):
    from retailers.queries import opted_out
    phone.text(LONG)
    phone.text(text, after=5)
    phone.wait(200)
    assert opted_out(PHONE)
    assert [made.messages[0].body for made in tickets()] == [LONG]
