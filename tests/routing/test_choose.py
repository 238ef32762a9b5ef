"""The choice of a handler as a table."""
from datetime import UTC, datetime

import pytest

from routing.choose import Basis, Candidate, choose, judge
from routing.experience import Record

S3 = Basis("S3")
T = datetime(2026, 11, 19, tzinfo=UTC)


def person(id=1, **facts):
    return Candidate(**({"id": id, "name": f"p{id}", "active": True, "handles": True, "level": 2, "on_leave": False, "load": 0.0, "cap": 12.0,
                         "idle_since": None, "conflicts": ()} | facts))


@pytest.mark.parametrize(("facts", "severity", "reasons"), [
    ({}, "S3", ()),
    ({"active": False}, "S3", ("inactive",)),
    ({"handles": False}, "S3", ("not_a_handler",)),
    ({"on_leave": True}, "S3", ("on_leave",)),
    ({"level": 0}, "S4", ("no_certificate",)),
    ({"level": 1}, "S2", ("level_too_low",)),
    ({"level": 2}, "S1", ("level_too_low",)),
    ({"level": 3}, "S1", ()),
    ({"load": 11.0}, "S3", ()),
    ({"load": 11.5}, "S3", ("over_cap",)),
    ({"load": 16.0}, "S3", ("full",)),  # 17 / 12 is beyond the root of 2, where the load leaves nothing of a score
    ({"cap": 0.0}, "S3", ("full",)),
    ({"speaks": False, "load": 11.5}, "S3", ("other_language", "over_cap")),
    ({"load": 11.5}, "S4", ()),
    ({"conflicts": ("named", "serves_this_shop"), "on_leave": True}, "S3", ("named", "serves_this_shop", "on_leave")),
])
def test_what_speaks_against_somebody(facts, severity, reasons):
    assert judge(person(**facts), Basis(severity)).reasons == reasons


def test_the_lowest_load_gets_it():
    assert choose([person(1, load=3), person(2, load=1.5), person(3, load=2)], S3).chosen == 2


def test_a_tie_goes_to_the_longest_idle_then_to_the_lowest_id():
    assert choose([person(3, idle_since=T), person(2, idle_since=T.replace(hour=3)), person(1, idle_since=T)], S3).chosen == 1
    assert choose([person(1, idle_since=T), person(2)], S3).chosen == 2


def test_nobody_free_now_leaves_it_in_the_queue():
    choice = choose([person(1, on_leave=True), person(2, load=17), person(3, level=0)], S3)
    assert (choice.result, choice.chosen) == ("queue", None)


def test_nobody_who_ever_could_goes_to_the_manager():
    assert choose([person(1, level=0), person(2, conflicts=("named",))], S3).result == "manager"
    assert choose([], S3).result == "manager"


def test_every_candidate_is_kept_with_his_reasons():
    choice = choose([person(1, level=0), person(2), person(3, conflicts=("named",))], S3)
    assert {v.candidate.id: v.reasons for v in choice.verdicts} == {2: (), 1: ("no_certificate",), 3: ("named",)}
    assert choice.verdicts[0].candidate.id == 2


MUCH = Record(volume=30, answers=40, scores=12, score_sum=58)


def test_the_better_record_gets_it_until_his_desk_is_full_enough():
    assert choose([person(1), person(2, record=Record(volume=10), load=4)], S3).chosen == 2
    assert choose([person(1), person(2, record=Record(volume=10), load=11)], S3).chosen == 1


@pytest.mark.parametrize("facts", [{"conflicts": ("named",)}, {"on_leave": True}, {"level": 0}, {"active": False}, {"handles": False}])
def test_what_is_never_relaxed_goes_before_any_experience(facts):
    assert choose([person(1, record=MUCH, **facts), person(2, load=16, speaks=False)], S3).chosen != 1
    assert choose([person(1, record=MUCH, **facts)], S3).chosen is None


@pytest.mark.parametrize(("people", "chosen", "relaxed"), [
    ([person(1, speaks=False, record=MUCH), person(2)], 2, ()),
    ([person(1, speaks=False), person(2, load=11.5)], 1, ("other_language",)),
    ([person(1, load=11.5), person(2, load=11.5, speaks=False)], 1, ("over_cap",)),
    ([person(1, speaks=False, load=11.5), person(2, load=16)], 1, ("other_language", "over_cap")),
    ([person(1, load=11.5, on_leave=True), person(2, load=11.5)], 2, ("over_cap",)),
])
def test_the_language_is_relaxed_before_the_load(people, chosen, relaxed):
    choice = choose(people, S3)
    assert (choice.chosen, choice.relaxed) == (chosen, relaxed)
    assert choice.verdicts[0].candidate.id == chosen


BEGINNER, EXPERT = {"level": 1}, {"level": 4, "reviews": True, "record": MUCH}


@pytest.mark.parametrize(("lot", "severity", "beginner", "expert", "practice"), [
    (0.0, "S3", {}, {}, True),
    (9.99, "S4", {}, {}, True),
    (10.0, "S3", {}, {}, False),
    (None, "S3", {}, {}, False),  # where only certain roles review
    (0.0, "S2", {"level": 2}, {}, False),
    (0.0, "S3", {"level": 2}, {}, False),
    (0.0, "S3", {"load": 11.5}, {}, False),
    (0.0, "S3", {}, {"reviews": False}, False),
    (0.0, "S3", {}, {"on_leave": True}, False),
    (0.0, "S3", {}, {"load": 30}, True),  # who has no room for the ticket can still review it
])
def test_a_share_of_the_light_ones_goes_to_beginners(lot, severity, beginner, expert, practice):
    choice = choose([person(1, **BEGINNER | beginner), person(2, **EXPERT | expert), person(3, level=3)], Basis(severity, lot=lot))
    assert choice.practice is practice
    assert (choice.chosen == 1) is practice
