"""The triage desk with texts: where words may belong, of which shop they are, and noise."""
import pytest

from core.db import db
from notifications.models import Notice, OutboundMessage
from tests.builders import retailer, staff, ticket
from tests.hotline.texts.sending import PHONE, Phone
from tests.pages import PageClient


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def phone(queue):
    return Phone(queue)


@pytest.fixture
def shop(database):
    return retailer(phone=PHONE)


def bodies(made):
    return [message.body for message in made.messages if message.kind == "in"]


def matter(page) -> str:
    return page.html.partition('id="matter"')[2]


def unclear(phone):
    return phone.say("催一下，还没处理")


def test_each_matter_that_words_may_continue_has_its_key(hotline, phone, shop):
    several = [ticket("in_progress", shop=shop, language="zh", text=f"第{number}件事") for number in (1, 2)]
    made = unclear(phone)
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "It may belong to an earlier matter of the same number." in page.text
    for other, key in zip(reversed(several), "GH", strict=True):
        assert f'value="into:{other.case_no}" data-key="{key}"' in page.html
    assert "Perhaps the same matter" not in page.text  # the same two are not offered a second time


def test_one_key_puts_the_words_where_they_belong(hotline, phone, shop, queue):
    first, second = (ticket("in_progress", shop=shop, language="zh") for _ in range(2))
    made = unclear(phone)
    page = hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button=f"step=into:{first.case_no}")
    queue.run()
    assert "its handler hears of them" in page.text
    assert (made.state, made.merged_into) == ("merged", first)
    assert bodies(first)[-1] == "催一下，还没处理"
    assert len(bodies(second)) == 1
    assert "continued" in [notice.kind for notice in db.session.scalars(db.select(Notice).filter_by(ticket_id=first.id))]


def test_an_answered_one_is_opened_again(hotline, phone, shop, queue, gateways):
    ended = ticket("closed", shop=shop, language="zh")
    made = phone.say("那我什么时候能拿到呢", after=120)
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "open it again" in page.text
    hotline.submit(page, f"/triage/{made.case_no}", button=f"step=into:{ended.case_no}")
    queue.run()
    assert (ended.state, ended.redos, made.state) == ("in_progress", 1, "merged")
    assert bodies(ended)[-1] == "那我什么时候能拿到呢"
    assert "重新办" in gateways["sms"].sent[-1].body


def test_a_question_that_waits_is_answered_by_the_words(hotline, phone, shop):
    asked = ticket("needs_info", shop=shop, language="zh")
    ticket("needs_info", shop=shop, language="zh")
    made = phone.say("是星期二的单子")
    hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button=f"step=into:{asked.case_no}")
    assert asked.state == "in_progress"


def test_a_matter_that_the_reader_may_not_see_is_not_offered(hotline, phone, shop):
    ticket("in_progress", shop=shop, language="zh")
    sealed = ticket("in_progress", shop=shop, language="zh", phone=PHONE)
    sealed.sealed = True
    made = unclear(phone)
    assert sealed.case_no in made.facts["may_continue"]
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert sealed.case_no not in page.html
    hotline.post(f"/desk/triage/{made.case_no}", step=f"into:{sealed.case_no}", status=422)
    assert (made.state, len(bodies(sealed))) == ("received", 1)


def test_one_of_two_shops_is_chosen(hotline, phone):
    one, other = (retailer(phone=PHONE, shop_name=name, support_needs=True) for name in ("东街店", "西街店"))
    made = phone.say("货没到，已经晚了三天")
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "东街店" in page.text
    assert "西街店" in page.text
    assert "2 shops have this number" in page.text
    chosen = {"leaf": "DLV.LATE", "severity": "S3", "desired_outcome": "goods"}
    again = hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", status=422, **chosen)
    assert "Say which shop it is" in again.text
    hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", shop=other.licence_no, **chosen)
    assert (made.state, made.retailer, made.support_needs) == ("dispatched", other, True)


def test_it_may_be_neither_of_them(hotline, phone):
    for _turn in range(2):
        retailer(phone=PHONE)
    made = phone.say("货没到，已经晚了三天")
    hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=dispatch", shop="-", leaf="DLV.LATE", severity="S3",
                   desired_outcome="goods")
    assert (made.state, made.retailer) == ("dispatched", None)


def test_noise_gets_one_polite_line_and_no_second(hotline, phone, queue, gateways):
    for turn in range(2):
        made = phone.say("你好", after=3600)
        assert gateways["sms"].sent == [] or turn
        hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=noise")
        queue.run()
        assert (made.state, made.leaf_code) == ("declined", "OTH.NOISE")
    (sent,) = gateways["sms"].sent
    assert sent.to == PHONE
    assert "看起来不是发给我们的" in sent.body


def test_who_was_acknowledged_already_gets_no_line(hotline, phone, queue, gateways):
    made = phone.say("明天一起去钓鱼吗老李，我带酒")
    assert len(gateways["sms"].sent) == 1
    hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=noise")
    queue.run()
    assert len(gateways["sms"].sent) == 1


def test_the_number_goes_with_the_words_of_old_noise(hotline, phone, queue):
    from datetime import timedelta

    from core import clock
    from core.jobs import run
    made = phone.say("你好")
    hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=noise")
    queue.run()
    db.session.commit()
    with clock.frozen(clock.now() + timedelta(days=40)):
        run("sweep_noise")
    rows = db.session.scalars(db.select(OutboundMessage).order_by(OutboundMessage.id)).all()
    assert [(row.address, row.body, PHONE in row.dedupe_key) for row in rows] == [("", "", False)]
    from intake.models import IntakeRecord
    record = db.session.scalar(db.select(IntakeRecord).filter_by(ticket_id=made.id))
    db.session.refresh(record)
    assert (record.sender, record.raw, record.meta) == (None, {}, {})


def test_the_thread_says_of_how_many_parts_a_text_was(hotline, phone):
    from tests.hotline.texts.test_stitching import LONG, LONG2, TAIL
    for piece in (LONG, LONG2):
        phone.text(piece)
    made = phone.say(TAIL)
    assert "in 3 parts" in hotline.get(f"/desk/tickets/{made.case_no}").text
    raw = hotline.get(f"/desk/tickets/{made.case_no}/raw").text
    assert all(piece in raw for piece in (LONG, LONG2, TAIL))
