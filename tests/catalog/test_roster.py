"""Shifts on call, and the hours that are left over (pure)."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import roster
from catalog.coverage import gaps
from core import clock
from core.actor import SYSTEM
from core.audit import AuditEntry, Did
from core.errors import DomainError
from tests.builders import staff, team
from tests.office_hours import MONDAY_MORNING, MONDAY_NIGHT

START = datetime(2026, 11, 16, tzinfo=UTC)


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def spans(*pairs):
    return [(at(begin), at(end)) for begin, end in pairs]


@pytest.mark.parametrize(("covered", "left"), [
    ((), [(0, 24)]),
    (((0, 24),), []),
    (((9, 12), (13, 18)), [(0, 9), (12, 13), (18, 24)]),
    (((-5, 9), (9, 30)), []),
    (((2, 10), (3, 4), (8, 12)), [(0, 2), (12, 24)]),
    (((30, 40),), [(0, 24)]),
    (((-9, -1),), [(0, 24)]),
])
def test_what_nobody_covers(covered, left):
    assert gaps(at(0), at(24), spans(*covered)) == spans(*left)


@given(st.lists(st.tuples(st.integers(-10, 40), st.integers(1, 12)), max_size=6))
def test_every_hour_is_either_covered_or_left(shifts):
    covered = spans(*((begin, begin + length) for begin, length in shifts))
    left = gaps(at(0), at(24), covered)
    for hour in range(24):
        inside = [any(begin <= at(hour + 0.5) < end for begin, end in found) for found in (covered, left)]
        assert inside[0] != inside[1]


def test_who_is_on_call_at_a_moment_for_a_team(database):
    owl, money = staff(), staff()
    roster.enter(SYSTEM, owl, None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    roster.enter(SYSTEM, money, team("finance"), MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    finance, logistics = team("finance").id, team("logistics").id
    assert roster.on_call(MONDAY_NIGHT, finance) == {owl.id, money.id}
    assert roster.on_call(MONDAY_NIGHT, logistics) == {owl.id}
    assert roster.on_call(MONDAY_NIGHT + timedelta(hours=8), finance) == set()
    assert roster.on_call(MONDAY_MORNING, finance) == set()


def test_working_time(database):
    assert roster.in_working_time(MONDAY_MORNING)
    assert not roster.in_working_time(MONDAY_NIGHT)
    assert roster.in_working_time(MONDAY_MORNING.replace(hour=12, minute=30))  # at lunch, and here
    assert not roster.in_working_time(MONDAY_MORNING.replace(hour=18))
    assert not roster.in_working_time(MONDAY_MORNING.replace(day=15))  # a Sunday
    database.session.execute(database.text("DELETE FROM work_hours"))
    database.session.info.pop("calendar", None)
    assert not roster.in_working_time(MONDAY_MORNING)


def test_what_was_entered_and_taken_off_leaves_a_trace_and_twice_is_no_error(database):
    row, = roster.enter(SYSTEM, staff("owl"), None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    with clock.frozen(MONDAY_MORNING):
        assert [roster.remove(SYSTEM, row.id), roster.remove(SYSTEM, row.id)] == [True, False]
    told = database.session.scalars(database.select(AuditEntry.detail).filter_by(action=Did.DUTY_ENTERED.value, target="owl").order_by(AuditEntry.id)).all()
    assert [detail.get("cancelled", False) for detail in told] == [False, True]


def test_of_a_shift_that_runs_only_what_is_left_is_taken_off(database):
    row, = roster.enter(SYSTEM, staff("owl"), None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    with clock.frozen(MONDAY_NIGHT + timedelta(hours=2)):
        assert roster.remove(SYSTEM, row.id)
    assert (row.starts_at, row.ends_at) == (MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=2))
    with clock.frozen(row.ends_at), pytest.raises(DomainError, match="shift_over"):
        roster.remove(SYSTEM, row.id)


def test_the_telephones_of_those_on_call(database):
    owl, silent = staff(phone="+8613800138000"), staff(phone=None)
    for user in (owl, silent):
        roster.enter(SYSTEM, user, None, MONDAY_NIGHT, MONDAY_NIGHT + timedelta(hours=8))
    assert roster.phones_on_call(MONDAY_NIGHT) == ["+8613800138000"]
    assert roster.phones_on_call(MONDAY_MORNING) == []
