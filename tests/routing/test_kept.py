"""What a decision keeps is enough to make the same choice again, and to say what put the chosen first."""
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import kept, why
from routing.choose import Basis, choose
from routing.experience import Record, Weights
from tests.routing.test_choose import T, person

MUCH = Record(volume=30, answers=40, scores=12, score_sum=58, checks=6, passed=6)
BASIS = Basis("S3", lot=50.0)


def stored(people, basis=BASIS):
    """As it comes back from the database: through JSON."""
    choice = choose(people, basis)
    rows, held = kept.of_candidates(choice), kept.of_basis(basis, choice)
    return json.loads(json.dumps({"basis": held, "candidates": rows})) | {"result": choice.result, "chosen": choice.chosen, "relaxed": choice.relaxed}


def again(row):
    return kept.same_again(row["basis"], row["candidates"], row["result"], row["chosen"], row["relaxed"])


people = st.builds(person, id=st.integers(1, 9), level=st.integers(0, 4), load=st.sampled_from([0.0, 0.5, 3.0, 11.5, 13.0, 20.0]),
                   speaks=st.booleans(), on_leave=st.booleans(), reviews=st.booleans(), idle_since=st.sampled_from([None, T]),
                   cleared=st.booleans(), on_call=st.booleans(), in_area=st.booleans(), stands_in=st.booleans(),
                   conflicts=st.sampled_from([(), ("named",), ("in_line", "declared")]), record=st.builds(Record, volume=st.floats(0, 90), answers=st.integers(5, 50),
                                                                                reopened=st.integers(0, 5), months=st.integers(0, 60)))


bases = st.builds(Basis, severity=st.sampled_from(["S1", "S2", "S3", "S4"]), lot=st.floats(0, 100), night=st.booleans(), managers_turn=st.booleans(),
                  weights=st.builds(Weights, volume=st.integers(0, 50), load=st.floats(0, 1), load_s3=st.floats(0, 8), long_here=st.integers(1, 99)))


@given(st.lists(people, max_size=6, unique_by=lambda one: one.id), bases)
def test_the_same_comes_out_again(candidates, basis):
    assert again(stored(candidates, basis))


def test_a_decision_from_before_there_was_a_roster_is_made_again_too():
    row = stored([person(1, record=MUCH), person(2), person(3, on_leave=True)])
    for name in ("cleared", "on_call", "in_area", "stands_in"):
        for kept_row in row["candidates"]:
            del kept_row[name]
    for name in ("night", "managers_turn", "stand_in"):
        del row["basis"][name]
    for name in ("used_to_it", "long_here", "load_s1", "load_s2", "load_s3", "load_s4"):
        del row["basis"]["weights"][name]
    assert again(row)
    row["candidates"][1]["level"] = 1
    assert not again(row)


@pytest.mark.parametrize("change", [
    lambda row: row["candidates"][0].update(final=0.9), lambda row: row["candidates"][1]["record"].update(volume=99.0),
    lambda row: row["candidates"][0]["reasons"].append("named"), lambda row: row.update(chosen=2),
    lambda row: row["basis"]["weights"].update(load=0.1),
    lambda row: row["basis"].update(stand_in=True), lambda row: row["basis"].update(managers_turn=True),
    lambda row: row.update(relaxed=["over_cap"]), lambda row: row["basis"].update(practice=True)])
def test_what_was_changed_afterwards_is_seen(change):
    row = stored([person(1, record=MUCH, load=2), person(2)])
    assert again(row)
    change(row)
    assert not again(row)


@pytest.mark.parametrize(("first", "second", "code"), [
    ({"record": MUCH}, {}, "volume"),
    ({}, {"record": Record(answers=20, reopened=15)}, "lasting"),
    ({"record": Record(scores=20, score_sum=100)}, {"record": Record(scores=20, score_sum=40)}, "satisfaction"),
    ({"record": Record(checks=20, passed=20)}, {"record": Record(checks=20, passed=2)}, "review"),
    ({"level": 4}, {}, "certificate"),
    ({"record": Record(months=36)}, {}, "tenure"),
    ({}, {"load": 9}, "load"),
    ({"record": Record(scores=20, score_sum=100)}, {"record": Record(scores=4, score_sum=4)}, "sum"),  # too few to be shown
    ({"record": Record(knows_shop=True)}, {}, "continuity"),
    ({}, {}, "equal"),
])
def test_what_put_the_chosen_first(first, second, code):
    row = stored([person(1, **first), person(2, **second)])
    said, other = why.reason(row["candidates"], row["basis"], row["relaxed"])
    assert (row["chosen"], said, other["id"]) == (1, code, 2)


def test_where_the_retailer_is_a_secret_nobody_is_said_to_have_met_him():
    row = stored([person(1, record=Record(knows_shop=True)), person(2)])
    assert why.reason(row["candidates"], row["basis"], known=False)[0] == "sum"


def test_whoever_stood_alone_and_who_is_learning():
    row = stored([person(1), person(2, on_leave=True)])
    assert why.reason(row["candidates"], row["basis"], row["relaxed"]) == ("only", None)
    row = stored([person(1, level=1), person(2, level=4, reviews=True)], replace(BASIS, lot=0.0))
    assert why.reason(row["candidates"], row["basis"], row["relaxed"]) == ("practice", None)


def test_the_next_one_is_looked_for_among_those_who_were_asked():
    row = stored([person(1, load=13, record=MUCH), person(2, load=13, speaks=False), person(3, on_leave=True)])
    assert row["relaxed"] == ("over_cap",)
    assert why.runner_up(row["candidates"], row["relaxed"])["id"] == 2
    row = stored([person(1, speaks=False, record=MUCH), person(2, load=13)])
    assert row["relaxed"] == ("other_language",)
    assert why.runner_up(row["candidates"], row["relaxed"]) is None


def test_without_any_weight_the_load_is_the_reason():
    nothing = Weights(volume=0, lasting=0, satisfaction=0, review=0, certificate=0, tenure=0)
    row = stored([person(1, load=1), person(2, load=2, record=MUCH)], replace(BASIS, weights=nothing))
    assert why.reason(row["candidates"], row["basis"])[0] == "load"
