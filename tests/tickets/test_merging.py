"""What goes along when a ticket is merged, and comes back when it is undone: a manager's demand, the retailer's urging, who tells it."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock, settings
from core.actor import RETAILER, SYSTEM
from core.db import db
from notifications.models import Notice
from tests.builders import opened, retailer, staff, ticket, who
from tickets.demands import Escalation
from tickets.services import clocks, escalation, merging, supervising, urging

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
LATER = THURSDAY + timedelta(hours=1)


@pytest.fixture
def pair(queue, gateways):
    """A demanded ticket of which the retailer chased twice, and the other one of the same matter; the people."""
    shop = retailer()
    boss, hotline = staff(roles=("manager",), leads=True, certificates={}), staff(roles=("hotline",), in_team="hotline", certificates={})
    with clock.frozen(THURSDAY):
        double, into = ticket("in_progress", shop=shop), ticket("in_progress", shop=shop)
        supervising.demand(double, who(boss), "Call him today.", 120)
        urging.urge(double, RETAILER, "sms")
    with clock.frozen(LATER):
        yield double, into, who(boss), who(hotline)


def demand_clock(made):
    return next(iter(clocks.running(made, "demand")), None)


def test_a_demand_goes_with_the_thread_and_keeps_its_time(pair, queue):
    double, into, boss, _hotline = pair
    due = demand_clock(double).due_at
    merging.merge(double, boss, into)
    db.session.commit()
    queue.run()
    assert (supervising.waiting(double), supervising.waiting(into).text) == (None, "Call him today.")
    assert (double.supervised, into.supervised, demand_clock(into).due_at) == (False, True, due)
    told = db.session.scalars(db.select(Notice).filter_by(kind="supervised", user_id=into.assignee_id).order_by(Notice.id)).all()
    assert len(told) == 1


def test_an_undone_merge_brings_the_demand_back(pair):
    double, into, boss, _hotline = pair
    due = demand_clock(double).due_at
    merging.merge(double, boss, into)
    merging.unmerge(double, boss)
    assert (supervising.waiting(double).text, supervising.waiting(into)) == ("Call him today.", None)
    assert (double.supervised, into.supervised) == (True, False)
    assert (demand_clock(double).due_at, demand_clock(into), double.due_at) == (due, None, due)


def test_two_demands_stay_two(pair):
    double, into, boss, _hotline = pair
    supervising.demand(into, boss, "And look at the van.", 480)
    own = demand_clock(into).due_at
    merging.merge(double, boss, into)
    assert (supervising.waiting(into).text, demand_clock(into).due_at) == ("And look at the van.", own)
    assert {row.text for row in supervising.demands(into)} == {"Call him today.", "And look at the van."}
    merging.unmerge(double, boss)
    assert (supervising.waiting(double).text, supervising.waiting(into).text) == ("Call him today.", "And look at the van.")
    assert demand_clock(double).due_at < demand_clock(into).due_at == own


@pytest.mark.parametrize("how", ["answered", "lifted"])
def test_what_a_person_did_with_it_meanwhile_stays_done(pair, how):
    double, into, boss, _hotline = pair
    merging.merge(double, boss, into)
    if how == "answered":
        supervising.answer(into, who(into.assignee), "Called.")
    else:
        supervising.lift(into, boss)
    merging.unmerge(double, boss)
    assert (supervising.waiting(double), double.supervised, demand_clock(double), into.supervised) == (None, False, None, False)
    assert [row.text for row in supervising.demands(double)] == ["Call him today."]


def test_asking_for_haste_is_counted_where_the_matter_is(pair):
    double, into, boss, _hotline = pair
    with clock.frozen(LATER + timedelta(hours=3)):
        urging.urge(into, RETAILER, "web")
        merging.merge(double, boss, into)
        assert (double.urgings, into.urgings) == (0, 2)
        merging.unmerge(double, boss)
    assert (double.urgings, into.urgings) == (1, 1)
    assert urging.last(double).channel == "sms"


def test_together_they_may_have_been_asked_often_enough(pair):
    double, into, boss, _hotline = pair
    settings.put("urgings_raise", 2)
    with clock.frozen(LATER + timedelta(hours=3)):
        urging.urge(into, RETAILER, "web")
        assert into.escalation in (0, None)
        merging.merge(double, boss, into)
    assert db.session.scalar(db.select(Escalation.level).filter_by(ticket_id=into.id, why="urged")) == 1


def test_a_mark_without_a_demand_is_kept(database):
    shop, boss = retailer(), who(staff(roles=("manager",), leads=True, certificates={}))
    double, into = opened(shop=shop), opened(shop=shop)
    double.supervised = True
    merging.merge(double, boss, into)
    assert (double.supervised, into.supervised) == (False, True)
    merging.unmerge(double, boss)
    assert (double.supervised, into.supervised) == (True, False)


@pytest.mark.parametrize(("of_double", "of_other", "after"), [(2, 0, 2), (1, 2, 2), (0, 0, 0)])
def test_the_higher_level_of_the_two_holds_and_stays(pair, of_double, of_other, after):
    double, into, boss, _hotline = pair
    for one, level in ((double, of_double), (into, of_other)):
        if level:
            escalation.raise_to(one, level, "repeat", SYSTEM)
    merging.merge(double, boss, into)
    assert (into.escalation or 0) == after
    assert db.session.query(Escalation).filter_by(ticket_id=into.id, why="merged").count() == (of_double > of_other)
    merging.unmerge(double, boss)
    assert ((double.escalation or 0), (into.escalation or 0)) == (of_double, after)


KNOWN = ("retailer_id", "shop_text", "contact_name", "order_no")


def known(one):
    return [getattr(one, name) for name in KNOWN]


@pytest.fixture
def texted(database):
    """A text from a number that nobody knows, and a form from the same number that names a shop of the register; the hotline."""
    shop = retailer()
    first, second = opened(shop=shop), opened(shop=shop)
    first.retailer, first.shop_text, first.contact_name, first.contact_phone = None, "", "", second.contact_phone
    second.shop_text, second.contact_name, second.order_no = "Good Luck Shop", "Wang", "XD20261120"
    db.session.flush()
    return first, second, who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def test_the_shop_that_only_the_double_knew_goes_along_and_comes_back(texted):
    first, second, hotline = texted
    before, told = known(first), known(second)
    assert before == [None, "", "", ""]
    merging.merge(second, hotline, first)
    db.session.commit()
    assert (known(first), known(second), first.retailer) == (told, told, second.retailer)
    merging.unmerge(second, hotline)
    db.session.commit()
    assert (known(first), known(second), first.retailer) == (before, told, None)


def test_what_the_other_says_itself_is_kept_and_what_a_person_changed_stays(texted):
    first, second, hotline = texted
    first.order_no = "XD1"
    merging.merge(second, hotline, first)
    assert first.order_no == "XD1"
    first.contact_name = "Wang Li"
    merging.unmerge(second, hotline)
    assert known(first) == [None, "", "Wang Li", "XD1"]


def test_who_serves_the_shop_is_read_from_the_words_once_the_shop_is_known(texted):
    first, second, hotline = texted
    driver = staff(name="周伟", certificates={})
    second.retailer.deliverer_id = driver.id
    db.session.flush()
    first.messages[0].body = "司机小周骂人"  # anybody's family name, until it is known whom this shop has
    merging.merge(second, hotline, first)
    assert first.named_ids == [driver.id]
