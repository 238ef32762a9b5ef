"""Working-time arithmetic: make-up days, lunch breaks, summer time, and properties that must hold for any moment."""
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.business_time import (
    Calendar,
    NeverOpen,
    Season,
    add_worked,
    add_working,
    is_working_day,
    next_working_moment,
    worked,
    working_days_before,
    working_minutes,
)
from core.holidays_cn import public_holidays

CHINA = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
EIGHT_HOURS = ((time(9), time(12)), (time(13), time(18)))
OFF, EXTRA, _NAMES = public_holidays("CN", [2026])
WEEK = {day: EIGHT_HOURS for day in range(5)}
CAL = Calendar(WEEK, CHINA, frozenset(OFF), frozenset(EXTRA))

# Summer hours: a longer break at noon, and Saturday mornings; from a Wednesday to a Wednesday, through a holiday.
SUMMER = ((time(8), time(11, 30)), (time(14, 30), time(18)))
SEASON = Season(date(2026, 6, 17), date(2026, 9, 30), {day: SUMMER for day in range(5)} | {5: ((time(8), time(11)),)})
SUMMERY = Calendar(WEEK, CHINA, frozenset(OFF), frozenset(EXTRA), (SEASON,))
calendars = st.sampled_from((CAL, SUMMERY))

moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
durations = st.integers(1, 120 * 60)


def china(month, day, hour, minute=0, second=0):
    return datetime(2026, month, day, hour, minute, second, tzinfo=CHINA).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (china(11, 16, 9), 60, china(11, 16, 10)),
        (china(11, 16, 11), 60, china(11, 16, 12)),  # ends with the morning, not after lunch
        (china(11, 16, 11, 30), 60, china(11, 16, 13, 30)),  # over lunch
        (china(11, 16, 12, 30), 1, china(11, 16, 13, 1)),  # begins at lunch
        (china(11, 16, 7), 480, china(11, 16, 18)),
        (china(11, 16, 20), 5, china(11, 17, 9, 5)),
        (china(11, 20, 17), 120, china(11, 23, 10)),  # over a weekend
        (china(2, 13, 17), 240, china(2, 14, 12)),  # into the make-up Saturday before the Spring Festival
        (china(9, 30, 17), 120, china(10, 8, 10)),  # over the National Day week
        (china(11, 21, 3), 0, china(11, 21, 3)),
    ],
)
def test_add_working(start, minutes, end):
    assert add_working(CAL, start, minutes) == end


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 1), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_is_working_day(day, worked):
    assert is_working_day(CAL, day) is worked


def test_make_up_days_have_mondays_hours():
    short_monday = Calendar({0: ((time(10), time(11)),)}, CHINA, extra=frozenset({date(2026, 11, 21)}))
    assert working_minutes(short_monday, china(11, 21, 0), china(11, 22, 0)) == 60


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (china(11, 16, 9), china(11, 16, 9)),
        (china(11, 16, 10, 42, 7), china(11, 16, 10, 42, 7)),
        (china(11, 16, 12), china(11, 16, 13)),
        (china(11, 16, 18), china(11, 17, 9)),
        (china(11, 20, 23), china(11, 23, 9)),
    ],
)
def test_next_working_moment(at, opens):
    assert next_working_moment(CAL, at) == opens


def test_minutes_between_are_signed_and_whole():
    a, b = china(11, 16, 9), china(11, 17, 9, 0, 59)
    assert working_minutes(CAL, a, b) == 480
    assert working_minutes(CAL, b, a) == -480
    assert working_minutes(CAL, china(11, 21, 9), china(11, 22, 9)) == 0


def test_a_span_may_end_at_midnight():
    always = Calendar({day: ((time(0), time(0)),) for day in range(7)}, CHINA)
    assert add_working(always, china(11, 21, 13), 24 * 60) == china(11, 22, 13)


def test_the_hour_lost_to_summer_time_is_not_counted():
    nights = Calendar({day: ((time(0), time(6)),) for day in range(7)}, BERLIN)
    night = datetime(2026, 3, 29, tzinfo=BERLIN)
    assert working_minutes(nights, night, night + timedelta(hours=12)) == 5 * 60


