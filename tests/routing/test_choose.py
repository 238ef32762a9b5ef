"""The choice of a handler as a table."""
from datetime import UTC, datetime

import pytest

from routing.choose import Basis, Candidate, choose, judge

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
