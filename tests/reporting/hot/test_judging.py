"""The last hour and the last day against the weeks before, without a database."""
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from reporting.hot.episodes import DAY, HOUR, WEEK
from reporting.hot.judging import DEFAULT, HISTORY, Rules, against, crowded, rises
from reporting.hot.scope import Arrival, Crowd, Scope

NOW = datetime(2026, 11, 19, 2, tzinfo=UTC)
LATE = Scope("DLV.LATE", "north", 7)
LONG = 9 * WEEK


def hours(last, each_week_at_this_hour=0, ordinary=0.0):
    """The last hour, the same hour of every week before, and all the others."""
    series = np.full(HISTORY, ordinary)
    series[HISTORY - 1 - 168::-168] = each_week_at_this_hour
    series[-1] = last
    return {LATE: series}


def found(series, people, width=HOUR, age=LONG, rules=DEFAULT):
    return rises(series, {LATE: Crowd(people, NOW - HOUR, NOW)}, width, age, rules)


def test_an_hour_out_of_its_rhythm_is_a_rise():
    (one,) = found(hours(12, 1), 11)
    assert (one.scope, one.hours, one.observed, one.retailers, one.first, one.last) == (LATE, 1, 12, 11, NOW - HOUR, NOW)
    assert one.expected < 2 and one.p < 1e-4


def test_a_full_hour_that_is_full_every_week_is_none():
    assert not found(hours(12, 12), 12)


def test_a_rise_among_many_series_must_be_stronger():
    series = hours(9, 1)
    assert found(series, 9, rules=Rules(DEFAULT.levels, known=1))
    assert not found(series, 9, rules=Rules(DEFAULT.levels, known=2000))


def test_a_day_can_rise_without_any_loud_hour():
    series = hours(1, 0)
    series[LATE][-24:] = [1, 0] * 12
    assert not found(series, 12)
    assert [one.hours for one in found(series, 12, DAY)] == [24]


@pytest.mark.parametrize(("observed", "loud"), [(6, False), (12, True)])
def test_a_new_installation_hears_a_flood_and_no_trickle(observed, loud):
    assert bool(found(hours(observed), observed, age=timedelta(hours=1))) is loud
    assert not found(hours(observed), observed, DAY, timedelta(days=1))


def test_what_lies_before_the_first_complaint_was_not_counted():
    observed, expected = against(hours(5, 4)[LATE][None], HOUR, timedelta(weeks=3))
    assert observed.tolist() == [5] and expected.weeks == 2
    assert against(hours(5, 4)[LATE][None], HOUR, LONG)[1].weeks == 8


def test_distinct_people_are_counted_and_those_nobody_knows_are_not():
    arrivals = [Arrival(LATE, who, NOW - timedelta(minutes=at)) for at, who in enumerate(["a", "b", "a", None, "c"])]
    heard = crowded([*arrivals, Arrival(LATE, "d", NOW - HOUR)], NOW, HOUR, 3)
    assert heard[LATE] == heard[Scope("DLV.LATE")] == Crowd(3, NOW - timedelta(minutes=4), NOW)
    assert not crowded(arrivals, NOW, HOUR, 4)