def test_a_calendar_that_never_opens_says_so():
    with pytest.raises(NeverOpen):
        next_working_moment(Calendar({}, CHINA), china(11, 16, 9))
    with pytest.raises(NeverOpen):
        add_working(Calendar({}, CHINA), china(11, 16, 9), 1)


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_working(CAL, china(11, 16, 9), -1)
    with pytest.raises(ValueError, match="time zone"):
        working_minutes(CAL, datetime(2026, 11, 16, 9), china(11, 16, 10))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (china(6, 16, 17), 120, china(6, 17, 9)),  # the season begins at night: the next morning opens at eight
        (china(6, 16, 17, 30), 30 + 210 + 60, china(6, 17, 15, 30)),  # and has the longer break
        (china(6, 17, 11, 30), 1, china(6, 17, 14, 31)),
        (china(6, 26, 17), 120, china(6, 27, 9)),  # Friday into the Saturday that is worked in summer
        (china(6, 18, 17), 120, china(6, 20, 9)),  # over a public holiday of the season, into that Saturday
        (china(9, 30, 17), 120, china(10, 8, 10)),  # the season ends before the National Day week; afterwards it is nine again
        (china(6, 17, 8), 7 * 60, china(6, 17, 18)),  # a summer's day has seven hours
    ],
)
def test_across_the_seasons(start, minutes, end):
    assert add_working(SUMMERY, start, minutes) == end
    assert working_minutes(SUMMERY, start, end) == minutes


def test_a_make_up_day_has_the_hours_of_a_monday_of_its_season():
    made_up = Calendar(WEEK, CHINA, extra=frozenset({date(2026, 6, 21)}), seasons=(SEASON,))
    assert working_minutes(made_up, china(6, 21, 0), china(6, 22, 0)) == 7 * 60


@given(calendars, moments, durations)
def test_adding_then_measuring_gives_the_minutes_back(cal, start, minutes):
    end = add_working(cal, start, minutes)
    assert working_minutes(cal, start, end) == minutes
    assert working_minutes(cal, start, end - timedelta(seconds=1)) == minutes - 1


@given(calendars, moments, st.integers(0, 14 * 24 * 3600))
def test_seconds_are_given_back_too(cal, start, seconds):
    time = timedelta(seconds=seconds)
    assert worked(cal, start, add_worked(cal, start, time)) == time


@given(calendars, moments, moments, durations)
def test_a_later_start_never_ends_earlier(cal, a, b, minutes):
    first, second = sorted((a, b))
    assert add_working(cal, first, minutes) <= add_working(cal, second, minutes)


@given(calendars, moments, durations, durations)
def test_more_minutes_never_end_earlier_and_parts_sum_up(cal, start, one, other):
    between = add_working(cal, start, one)
    assert start < between < add_working(cal, between, other) == add_working(cal, start, one + other)


@given(moments)
def test_the_next_working_moment_is_open_and_nothing_is_missed(at):
    opens = next_working_moment(CAL, at)
    assert opens >= at and working_minutes(CAL, at, opens) == 0
    assert working_minutes(CAL, opens, opens + timedelta(minutes=1)) == 1 or opens.astimezone(CHINA).minute == 59


@pytest.mark.parametrize(("at", "days", "since"), [
    (china(11, 23, 14), 5, china(11, 16, 14)),  # Monday to Monday, the same hour
    (china(11, 24, 8), 2, china(11, 20, 8)),  # over a weekend
    (china(11, 20, 23, 59), 5, china(11, 13, 23, 59)),
    (china(11, 21, 0), 5, china(11, 16, 0)),  # Saturday: the week is over, what came on Monday has had four days and a half
    (china(11, 22, 23), 5, china(11, 16, 0)),  # nothing more passes on a Sunday
    (china(2, 14, 12), 1, china(2, 13, 12)),  # a make-up Saturday counts
    (china(10, 8, 10), 1, china(9, 30, 10)),  # the National Day week does not
    (china(11, 16, 9), 0, china(11, 16, 9)),
])
def test_working_days_before(at, days, since):
    assert working_days_before(CAL, at, days) == since


@given(moments, st.integers(0, 3 * 24 * 60), st.integers(0, 10))
def test_the_moment_before_never_goes_back(at, minutes, days):
    assert working_days_before(CAL, at, days) <= working_days_before(CAL, at + timedelta(minutes=minutes), days)


def test_without_a_working_day_it_says_so():
    with pytest.raises(NeverOpen):
        working_days_before(Calendar({}, CHINA), china(11, 16, 9), 1)
    with pytest.raises(ValueError, match="negative"):
        working_days_before(CAL, china(11, 16, 9), -1)
