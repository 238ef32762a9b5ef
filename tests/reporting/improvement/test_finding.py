"""The weekly look in the database: a planted doubling is found once, quiet and sealed matters never."""
from datetime import date

import pytest

from core import clock, settings
from core.db import db
from reporting.improvement import counts, finding
from reporting.improvement.freezing import number
from reporting.improvement.models import AreaWeek, ImprovementItem, TrendLook
from reporting.improvement.weeks import WEEK, span
from tests.builders import staff
from tests.reporting.planting import DOUBLED, FIRST, ORDINARY, ZONE, morning, plant, shop
from tickets.models import Ticket

RISE = len(ORDINARY)  # the number of the first doubled week


def items():
    return db.session.scalars(db.select(ImprovementItem).order_by(ImprovementItem.id)).all()


def watch(queue, *weeks):
    """Run the job on a Wednesday of each of these weeks."""
    for week in weeks:
        with clock.frozen(morning(week)):
            queue.enqueue("watch_trends")
            queue.run()


@pytest.fixture
def doubled(queue):
    """An area where complaints double, and one where they do not."""
    shops = shop("east"), shop("west", 1000)
    plant(shops[0], ORDINARY + DOUBLED)
    plant(shops[1], [10, 9, 12, 8, 11, 10, 9] * 4)
    return shops


def test_a_doubling_is_found_once_and_the_second_run_adds_nothing(doubled, queue):
    boss = staff(roles=("manager",), leads=True, certificates={})
    watch(queue, *range(RISE, RISE + 4), RISE + 3)
    (item,) = items()
    assert (item.leaf_code, item.area, item.state, item.chart, item.owner_id) == ("DLV.LATE", "east", "candidate", "weekly", boss.id)
    assert item.trigger_last in span(FIRST + WEEK * RISE, FIRST + WEEK * (RISE + 2))
    assert item.baseline_first == FIRST + WEEK  # the week in which the first complaint came may have been half a week
    assert item.baseline_low < item.baseline_rate < item.baseline_high
    assert item.baseline_rate == pytest.approx(10, rel=0.1)
    assert item.number == f"26-{item.id:03}"


def test_the_tickets_of_baseline_and_signal_are_frozen(doubled, queue):
    watch(queue, RISE + 2)
    (item,) = items()
    weeks = span(item.trigger_first, item.trigger_last)
    assert number(item, "signal", 1) == sum(counts.by_week("DLV.LATE", ["east"], weeks))
    assert number(item, "baseline", 1) == item.baseline_count > 0
    db.session.execute(db.update(Ticket).where(Ticket.leaf_code == "DLV.LATE").values(leaf_code="DLV.COUNT"))
    assert number(item, "baseline", 1) == item.baseline_count


def test_each_week_is_looked_at_once(doubled, queue):
    watch(queue, RISE, RISE, RISE + 1)
    looks = db.session.scalars(db.select(TrendLook).order_by(TrendLook.week)).all()
    assert [look.week for look in looks] == list(span(FIRST + WEEK * (RISE - 4), FIRST + WEEK * RISE))
    assert {look.charts for look in looks[-2:]} == {2 * len(counts.leaves())}


def test_after_a_standstill_only_the_last_weeks_are_looked_at(doubled, queue):
    watch(queue, RISE - 1, RISE + 8)
    weeks = db.session.scalars(db.select(TrendLook.week).order_by(TrendLook.week)).all()
    assert weeks == [*span(FIRST + WEEK * (RISE - 5), FIRST + WEEK * (RISE - 2)), *span(FIRST + WEEK * (RISE + 4), FIRST + WEEK * (RISE + 7))]


def test_monday_is_too_early(doubled, queue):
    with clock.frozen(morning(RISE, weekday=0)):
        assert finding.next_week() == FIRST + WEEK * (RISE - 5)
        finding.look(FIRST + WEEK * (RISE - 2))
        db.session.flush()
        assert finding.next_week() is None
    with clock.frozen(morning(RISE, weekday=1)):
        assert finding.next_week() == FIRST + WEEK * (RISE - 1)


def test_an_ended_item_keeps_quiet_for_some_weeks(doubled, queue):
    watch(queue, RISE + 2)
    (item,) = items()
    item.state, item.reason, item.ended_at = "rejected", "known", morning(RISE + 2)
    settings.put("improvement_quiet_weeks", 3)
    watch(queue, RISE + 3, RISE + 4)
    assert len(items()) == 1
    watch(queue, RISE + 6, RISE + 7)
    assert [found.state for found in items()] == ["rejected", "candidate"]
    assert items()[1].trigger_first > item.trigger_last


@pytest.mark.parametrize(("leaf", "columns"), [
    ("SVC.CONDUCT", {}), ("DLV.LATE", {"sealed": True}), ("OTH.NOISE", {}), ("OTH.SUGGEST", {}),
    ("DLV.LATE", {"state": "withdrawn", "closed_by_rule": None})])
def test_what_is_sealed_noise_praise_or_withdrawn_is_not_charted(queue, leaf, columns):
    plant(shop(), ORDINARY + DOUBLED, leaf=leaf, **columns)
    watch(queue, RISE + 2, RISE + 3)
    assert items() == []


def test_too_few_weeks_say_nothing(queue):
    plant(shop(), [3] * 10 + [40])
    watch(queue, 11)
    assert items() == []
    assert {look.charts for look in db.session.scalars(db.select(TrendLook))} == {0}


def test_a_rare_category_is_judged_by_the_days_between(queue):
    few = shop()
    plant(few, [1, 0, 0] * 16, leaf="PAY.DEBIT")
    plant(few, [0] * 48 + [9], leaf="PAY.DEBIT")
    watch(queue, 49)
    (item,) = items()
    assert (item.leaf_code, item.chart) == ("PAY.DEBIT", "rare")
    assert item.trigger_last == FIRST + WEEK * 48
    assert item.baseline_last == item.trigger_first - WEEK


def test_the_shops_of_each_week_are_kept(doubled, queue):
    watch(queue, RISE)
    shop("east", 500)
    watch(queue, RISE + 1)
    kept = dict(db.session.execute(db.select(AreaWeek.week, AreaWeek.retailers).filter_by(area="east")).all())
    assert [kept[FIRST + WEEK * week] for week in (RISE - 1, RISE)] == [1500, 2000]


def test_a_week_is_one_of_the_organisation_and_not_of_greenwich(queue):
    complainant = shop(count=1)
    plant(complainant, [1])
    at = db.session.scalar(db.select(Ticket.received_at))
    assert at.astimezone(ZONE).date() == date(2026, 1, 5)
    assert at.date() == date(2026, 1, 4)
    assert counts.by_week("DLV.LATE", ["east"], [FIRST - WEEK, FIRST]) == [0, 1]
