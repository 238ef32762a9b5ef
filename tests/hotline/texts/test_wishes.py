"""Short messages that ask: how far is it, help, withdraw."""
import pytest

from core.db import db
from hotline.texts.models import TextWords
from hotline.texts.words import CACHE
from notifications.models import OutboundMessage
from retailers.queries import opted_out
from retailers.services import opt_out
from tests.builders import opened, retailer, ticket, walk
from tests.hotline.texts.sending import PHONE, Phone
from tests.hotline.texts.test_stitching import LONG
from tickets import case_number
from tickets.services import merging, triaging
from tickets.services.calls import CallTask


@pytest.fixture
def phone(queue):
    return Phone(queue)


@pytest.fixture
def heard(gateways):
    """What the phone was told, the last one last; acknowledgements are left out."""
    return lambda: [sent.body for sent in gateways["sms"].sent if sent.to == PHONE and "/t/" not in sent.body]


def mine(state="received", **columns):
    shop = columns.pop("shop", None) or retailer(phone=PHONE)
    return ticket(state, shop=shop, language="zh", **columns)


def test_the_state_and_the_day_in_plain_words(phone, heard):
    made = mine("in_progress")
    assert phone.say("进度") is made
    (told,) = heard()
    assert case_number.show(made.case_no) in told
    assert "somebody is working on it" in told or "有人" in told
    assert made.messages[-1].purpose == "asked_progress"


def test_a_text_that_still_waits_for_its_pieces_is_taken_in_before_the_answer(phone, heard):
    retailer(phone=PHONE)
    waiting = phone.text(LONG)
    assert waiting.ticket_id is None
    made = phone.say("进度", after=10)
    assert made is not None
    assert waiting.ticket_id == made.id
    assert case_number.show(made.case_no) in heard()[-1]


def test_an_english_question_gets_an_english_answer(phone, heard):
    mine("answered")
    phone.say("STATUS")
    assert "we have answered you" in heard()[-1]


def test_a_case_is_found_by_its_number_among_several(phone, heard):
    shop = retailer(phone=PHONE)
    first, second = mine(shop=shop), mine(shop=shop)
    assert phone.say(f"进度 {case_number.show(first.case_no)}") is first
    assert case_number.show(second.case_no) not in heard()[0]


def test_of_several_the_three_newest_are_told(phone, heard):
    shop = retailer(phone=PHONE)
    several = [mine(shop=shop) for _ in range(4)]
    assert phone.say("进度") is None
    (told,) = heard()
    assert [case_number.show(made.case_no) in told for made in several] == [False, True, True, True]


@pytest.mark.parametrize("text", ["进度", "STATUS", "进度 {}"])
def test_other_peoples_cases_are_not_told(phone, heard, text):
    foreign = opened(phone="+8613900139000")
    assert phone.say(text.format(foreign.case_no)) is None
    (told,) = heard()
    assert case_number.show(foreign.case_no) not in told


def test_what_was_told_in_confidence_is_told_to_its_own_number_only(phone, heard):
    hidden = mine(confidential=True, phone="+8613900139001")
    phone.say(f"进度 {hidden.case_no}")
    assert case_number.show(hidden.case_no) not in heard()[0]


def test_the_number_of_a_joined_case_is_understood(phone, heard):
    shop = retailer(phone=PHONE)
    double, other = opened(shop=shop), mine("in_progress", shop=shop)
    from tests.builders import staff, who
    merging.merge(double, who(staff(roles=("hotline",), in_team="hotline", certificates={})), other)
    assert phone.say(double.case_no) is other
    assert case_number.show(double.case_no) in heard()[0]


def test_a_report_is_promised_no_day(phone, heard):
    made = mine(kind="report")
    triaging.seal(made, triaging.Actor("system"))
    made.contact_phone = PHONE
    phone.say("进度 " + made.case_no)
    assert "前" not in heard()[0]
    assert "by " not in heard()[0]


def test_people_may_ask_again_and_machines_come_to_an_end(phone, heard):
    mine()
    for turn in range(8):
        phone.say(("进度", "STATUS")[turn % 2])
        phone.wait(10)
    assert len(heard()) == 5
    phone.wait(3600)
    phone.say("STATUS")  # not the other language: carriers refuse a fourth text of the same words within a day
    assert len(heard()) == 6


def test_help_is_given_to_anybody(phone, heard):
    assert phone.say("帮助") is None
    assert "撤诉" in heard()[0]
    phone.say("HELP me, the driver broke my door")
    assert len(heard()) == 1


