"""Periods of whole weeks: their names, their ends in local time, and how much of a running one has passed."""
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reporting import weeks

CHINA, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
THURSDAY = datetime(2026, 11, 19, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(("day", "name"), [(date(2026, 11, 19), "2026-W47"), (date(2027, 1, 3), "2026-W53"), (date(2024, 12, 30), "2025-W01")])
def test_a_week_is_named_as_iso_names_it_and_found_again(day, name):
    assert weeks.name(day) == name
    assert weeks.named(name) == weeks.monday(day)


@pytest.mark.parametrize("text", ["", "2026-W54", "2026-W00", "2026-11-19", "W47", "2026-W4７", "0001-W01"])
def test_what_is_no_week_is_none(text):
    assert weeks.named(text) is None


def test_a_period_begins_and_ends_at_local_midnight():
    period = weeks.ending(date(2026, 11, 19), 2, CHINA, THURSDAY)
    assert (period.first, period.last) == (date(2026, 11, 9), date(2026, 11, 16))
    assert period.since == datetime(2026, 11, 8, 16, tzinfo=UTC)
    assert period.until == datetime(2026, 11, 22, 16, tzinfo=UTC)


def test_the_week_of_the_change_to_winter_time_has_an_hour_more():
    period = weeks.ending(date(2026, 10, 25), 1, BERLIN, THURSDAY)
    assert period.until - period.since == timedelta(days=7, hours=1)


def test_a_running_week_counts_by_the_part_that_has_passed():
    period = weeks.ending(date(2026, 11, 19), 2, CHINA, THURSDAY)
    assert period.running
    assert period.moment == THURSDAY
    assert 1.4 < period.elapsed < 1.5
    assert not period.before().running
    assert period.before().elapsed == 2


def test_the_period_before_ends_where_this_one_begins():
    period = weeks.ending(date(2026, 11, 19), 13, CHINA, THURSDAY)
    assert period.before().until == period.since
    assert len(list(period.mondays())) == 13


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (10_000, weeks.MOST)])
def test_the_number_of_weeks_has_bounds(asked, given):
    assert weeks.ending(date(2026, 11, 19), asked, CHINA, THURSDAY).weeks == given
