"""Why a person must look."""
from dataclasses import replace

import pytest

from triage.waiting import DOUBTS, REASONS, Seen, reasons

PLAIN = Seen(switched_on=True, has_model=True, sure=True, doubts=frozenset(), leaf_by_hand=False, sealed=False, suspect=False, perhaps_noise=False,
             may_continue=False, several_shops=False, somebody_meant=False, possible_double=False, unconfirmed=False, second_matter=False, came_back=False,
             waited_already=False, listen=False)


def test_a_plain_sure_complaint_waits_for_nobody():
    assert reasons(PLAIN) == []


@pytest.mark.parametrize(("change", "expected"), [
    ({"switched_on": False}, ["switched_off"]), ({"waited_already": True}, ["waited_already"]), ({"has_model": False, "sure": False}, ["no_model"]), ({"sure": False}, ["unsure"]),
    ({"leaf_by_hand": True, "sure": False}, ["by_hand"]), ({"sealed": True}, ["sealed"]), ({"suspect": True}, ["suspect"]),
    ({"perhaps_noise": True}, ["perhaps_noise"]), ({"may_continue": True}, ["may_continue"]), ({"several_shops": True}, ["several_shops"]),
    ({"second_matter": True}, ["second_matter"]), ({"listen": True}, ["listen"]), ({"somebody_meant": True}, ["somebody_meant"]),
    ({"listen": True, "has_model": False, "sure": False}, ["listen"]), ({"unconfirmed": True}, ["unconfirmed"]),
    ({"doubts": frozenset({"short"})}, ["short"]), ({"doubts": frozenset({"set_aside", "strange"}), "sure": False}, ["unsure", "strange", "set_aside"]),
    ({"doubts": frozenset({"short"}), "leaf_by_hand": True, "sure": False}, ["by_hand"]),
    ({"possible_double": True, "came_back": True}, ["possible_double", "came_back"]),
])
def test_each_doubt_is_a_reason(change, expected):
    assert reasons(replace(PLAIN, **change)) == expected


def test_every_reason_can_hold_alone():
    each = [{"doubts": frozenset({code})} for code in DOUBTS]
    assert {code for change in (*each, {"switched_on": False}, {"has_model": False}, {"sealed": True}, {"leaf_by_hand": True}, {"sure": False},
                                {"suspect": True}, {"perhaps_noise": True}, {"may_continue": True}, {"several_shops": True}, {"possible_double": True}, {"came_back": True},
                                {"waited_already": True}, {"listen": True}, {"unconfirmed": True}, {"somebody_meant": True}, {"second_matter": True}) for code in reasons(replace(PLAIN, **change))} == set(REASONS)