def test_a_withdrawal_is_asked_back_and_confirmed_by_nine(phone, heard):
    made = mine("dispatched")
    assert phone.say("撤诉") is made
    assert made.state == "dispatched"
    assert "9" in heard()[0]
    assert phone.say("9") is made
    assert made.state == "withdrawn"
    assert case_number.show(made.case_no) in heard()[1]


@pytest.mark.parametrize("word", ["是", "对", "确认", "yes", "OK"])
def test_a_word_confirms_while_the_question_stands(phone, heard, word):
    made = mine("dispatched")
    phone.say("撤诉")
    phone.say(word)
    assert made.state == "withdrawn"


@pytest.mark.parametrize("word", ["不", "不是", "不撤", "no", "继续办"])
def test_whoever_says_no_hears_that_it_goes_on_and_the_question_stands_no_longer(phone, heard, word):
    made = mine("dispatched")
    phone.say("撤诉")
    assert phone.say(word) is made
    assert case_number.show(made.case_no) in heard()[1]
    phone.say("9")
    assert (made.state, len(heard())) == ("dispatched", 2)


def test_yes_without_a_question_withdraws_nothing(phone):
    made = mine("dispatched")
    phone.say("yes")
    assert made.state == "dispatched"


def test_yes_is_an_opt_in_and_a_confirmation(phone):
    made = mine("dispatched")
    phone.say("撤诉")
    opt_out(PHONE, "sms")
    phone.say("YES")
    assert (made.state, opted_out(PHONE)) == ("withdrawn", False)


def test_nine_without_a_question_withdraws_nothing(phone):
    made = mine("dispatched")
    phone.say("9")
    assert made.state == "dispatched"


def test_a_confirmation_is_good_for_a_day(phone):
    made = mine("dispatched")
    phone.say("WITHDRAW")
    phone.say("9", after=25 * 3600)
    assert made.state == "dispatched"


def test_a_confirmation_is_used_once(phone, queue):
    shop = retailer(phone=PHONE)
    first = mine("dispatched", shop=shop)
    phone.say("撤诉")
    phone.say("9")
    second = mine("dispatched", shop=shop)
    phone.say("9", after=200)
    assert (first.state, second.state) == ("withdrawn", "dispatched")


def test_what_was_answered_meanwhile_is_not_withdrawn(phone, heard):
    made = mine()
    phone.say("撤诉")
    walk(made, "answered")
    phone.say("9")
    assert made.state == "answered"
    assert "答复" in heard()[-1] or "answered" in heard()[-1]


def test_haste_is_counted_on_what_is_due_first_and_answered_with_how_far_it_is(phone, heard):
    shop = retailer(phone=PHONE)
    later, first = mine("in_progress", shop=shop, severity="S4"), mine("in_progress", shop=shop, severity="S2")
    assert phone.say("催一下") is first
    assert case_number.show(first.case_no) in heard()[0]
    phone.say("快点")
    assert (first.urgings, later.urgings) == (1, 0)
    phone.say(f"催 {later.case_no}")
    assert (first.urgings, later.urgings) == (1, 1)


def test_nothing_to_hasten(phone, heard):
    phone.say("催一下")
    assert "没有" in heard()[0]


def test_of_several_one_must_be_named(phone, heard):
    shop = retailer(phone=PHONE)
    first, second = mine(shop=shop), mine(shop=shop)
    assert phone.say("撤诉") is None
    assert case_number.show(first.case_no) in heard()[0]
    phone.say("9")
    phone.say(f"撤诉{second.case_no}")
    phone.say("9")
    assert (first.state, second.state) == ("received", "withdrawn")


def test_nothing_to_withdraw(phone, heard):
    phone.say("撤诉")
    assert "没有" in heard()[0]


def test_answers_do_not_stand_in_a_thread_and_call_nobody_when_they_fail(phone, gateways, queue):
    from gateways.base import PermanentFailure
    gateways["sms"].failures.append(PermanentFailure(30006, "landline"))
    phone.say("帮助")
    row = db.session.scalar(db.select(OutboundMessage))
    assert (row.state, row.ticket_id, row.purpose) == ("failed", None, "help")
    assert db.session.scalars(db.select(CallTask)).all() == []


def test_without_lists_every_text_is_a_matter(phone):
    db.session.execute(db.delete(TextWords))
    db.session.info.pop(CACHE, None)
    assert phone.say("进度") is not None
    db.session.info.pop(CACHE, None)
