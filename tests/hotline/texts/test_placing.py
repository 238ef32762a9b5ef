"""Words find their ticket: the open one, the answered one, a new one, or a person who decides."""
from datetime import timedelta

import pytest

from core import clock, organisation
from core.actor import SYSTEM
from core.db import db
from notifications.models import Notice
from tests.builders import opened, retailer, ticket
from tests.hotline.texts.sending import PHONE, Phone
from tests.triage.small import PLAIN, small_model
from tickets import case_number
from tickets.models import Ticket
from tickets.services import triaging
from triage import queries


@pytest.fixture
def phone(queue):
    return Phone(queue)


@pytest.fixture
def shop(database):
    return retailer(phone=PHONE)


def words(made):
    return [message.body for message in made.messages if message.kind == "in"]


def test_who_writes_again_soon_speaks_of_the_same(phone, shop):
    first = phone.say("货没到，已经晚了三天")
    assert phone.say("司机电话也打不通", after=60) is first
    assert words(first) == ["货没到，已经晚了三天", "司机电话也打不通"]


@pytest.fixture
def tomorrow(queue):
    """A phone at noon of the next day: nothing was said for hours, and no midnight is near."""
    day = (clock.now() + timedelta(days=1)).astimezone(organisation.zone())
    return Phone(queue, start=day.replace(hour=12, minute=0))


def said(gateways, words_of_it):
    return [message.body for message in gateways["sms"].sent if words_of_it in message.body]


@pytest.mark.parametrize(("language", "told"), [("zh", "已记进编号"), ("en", "added to")])
def test_who_adds_something_later_hears_once_a_day_where_it_went(tomorrow, shop, queue, gateways, language, told):
    made = ticket("in_progress", shop=shop, language=language)
    db.session.commit()
    queue.run()  # its acknowledgement goes out today
    assert tomorrow.say("补充一下，订单是2611180732") is made
    assert [case_number.show(made.case_no) in body for body in said(gateways, told)] == [True]
    assert tomorrow.say("补充一下，还少了一箱", after=2 * 3600) is made
    assert len(said(gateways, told)) == 1
    assert tomorrow.say("补充一下，软的也少了一箱", after=24 * 3600) is made
    assert len(said(gateways, told)) == 2


def test_who_has_just_heard_from_us_is_told_nothing_more(phone, shop, gateways):
    made = phone.say("货没到，已经晚了三天")
    assert phone.say("司机电话也打不通", after=60) is made
    assert [message.purpose for message in made.messages if message.kind == "out"] == ["ack"]


def test_what_joins_a_sealed_matter_is_not_answered(tomorrow, shop, queue, gateways):
    made = ticket("in_progress", shop=shop, language="zh")
    triaging.seal(made, SYSTEM)
    db.session.commit()
    queue.run()
    assert tomorrow.say("补充一下，订单是2611180732") is made
    assert said(gateways, "已记进编号") == []


def test_the_handler_hears_of_it(phone, shop):
    made = ticket("in_progress", shop=shop, language="zh")
    phone.say("补充一下，订单是2611180732")
    assert "continued" in [notice.kind for notice in db.session.scalars(db.select(Notice).filter_by(ticket_id=made.id))]


def test_an_answer_to_a_question_ends_the_waiting(phone, shop):
    made = ticket("needs_info", shop=shop, language="zh")
    assert phone.say("是星期二的单子") is made
    assert made.state == "in_progress"


def test_thanks_are_no_answer_to_a_question(phone, shop):
    made = ticket("needs_info", shop=shop, language="zh")
    assert phone.say("好的，谢谢") is made
    assert made.state == "needs_info"


def test_another_matter_gets_a_ticket_of_its_own(phone, shop):
    made = ticket("in_progress", shop=shop, language="zh")
    other = phone.say("另外上次扣款多扣了我两百块")
    assert other is not made
    assert (other.state, other.facts) == ("received", {})


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_still_not_settled_opens_it_again(phone, shop, gateways, state):
    made = ticket(state, shop=shop, language="zh")
    assert phone.say("还是没解决，货到现在也没补给我") is made
    assert (made.state, made.redos) == ("in_progress", 1)
    assert "重新办" in gateways["sms"].sent[-1].body


