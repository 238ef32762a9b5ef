"""Surveys go out by day, wherever the organisation is."""
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from satisfaction.timing import by_day, may_correct

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(("at", "then"), [
    (local(19, 9), local(19, 9)),
    (local(19, 14, 30), local(19, 14, 30)),
    (local(19, 19, 59), local(19, 19, 59)),
    (local(19, 20), local(20, 9)),
    (local(19, 23, 30), local(20, 9)),
    (local(20, 0, 5), local(20, 9)),
    (local(20, 8, 59), local(20, 9)),
])
def test_by_day(at, then):
    assert by_day(at, time(9), time(20), SHANGHAI) == then
    assert by_day(at.astimezone(UTC), time(9), time(20), SHANGHAI) == then


def test_a_change_to_summer_time_keeps_the_local_hour():
    berlin = ZoneInfo("Europe/Berlin")
    night = datetime(2027, 3, 27, 23, tzinfo=berlin)
    assert by_day(night, time(9), time(20), berlin).astimezone(berlin).hour == 9


@pytest.mark.parametrize(("hours", "allowed"), [(0, True), (24, True), (24.01, False)])
def test_a_day_for_corrections(hours, allowed):
    assert may_correct(local(19, 9), local(19, 9) + timedelta(hours=hours)) is allowed
