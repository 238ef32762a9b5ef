"""Where it moves: a real rise is found, chance is not, and nothing is compared with weeks before the first complaint."""
import random
from datetime import timedelta

import pytest

from core import clock, organisation
from reporting import moves, weeks
from reporting.slices import Scope
from tests.builders import retailer, staff, ticket, who


@pytest.fixture
def scope(database):
    """Eight weeks as QA sees them, with a hundred shops in each of two areas."""
    for area in ("north", "south"):
        for _number in range(100):
            retailer(area=area)
    now, zone = clock.now(), organisation.zone()
    last = now.astimezone(zone).date() - weeks.WEEK
    return Scope(who(staff(roles=("qa",), certificates={})), weeks.ending(last, 8, zone, now))


def counted(scope, leaf: str, area: str, before: int, after: int) -> dict:
    """So many complaints in each week of the period before and of this one, a few more or less by chance."""
    draw = random.Random(3)
    spans = ((scope.period.before(), before), (scope.period, after))
    return {(leaf, area, first): max(0, n + draw.choice((-2, -1, 0, 1, 2))) for period, n in spans for first in period.mondays()}


def test_a_doubling_is_found_and_the_surest_stands_first(scope):
    late = counted(scope, "DLV.LATE", "north", 10, 20)
    found = moves.moves(scope, late | counted(scope, "DLV.COUNT", "south", 10, 40))
    assert [(move.leaf, move.ratio.value > 1) for move in found] == [("DLV.COUNT", True), ("DLV.LATE", True)]
    assert found[1].before + found[1].now == sum(late.values())


def test_a_fall_is_found_too(scope):
    (move,) = moves.moves(scope, counted(scope, "DLV.LATE", "north", 20, 8))
    assert move.ratio.high < 1


def test_what_stays_as_it_was_does_not_move(scope):
    assert moves.moves(scope, counted(scope, "DLV.LATE", "north", 15, 15)) == []


def test_one_late_lorry_is_not_yet_a_move(scope):
    found = counted(scope, "DLV.LATE", "north", 3, 3)
    found["DLV.LATE", "north", scope.period.last] = 30
    assert moves.moves(scope, found) == []


def test_nothing_is_compared_with_weeks_before_the_first_complaint(scope):
    assert moves.moves(scope, {}) is None
    assert moves.moves(scope, {("DLV.LATE", "north", scope.period.first): 50}) is None


def test_counts_are_those_of_both_periods(scope):
    for number in (1, 9):
        ticket("closed", shop=retailer(area="north")).received_at = clock.now() - timedelta(weeks=number)
    assert sum(moves.counts(scope).values()) == 2
