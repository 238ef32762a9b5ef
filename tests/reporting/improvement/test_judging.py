"""The verdict: computed from the right weeks, with comparison areas, inconclusive where nothing can be said, once, and frozen."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from reporting.effect import verdict
from reporting.improvement import judging
from reporting.improvement.freezing import number
from reporting.improvement.models import ImprovementVerdict
from reporting.improvement.weeks import WEEK, index
from reporting.rates import Period
from tests.reporting.improvement.stories import ACTED, CHECK, agreement, boss, judged, waiting
from tests.reporting.planting import FIRST, morning
from tickets.models import Ticket

AGAIN = [30, 28, 33, 29, 31, 26, 30, 34, 29, 31, 30, 28, 32, 30]


def weeks_of(numbers, side):
    return [index(FIRST, judging.date.fromisoformat(week)) for week in numbers[side]["weeks"]]


def test_a_halving_is_effective_and_keeps_its_numbers(queue):
    item = judged(queue, boss())
    row = item.verdict
    assert (item.state, row.result, row.reason, row.most) == ("verdict", "effective", "fell_enough", 0.7)
    before, after = (Period(row.numbers[side]["counts"], row.numbers[side]["exposures"]) for side in ("before", "after"))
    again = verdict(before, after, 0.7)
    assert row.numbers["change"] == pytest.approx(list(again.effect.change))
    assert row.numbers["change"][2] < 1


def test_the_weeks_of_the_trigger_and_of_the_action_are_not_compared(queue):
    item = judged(queue, boss())
    numbers = item.verdict.numbers
    trigger = range(index(FIRST, item.trigger_first), index(FIRST, item.trigger_last) + 1)
    assert weeks_of(numbers, "before") == list(range(trigger.stop, ACTED))
    assert weeks_of(numbers, "after") == list(range(ACTED + 1, CHECK))
    assert number(item, "before", 1) == numbers["before"]["events"]
    assert number(item, "after", 1) == numbers["after"]["events"]


@pytest.mark.parametrize(("after", "result", "reason"), [
    (AGAIN, "not_effective", "missed"), ([24, 22, 27, 23, 25, 20, 24, 26, 23, 24, 25, 21, 24, 23], "partly", "fell_too_little")])
def test_what_falls_little_or_not_at_all_is_not_effective(queue, after, result, reason):
    item = judged(queue, boss(), after=after)
    assert (item.verdict.result, item.verdict.reason) == (result, reason)


def test_what_fell_everywhere_is_not_an_effect(queue):
    item = judged(queue, boss(), agreed=agreement(comparison_areas=("west",)))
    numbers = item.verdict.numbers
    assert numbers["others"] is not None
    assert numbers["own"] != numbers["change"]
    assert number(item, "others_after", 1) == numbers["others_after"]["events"]


def test_too_few_complaints_elsewhere_are_inconclusive(queue):
    item = judged(queue, boss(), agreed=agreement(comparison_areas=("east", "west")))
    assert item.verdict.result == "effective"
    item.comparison_areas = ["west"]
    db.session.execute(db.update(Ticket).where(Ticket.retailer.has(area="west")).values(leaf_code="DLV.COUNT"))
    assert judging.computed(item, judging.compared(item))[:2] == ("inconclusive", "few_others")


def test_an_action_done_too_late_leaves_nothing_to_watch(queue):
    late = agreement(check_date=(FIRST + WEEK * (ACTED + 1)) - timedelta(days=1))
    item = judged(queue, boss(), agreed=late)
    assert (item.verdict.result, item.verdict.reason, item.verdict.numbers) == ("inconclusive", "no_weeks", {})


def test_nothing_is_judged_before_its_day_and_nothing_twice(queue):
    item = waiting(queue, boss())
    with clock.frozen(morning(CHECK) - timedelta(days=3)):  # the check date itself
        queue.enqueue("judge_improvements")
        queue.enqueue("judge_improvement", item.id)
        queue.run()
    db.session.refresh(item)
    assert item.state == "waiting"
    with clock.frozen(morning(CHECK)):
        for job in (("judge_improvements",), ("judge_improvement", item.id), ("judge_improvement", item.id)):
            queue.enqueue(*job)
        queue.run()
    db.session.refresh(item)
    assert item.state == "verdict"
    assert db.session.query(ImprovementVerdict).count() == 1
    queue.enqueue("judge_improvement", 987654)
    queue.run()