@pytest.mark.parametrize("state", ["answered", "closed"])
@pytest.mark.parametrize("text", ["谢谢", "Thank you!", "好的，收到"])
def test_thanks_are_kept_and_open_nothing(phone, shop, state, text):
    made = ticket(state, shop=shop, language="zh")
    assert phone.say(text) is made
    assert (made.state, words(made)[-1]) == (state, text)


def test_a_new_matter_after_closing_is_linked(phone, shop):
    ended = ticket("closed", shop=shop, language="zh")
    made = phone.say("另外，这个月给我分的货太少了")
    assert made is not ended
    assert made.facts["continues"] == ended.case_no
    assert ended.state == "closed"


def test_the_unclear_goes_to_a_person_and_is_never_dispatched_by_itself(phone, shop):
    small_model(threshold=0.01)
    ended = ticket("closed", shop=shop, language="zh")
    made = phone.say("那我什么时候能拿到呢", after=120)
    assert made is not ended
    assert (made.state, made.facts["may_continue"]) == ("received", [ended.case_no])
    assert "may_continue" in queries.proposal(made).waits


def test_after_the_window_it_is_a_new_matter(phone, shop):
    ended = ticket("closed", shop=shop, language="zh")
    phone.wait(40 * 86400)
    made = phone.say("还是没解决，货到现在也没补给我")
    assert made is not ended
    assert made.facts == {}


def test_several_open_matters_go_to_a_person(phone, shop):
    first, second = (ticket("in_progress", shop=shop, language="zh") for _ in range(2))
    made = phone.say("催一下，还没处理")
    assert sorted(made.facts["may_continue"]) == sorted([first.case_no, second.case_no])


def test_a_number_that_is_named_leads_there(phone, shop):
    first, _second = (ticket("in_progress", shop=shop, language="zh") for _ in range(2))
    assert phone.say(f"编号{first.case_no}的事，司机又没来") is first


def test_the_number_of_somebody_elses_case_is_looked_at_by_a_person(phone):
    foreign = opened(phone="+8613900139000")
    made = phone.say(f"关于{foreign.case_no}，我也想说两句，情况不是那样的")
    assert made is not foreign
    assert made.facts["may_continue"] == [foreign.case_no]


def test_a_matter_filed_on_the_web_goes_on_by_text(phone, shop):
    made = opened("货没有到", shop=shop, language="zh")
    assert phone.say("货还没到，催一下") is made


def test_a_matter_told_in_confidence_by_another_is_not_touched(phone, shop):
    hidden = opened("有人欺负我们", shop=shop, confidential=True, phone="+8613900139001", language="zh")
    assert phone.say("货还没到，催一下") is not hidden


@pytest.mark.parametrize("text", ["你好", "在吗？", "hello?", "123", "？？？", "👍👍"])
def test_what_says_nothing_is_proposed_as_noise_and_not_acknowledged(phone, gateways, text):
    made = phone.say(text)
    assert made.facts.get("perhaps_noise") is True
    assert "perhaps_noise" in queries.proposal(made).waits
    assert gateways["sms"].sent == []


def test_a_greeting_that_goes_on_becomes_a_matter(phone, gateways):
    small_model(threshold=0.5)
    greeting = phone.say("你好")
    made = phone.say(PLAIN, after=30)
    assert made is greeting
    assert "perhaps_noise" not in made.facts
    assert made.subject.startswith(PLAIN[:10])
    assert queries.proposal(made).leaf == "DLV.LATE"
    assert [sent.to for sent in gateways["sms"].sent] == [PHONE]


def test_a_greeting_that_a_person_takes_seriously_is_acknowledged_after_all(phone, queue, gateways):
    from core import clock, organisation
    from core.jobs import run
    from tests.builders import classify
    made = phone.say("你好")
    classify(made, "OTH.OTHER")
    from core.actor import SYSTEM
    from tickets.services import triaging
    triaging.dispatch(made, SYSTEM)
    phone.wait(120)
    with clock.frozen(phone.now):
        run("sweep_followups")
        queue.run()
    assert any("/t/" in sent.body for sent in gateways["sms"].sent)


def test_texts_of_two_numbers_never_meet(queue):
    one, other = Phone(queue), Phone(queue, "+8613800137002")
    first = one.say("货没到，已经晚了三天")
    assert other.say("货没到，司机也不接电话") is not first
    assert db.session.scalar(db.select(db.func.count()).select_from(Ticket)) == 2
