"""The score as tables of values computed by hand, and what must hold for all values."""
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.experience import PARTS, Means, Parts, Record, Weights, experience, final, months, parts, room

MEANS = Means(lasting=0.9, score=4.0, passed=0.8)
W = Weights()


def part(name, record, level=2, means=MEANS, weights=W):
    return getattr(parts(record, means, level, weights), name)


@pytest.mark.parametrize(("name", "record", "value"), [
    ("volume", Record(volume=0), 0.0),
    ("volume", Record(volume=10), 0.393469),  # 1 - exp(-1/2)
    ("volume", Record(volume=20), 0.632121),  # 1 - exp(-1)
    # Wilson with p 0.9 and n 10: (0.9 + 0.135285 - 1.6449 * 0.125556) / 1.270570
    ("lasting", Record(), 0.652273),
    # 18 of 20 and 9 of 10 more: p 0.9, n 30: (0.9 + 0.045095 - 1.6449 * 0.061250) / 1.090190
    ("lasting", Record(answers=20, reopened=2), 0.774493),
    ("satisfaction", Record(), 0.75),  # the common mean of 4
    ("satisfaction", Record(scores=5, score_sum=25), 0.833333),  # (40 + 25) / 15 = 4.3333
    ("satisfaction", Record(scores=10, score_sum=10), 0.375),  # (40 + 10) / 20 = 2.5
    ("review", Record(), 0.8),
    ("review", Record(checks=5, passed=3), 0.733333),  # (8 + 3) / 15
    ("tenure", Record(months=18), 0.5),
    ("tenure", Record(months=36), 1.0),
    ("tenure", Record(months=120), 1.0),
])
def test_each_part_as_computed_by_hand(name, record, value):
    assert part(name, record) == pytest.approx(value, abs=1e-6)


def test_the_certificate_counts_by_its_level():
    assert [part("certificate", Record(), level) for level in (0, 1, 2, 3, 4)] == [0, 0.25, 0.5, 0.75, 1]


def test_no_good_answer_at_all_is_nothing_and_no_less():
    assert part("lasting", Record(answers=3, reopened=3), means=Means(lasting=0.0)) == 0.0


def test_the_sum_and_what_the_load_leaves_of_it():
    found = parts(Record(volume=10, months=18), MEANS, 3, W)
    value = experience(found, W)
    # 0.25 * 0.393469 + 0.2 * 0.652273 + 0.2 * 0.75 + 0.2 * 0.8 + 0.1 * 0.75 + 0.05 * 0.5
    assert value == pytest.approx(0.638822, abs=1e-6)
    assert final(value, 6, 12, False, W) == pytest.approx(0.638822 * 0.875, abs=1e-6)
    assert final(value, 6, 12, True, W) == pytest.approx(0.638822 * 0.875 + 0.05, abs=1e-6)


@pytest.mark.parametrize(("load", "cap", "left"), [(0, 12, 1.0), (6, 12, 0.875), (12, 12, 0.5), (24, 12, 0.0), (0, 0, 0.5)])
def test_what_the_load_leaves(load, cap, left):
    assert room(load, cap, W) == left


def test_only_the_proportion_of_the_weights_counts():
    found = Parts(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
    doubled = replace(W, **{name: 2 * getattr(W, name) for name in PARTS})
    assert experience(found, doubled) == pytest.approx(experience(found, W))
    nothing = replace(W, **dict.fromkeys(PARTS, 0))
    assert experience(found, nothing) == 1.0


@pytest.mark.parametrize(("since", "day", "count"), [
    (date(2026, 1, 31), date(2026, 2, 28), 0), (date(2026, 1, 31), date(2026, 3, 31), 2), (date(2025, 12, 1), date(2026, 1, 1), 1),
    (date(2026, 1, 2), date(2026, 1, 1), 0), (date(2023, 1, 15), date(2026, 1, 14), 35)])
def test_whole_months(since, day, count):
    assert months(since, day) == count


@st.composite
def records(draw):
    count = st.integers(0, 200)
    answers, scores, checks = draw(count), draw(count), draw(count)
    return Record(volume=draw(st.floats(0, 300)), answers=answers, reopened=draw(st.integers(0, answers)), scores=scores,
                  score_sum=draw(st.integers(scores, 5 * scores)), checks=checks, passed=draw(st.integers(0, checks)),
                  months=draw(st.integers(0, 500)))


means = st.builds(Means, lasting=st.floats(0, 1), score=st.floats(1, 5), passed=st.floats(0, 1))


def value(record, common):
    return experience(parts(record, common, 2, W), W)


@given(records(), means)
def test_every_part_and_the_sum_stay_between_nothing_and_one(record, common):
    found = parts(record, common, 4, W)
    assert all(-1e-9 <= one <= 1 + 1e-9 for one in asdict(found).values())
    assert -1e-9 <= experience(found, W) <= 1 + 1e-9


@given(records(), means)
def test_one_more_closed_ticket_that_lasted_never_lowers_the_score(record, common):
    more = replace(record, volume=record.volume + 1, answers=record.answers + 1)
    assert value(more, common) >= value(record, common)
    content = replace(more, scores=record.scores + 1, score_sum=record.score_sum + 5)
    assert value(content, common) >= value(more, common) - 1e-12


@given(records().filter(lambda r: r.reopened < r.answers), means)
def test_one_more_reopened_never_raises_it(record, common):
    assert value(replace(record, reopened=record.reopened + 1), common) <= value(record, common)


@given(records(), means, st.floats(0, 30), st.floats(0, 5))
def test_more_in_hand_never_raises_it(record, common, load, more):
    base = value(record, common)
    assert final(base, load + more, 12, False, W) <= final(base, load, 12, False, W)
