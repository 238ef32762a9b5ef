"""Weeks: where they begin, which is the newest that may be looked at, which are wholly over."""
from datetime import date

import pytest

from reporting.improvement.exposure import nearest
from reporting.improvement.weeks import index, label, monday, newest, span, within

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(("day", "week"), [(date(2026, 11, 16), MONDAY), (date(2026, 11, 22), MONDAY), (date(2026, 11, 23), date(2026, 11, 23))])
def test_a_week_begins_on_monday(day, week):
    assert monday(day) == week


@pytest.mark.parametrize(("today", "week"), [
    (date(2026, 11, 22), date(2026, 11, 9)), (date(2026, 11, 23), date(2026, 11, 9)),  # Monday is for sorting what came on Sunday
    (date(2026, 11, 24), MONDAY), (date(2026, 11, 29), MONDAY)])
def test_a_week_is_looked_at_from_tuesday_on(today, week):
    assert newest(today) == week


@pytest.mark.parametrize(("until", "weeks"), [
    (date(2026, 11, 29), 2), (date(2026, 11, 28), 1), (date(2026, 11, 22), 1), (date(2026, 11, 21), 0), (date(2026, 1, 1), 0)])
def test_only_whole_weeks_are_watched(until, weeks):
    assert within(MONDAY, until) == span(MONDAY, date(2026, 11, 23))[:weeks]


def test_weeks_are_counted_and_named_over_the_new_year():
    assert index(date(2026, 12, 21), date(2027, 1, 4)) == 2
    assert [label(week) for week in span(date(2026, 12, 21), date(2027, 1, 4))] == ["W52", "W53", "W01"]


@pytest.mark.parametrize(("week", "shops"), [
    (date(2026, 11, 2), 10), (date(2026, 11, 9), 10), (date(2026, 11, 12), 30), (MONDAY, 30), (date(2027, 1, 4), 30)])
def test_shops_are_those_of_the_week_or_of_the_next_that_was_kept(week, shops):
    assert nearest([(date(2026, 11, 9), 10), (MONDAY, 30)], week) == shops
