"""Calls to return, one line a number."""
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hotline.taking.lines import lines

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def call(number, minutes, caller="+861", **meta):
    return SimpleNamespace(id=number, caller=caller, began_at=NOON + timedelta(minutes=minutes), meta=meta)


def test_repeated_calls_of_a_number_are_one_line_with_a_count():
    found = lines([call(1, 0), call(2, 5), call(3, 3)])
    assert [(line.call.id, line.count) for line in found] == [(2, 3)]


def test_callers_without_a_number_stay_apart():
    assert len(lines([call(1, 0, ""), call(2, 1, "")])) == 2


def test_what_was_promised_stands_first_the_rest_latest_first():
    late = {"at": (NOON + timedelta(hours=3)).isoformat(), "by": 1}
    soon = {"at": (NOON + timedelta(hours=1)).isoformat(), "by": 1}
    found = lines([call(1, 0, "a"), call(2, 9, "b"), call(3, 1, "c", call_back=late), call(4, 2, "d", call_back=soon)])
    assert [line.call.id for line in found] == [4, 3, 2, 1]


def test_tries_of_all_calls_of_a_number_count():
    assert lines([call(1, 0, tries=[{}, {}]), call(2, 1, tries=[{}])])[0].tries == 3
