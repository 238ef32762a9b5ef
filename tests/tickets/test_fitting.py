"""What belongs to a common cause, as a table; and when so many at once are critical."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.fitting import Matter, Rule, critical, why_not

AT = datetime(2026, 11, 18, 2, tzinfo=UTC)
RULE = Rule("DLV.LATE", "north", 7, AT, AT + timedelta(hours=2), ("van", "送货车"))
MATTER = Matter("DLV.LATE", "north", 7, AT, "The VAN did not come")


def test_what_fits_attaches():
    assert why_not(MATTER, RULE) is None


@pytest.mark.parametrize(("facts", "reason"), [
    ({"leaf": "DLV.COUNT"}, "another_leaf"), ({"leaf": None}, "another_leaf"), ({"area": "south"}, "another_area"), ({"route": 8}, "another_route"),
    ({"at": AT - timedelta(seconds=1)}, "too_early"), ({"at": AT + timedelta(hours=3)}, "too_late"), ({"text": "nothing came"}, "other_words"),
    ({"text": "送货车没来"}, None), ({"open": False}, "over"), ({"names_staff": True}, "names_staff"), ({"standing": "left_out"}, "left_out"),
    ({"standing": "elsewhere", "leaf": "DLV.COUNT"}, "elsewhere")])
def test_the_first_reason_why_not(facts, reason):
    assert why_not(MATTER._replace(**facts), RULE) == reason


def test_a_wide_rule_asks_for_the_category_and_the_time_only():
    wide = Rule("DLV.LATE", "", 0, AT, None)
    assert why_not(MATTER._replace(area="south", route=1, text="", at=AT + timedelta(days=9)), wide) is None


@pytest.mark.parametrize(("minutes", "people", "holds"), [
    (range(0, 100, 10), range(10), True), (range(0, 90, 10), range(9), False), (range(0, 100, 10), [1] * 10, False),
    (range(0, 200, 20), range(10), False), ([0, *range(130, 220, 10)], range(10), False), ([0, *range(130, 230, 10)], range(11), True)])
def test_ten_retailers_in_two_hours_are_critical(minutes, people, holds):
    heard = [(AT + timedelta(minutes=minute), str(who)) for minute, who in zip(minutes, people, strict=True)]
    assert critical(heard) is holds
    assert critical(reversed(heard)) is holds


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 15)), max_size=40))
def test_it_is_critical_exactly_if_some_two_hours_hold_ten(heard):
    stamped = [(AT + timedelta(minutes=minute), str(who)) for minute, who in heard]
    windows = [{who for at, who in stamped if start <= at <= start + timedelta(hours=2)} for start, _who in stamped]
    assert critical(stamped) == any(len(window) >= 10 for window in windows)
