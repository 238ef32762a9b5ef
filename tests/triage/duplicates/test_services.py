"""Comparing tickets in the database: what is proposed, to whom, what is kept apart for good, and what was told before."""
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from core import clock, settings
from core.actor import SYSTEM
from core.audit import AuditEntry, Did
from core.db import db
from core.errors import NotAllowed
from core.jobs import run
from intake import services as intake
from tests.builders import classify, numbers, opened, retailer, staff, ticket, walk, who
from tests.triage.small import PLAIN, small_model
from tickets.models import MergeRefusal
from tickets.services import conversation, merging, second_matters, triaging
from triage import taking_apart
from triage.duplicates import queries, services
from triage.duplicates.models import Comparison, DuplicatePair, RepeatLink

LATE, RETOLD = "昨天该送的货到现在还没到", "喂你好我那个货说好昨天送的怎么还没来啊"
OTHER = "零售许可证变更地址需要什么材料"


@pytest.fixture
def shop(database):
    return retailer()


@pytest.fixture
def hotline(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def told(text, shop, **more):
    return opened(text, shop=shop, language="zh", **more)


def compared(*tickets):
    for one in tickets:
        run("compare", one.id)


def pairs():
    return db.session.scalar(db.select(db.func.count()).select_from(DuplicatePair))


def others(actor, one):
    return [found.ticket.id for found in queries.proposed(actor, one)]


def test_one_matter_told_twice_is_proposed_on_both_with_score_and_reasons(shop, hotline):
    first, second = told(LATE, shop), told(RETOLD, shop, channel="phone")
    compared(first, second)
    assert (others(hotline, first), others(hotline, second)) == ([second.id], [first.id])
    found = queries.proposed(hotline, second)[0]
    assert settings.get("duplicate_score") <= found.score <= 1
    assert "subjects" in dict(services.why(second, [first])[first.id].reasons)


def test_what_left_for_a_ticket_of_its_own_is_compared_there(shop, hotline):
    both, again = told(f"{LATE}。另外上个月扣款多扣了我两百块", shop), told("昨天该送的货还没到，柜台空了", shop)
    classify(both, "PAY.DEBIT")
    classify(again, "DLV.LATE")
    compared(both, again)
    assert others(hotline, again) == [both.id]
    (matter,) = second_matters.propose(both, [("DLV.LATE", LATE, 0.9)])
    made = taking_apart.own_ticket(matter, hotline)
    compared(made)
    assert (others(hotline, both), others(hotline, again)) == ([], [made.id])


def test_nothing_is_merged_by_itself(shop):
    first, second = told(LATE, shop), told(LATE, shop)
    compared(first, second)
    assert {first.state, second.state} == {"received"}


def test_the_job_twice_gives_one_pair(shop):
    first, second = told(LATE, shop), told(RETOLD, shop)
    compared(first, second, first, second)
    assert pairs() == 1


def test_the_database_takes_a_pair_in_one_order_only(shop):
    first, second = told(LATE, shop), told(RETOLD, shop)
    db.session.add(DuplicatePair(first_id=second.id, second_id=first.id, score=0.5, at=clock.now()))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_another_matter_and_another_shop_are_not_proposed(shop, hotline):
    first, other = told(LATE, shop), told(OTHER, shop)
    classify(first, "DLV.LATE")
    classify(other, "REG.LICENCE")
    compared(first, other, told(LATE, retailer()))
    assert others(hotline, first) == []


def test_the_threshold_is_a_setting(shop, hotline):
    first, second = told(LATE, shop), told(RETOLD, shop)
    compared(first, second)
    settings.put("duplicate_score", 1.0)
    assert others(hotline, first) == []


def test_more_words_are_compared_again_and_may_end_a_proposal(shop, hotline):
    first, second = told(LATE, shop), told("货没到", shop)
    compared(first, second)
    assert others(hotline, second) == [first.id]
    conversation.continue_with(second, "说错了，不是送货，是许可证变更地址要什么材料，跟上次那个不是一回事，单号5540933", "web")
    conversation.continue_with(first, "单号5540217", "web")
    db.session.flush()
    compared(second)
    assert others(hotline, second) == []


def test_the_sweep_finds_what_was_lost_and_nothing_else(shop):
    first, second = told(LATE, shop), told(RETOLD, shop)
    compared(first)
    assert [number for number in queries.uncompared() if number in (first.id, second.id)] == [second.id]


def unregistered(text=LATE, **more):
    """A complaint of a form whose shop nobody knows."""
    record, _new = intake.store("web", f"stranger-{next(numbers)}", {"text": text, "language": "zh", "phone": "+8613800001111"} | more)
    made = intake.advance(record)
    db.session.flush()
    return made


@pytest.mark.parametrize(("one", "two", "found"), [
    ({"shop": "祥隆 百货"}, {"shop": "祥隆百货"}, True),
    ({"shop": "Green Corner"}, {"shop": "green-corner"}, True),
    ({"order_no": "A20261121-7"}, {"order_no": "a20261121-7"}, True),
    ({"shop": "祥隆百货"}, {"shop": "祥和百货"}, False),
    ({"shop": "--"}, {"shop": "。"}, False),
    ({"order_no": "A1"}, {"order_no": "A2"}, False),
    ({"order_no": "", "shop": ""}, {"order_no": "", "shop": ""}, False),
])
def test_two_unregistered_numbers_are_one_sender_by_shop_name_or_order(hotline, one, two, found):
    first, second = unregistered(**one), unregistered(phone="+8613800002222", **two)
    compared(second)
    assert others(hotline, first) == ([second.id] if found else [])


def test_a_known_shop_and_an_unregistered_number_meet_by_the_order_alone(shop, hotline):
    known, other_shop = told(LATE, shop, order_no="88120045"), told(LATE, retailer(), order_no="88120045")
    stranger = unregistered(order_no="88120045", phone="+8613800002222")
    compared(known, other_shop)
    assert others(hotline, known) == [stranger.id]
    assert others(hotline, other_shop) == [stranger.id]


def test_a_confidential_or_anonymous_sender_is_not_led_to_by_an_order(database):
    handler = who(staff())
    first = unregistered(order_no="88120045")
    confidential = unregistered(order_no="88120045", phone="+8613800002222", confidential=True)
    anonymous = opened(LATE, language="zh", order_no="88120045", anonymous=True)
    compared(first, confidential, anonymous)
    assert others(handler, first) == []
    assert [other.id for other in queries.candidates(first)] == [confidential.id]


class TestApart:
    def test_a_refused_pair_is_refused_for_good(self, shop, hotline):
        first, second = told(LATE, shop), told(RETOLD, shop)
        compared(first, second)
        merging.refuse(first, second, hotline)
        conversation.continue_with(second, LATE, "web")
        compared(second)
        assert (others(hotline, first), others(hotline, second)) == ([], [])
        assert services.likely(second) == []

    def test_said_twice_and_the_other_way_round_it_is_one_row(self, shop, hotline):
        first, second = told(LATE, shop), told(RETOLD, shop)
        merging.refuse(first, second, hotline)
        merging.refuse(second, first, hotline)
        assert [(row.first_id, row.second_id) for row in db.session.scalars(db.select(MergeRefusal))] == [(first.id, second.id)]

    def test_a_merge_that_was_undone_is_not_proposed_again(self, shop, hotline):
        first, second = told(LATE, shop), told(RETOLD, shop)
        compared(first, second)
        merging.merge(second, hotline, first)
        db.session.flush()
        assert others(hotline, first) == []
        merging.unmerge(second, hotline)
        db.session.flush()
        assert (first.state, second.state) == ("received", "received")
        assert others(hotline, first) == []

    def test_a_handler_keeps_nothing_apart(self, shop):
        first, second = told(LATE, shop), told(RETOLD, shop)
        with pytest.raises(NotAllowed):
            merging.refuse(first, second, who(staff()))


class TestSecrets:
    def test_an_open_and_a_sealed_ticket_are_no_pair(self, shop, hotline):
        sealed, second = told(LATE, shop, kind="report"), told(LATE, shop)
        compared(sealed, second)
        assert pairs() == 0
        assert services.likely(second) == []

    def test_sealed_later_the_pair_is_shown_to_nobody(self, shop, hotline):
        first, second = told(LATE, shop), told(LATE, shop)
        compared(first, second)
        triaging.seal(first, SYSTEM)
        db.session.flush()
        for reader in (hotline, who(staff(roles=("compliance",), in_team="compliance", certificates={}))):
            assert (others(reader, first), others(reader, second)) == ([], [])

    def test_a_sealed_pair_is_seen_by_compliance_only(self, shop, hotline):
        first, second = (told("利群少了两条，单号5540217", shop, kind="report") for _contact in range(2))
        compared(first, second)
        assert others(hotline, first) == []
        found = queries.proposed(who(staff(roles=("compliance", "liaison"), in_team="compliance", certificates={})), first)
        assert [one.ticket.id for one in found] == [second.id]

    def test_who_is_named_in_one_of_them_is_not_told_of_it(self, shop):
        named = staff(roles=("hotline",), in_team="hotline", certificates={})
        first, second = told(LATE, shop), told(RETOLD, shop)
        compared(first, second)
        first.named_ids = [named.id]
        db.session.flush()
        assert others(who(named), second) == []

    def test_a_confidential_one_is_shown_to_those_who_know_the_shop(self, shop, hotline):
        first, second = told(LATE, shop, confidential=True), told(RETOLD, shop)
        compared(first, second)
        assert others(hotline, second) == [first.id]
        assert others(who(staff(roles=("manager",), leads=True, certificates={})), second) == []

    def test_nobody_is_compared_without_a_sender(self, database):
        compared(opened(LATE, anonymous=True, language="zh"), opened(LATE, anonymous=True, language="zh"))
        assert pairs() == 0


def closed(shop, days_ago, **more):
    with clock.frozen(clock.now() - timedelta(days=days_ago)):
        return ticket("closed", shop=shop, text=LATE, language="zh", **more)


class TestRepeats:
    def test_the_second_contact_is_linked_and_counted(self, shop, hotline):
        earlier, again = closed(shop, 10), told(LATE, shop)
        walk(again, "dispatched")
        compared(again)
        assert [one.id for one in queries.told_before(hotline, again)] == [earlier.id]
        assert (queries.repeats(again.id), again.escalation) == (1, 0)

    def test_the_third_raises_the_level_once(self, shop):
        closed(shop, 20), closed(shop, 10)
        again = told(LATE, shop)
        walk(again, "dispatched")
        compared(again, again)
        conversation.continue_with(again, "还没到", "web")
        compared(again)
        assert (queries.repeats(again.id), again.escalation) == (2, 1)
        raised = db.select(db.func.count()).select_from(AuditEntry).where(AuditEntry.ticket_id == again.id, AuditEntry.action == Did.TICKET_ESCALATED)
        assert db.session.scalar(raised) == 1

    @pytest.mark.parametrize(("days_ago", "leaf"), [(40, "DLV.LATE"), (10, "DLV.COUNT")])
    def test_long_ago_or_of_another_category_is_no_repeat(self, shop, days_ago, leaf):
        closed(shop, days_ago, leaf=leaf)
        again = told(LATE, shop)
        walk(again, "dispatched")
        compared(again)
        assert db.session.scalars(db.select(RepeatLink)).all() == []

    def test_without_a_category_the_words_decide(self, shop):
        closed(shop, 1)
        again, other = told(RETOLD, shop), told(OTHER, shop)
        compared(again, other)
        assert (queries.repeats(again.id), queries.repeats(other.id)) == (1, 0)

    def test_before_it_is_decided_the_category_that_is_read_counts(self, shop):
        small_model(threshold=1.0)
        earlier, again = closed(shop, 6), told(PLAIN, shop)
        run("understand", again.id)
        compared(again)
        assert again.leaf_code is None
        assert db.session.scalars(db.select(RepeatLink.earlier_id)).all() == [earlier.id]

    def test_another_category_links_anew(self, shop):
        closed(shop, 1)
        again = told(RETOLD, shop)
        compared(again)
        walk(again, "dispatched", leaf="DLV.COUNT")
        compared(again)
        assert queries.repeats(again.id) == 0


def test_a_ticket_that_has_ended_is_not_compared(shop):
    ended = told(LATE, shop)
    walk(ended, "withdrawn")
    compared(ended)
    assert db.session.get(Comparison, ended.id) is None


def test_a_new_ticket_more_words_and_a_category_start_the_comparison(shop, queue):
    made = told(LATE, shop)
    db.session.commit()
    assert ("compare", made.id) in queue.waiting
    queue.clear()
    conversation.continue_with(made, "还没到", "web")
    db.session.commit()
    assert ("compare", made.id) in queue.waiting
    queue.clear()
    walk(made, "dispatched", handler=False)
    db.session.commit()
    assert ("compare", made.id) in queue.waiting
