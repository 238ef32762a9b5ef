"""Case numbers: every slip of the finger is caught, and they are found in what people type."""
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets import case_number
from tickets.case_number import clean, is_valid, make, show

DAY = date(2026, 11, 22)
DIGITS = range(10)
CASE = make(DAY, lambda n: 4831)
GROUPED = show(CASE)

days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
case_numbers = st.builds(
    lambda day, share, wider: make(day, lambda n: int(share * n), wider),
    days, st.floats(0, 1, exclude_max=True), st.booleans(),
)


def test_parts():
    assert CASE[:9] == "611224831"
    assert len(CASE) == 10 and is_valid(CASE)
    assert GROUPED == f"61122 4831 {CASE[-1]}"


def test_a_full_day_gets_a_wider_number():
    wide = make(DAY, lambda n: n - 1, wider=True)
    assert wide[:10] == "6112299999"
    assert len(wide) == 11 and is_valid(wide)
    assert show(wide) == f"61122 99999 {wide[-1]}"


def test_a_day_holds_ten_thousand_numbers():
    assert len({make(DAY, lambda n, i=i: i) for i in range(10_000)}) == 10_000


def test_the_table_is_a_totally_anti_symmetric_quasigroup():
    table = case_number._DAMM
    for lines in (table, list(zip(*table, strict=True))):
        assert all(sorted(line) == list(DIGITS) for line in lines)
    assert all(table[digit][digit] == 0 for digit in DIGITS)
    assert all(
        table[table[c][x]][y] != table[table[c][y]][x] for c, x, y in product(DIGITS, repeat=3) if x != y
    )


@given(case_numbers)
def test_every_wrong_digit_is_caught(case_no):
    for place, digit in product(range(len(case_no)), "0123456789"):
        wrong = case_no[:place] + digit + case_no[place + 1 :]
        assert is_valid(wrong) is (wrong == case_no)


@given(case_numbers)
def test_every_exchange_of_neighbours_is_caught(case_no):
    for i in range(len(case_no) - 1):
        wrong = case_no[:i] + case_no[i + 1] + case_no[i] + case_no[i + 2 :]
        assert is_valid(wrong) is (wrong == case_no)


@given(case_numbers)
def test_what_is_shown_is_understood(case_no):
    assert clean(show(case_no)) == case_no


@pytest.mark.parametrize(
    "typed",
    [
        CASE,
        f"  {GROUPED}  ",
        GROUPED.replace(" ", "-"),
        GROUPED.replace(" ", "—"),
        GROUPED.replace(" ", "\u3000"),
        CASE.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in DIGITS}),
        f"我的单号是{GROUPED}，请问办到哪了？",
        f"case no. {CASE}.",
        f"{GROUPED} 13800001234",
        f"13800001234 {GROUPED}",
        f"2 cases: {GROUPED}",
    ],
)
def test_found_in_what_people_type(typed):
    assert clean(typed) == CASE


def test_a_digit_at_a_time_and_a_page_full_of_digits():
    assert clean(" ".join(CASE)) == CASE
    assert clean("1 " * 20_000) is None


@pytest.mark.parametrize("typed", ["", "没有单号", "13800001234", CASE[:-1], CASE + "1", f"1{CASE}22", "6 11 22"])
def test_nothing_is_found_where_there_is_none(typed):
    assert clean(typed) is None


@pytest.mark.parametrize("day", ["1301", "0230", "0000", "1100"])
def test_a_day_that_does_not_exist_is_refused(day):
    body = f"6{day}0000"
    assert not any(is_valid(body + str(check)) for check in DIGITS)


def test_the_leap_day_is_a_day():
    assert is_valid(make(date(2028, 2, 29), lambda n: 0))


def test_digits_of_other_scripts_are_not_plain_digits():
    assert not is_valid(CASE.replace("6", "６", 1))


def test_a_number_in_a_sentence_is_kept_on_one_line():
    assert case_number.unbroken(f"Case {GROUPED} is yours") == f"Case {GROUPED.replace(' ', chr(160))} is yours"
    assert clean(case_number.unbroken(f"Case {GROUPED}")) == CASE, "copied from a page it is found all the same"
    assert case_number.unbroken("138 0013 8000 and 61122 4831") == "138 0013 8000 and 61122 4831"
