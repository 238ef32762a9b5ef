"""The table of the lifecycle, as DOMAIN 3.2 has it."""
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.tickets.diagram import ROOT, lifecycle_page
from tickets import lifecycle
from tickets.lifecycle import GUARDS, OPEN, STATES, TRANSITIONS, WrongState, events_from, find

NOW = datetime(2026, 11, 19, 2, 42, tzinfo=UTC)


def case(**facts):
    leaf = SimpleNamespace(access=facts.pop("access", "open"), desk_answer=facts.pop("desk_answer", False))
    return SimpleNamespace(**({"id": 1, "state": "received", "leaf_code": "DLV.LATE", "leaf": leaf, "severity": "S3", "type": "complaint",
                               "desired_outcome": "goods", "asks": 0, "returns": 0, "redos": 0, "sealed": False, "assignee_id": 7,
                               "outcome": "upheld", "root_cause": "logistics", "remedy": "redelivered", "ended_at": None,
                               "support_needs": False, "retailer_id": 3, "contact_phone": "+8613800001234"} | facts))


def test_every_target_and_source_is_a_state():
    for row in TRANSITIONS:
        assert set(row.sources) <= set(STATES), row.event
        assert {row.target, *row.targets} - {None} <= set(STATES), row.event
        assert (row.target is None) == bool(row.targets), row.event


def test_every_guard_exists_and_is_used():
    used = {guard for row in TRANSITIONS for guard in row.guards}
    assert used == GUARDS.keys()


def test_the_handler_never_closes():
    row = find("close", "answered")
    assert row.who == {"manager"}
    assert "not_its_handler" in row.guards


def test_the_rule_never_closes_what_is_heavy_restricted_or_of_somebody_in_need():
    row = find("close_by_rule", "answered")
    assert row.who == {"system"}
    assert set(row.guards) == {"reasons_recorded", "light", "open_leaf", "no_special_care"}


def test_only_needs_info_pauses():
    assert {row.event for row in TRANSITIONS if row.pauses} == {"ask"}
    assert {row.event for row in TRANSITIONS if row.resumes} == {"resume", "stand_aside"}
    assert all(row.target == "needs_info" for row in TRANSITIONS if row.pauses)


def test_a_time_out_never_declines():
    assert find("resume", "needs_info").targets == ("received", "in_progress")
    assert "needs_info" not in find("decline", "received").sources


@pytest.mark.parametrize("state", OPEN)
def test_an_open_ticket_can_be_withdrawn_by_the_retailer(state):
    assert "retailer" in find("withdraw", state).who


@pytest.mark.parametrize("state", ("merged", "declined", "transferred", "withdrawn"))
def test_the_other_ends_lead_nowhere_but_a_merge_back(state):
    assert set(events_from(state)) <= {"unmerge"}


@pytest.mark.parametrize(("event", "state"), [("sign", "received"), ("close", "in_review"), ("approve", "in_progress"), ("dispatch", "dispatched"),
                                              ("merge", "answered"), ("redo", "in_progress"), ("ask", "dispatched")])
def test_events_do_not_exist_in_other_states(event, state):
    with pytest.raises(WrongState):
        find(event, state)


def test_an_unknown_event_is_a_programming_error():
    with pytest.raises(KeyError):
        find("explode", "received")


@pytest.mark.parametrize(("guard", "facts", "data", "holds"), [
    ("classified", {"leaf_code": None}, {}, False),
    ("wish_known", {"desired_outcome": None}, {}, False),
    ("transcript_confirmed", {}, {"unconfirmed": False}, True), ("transcript_confirmed", {}, {"unconfirmed": True}, False),
    ("spot_answer_allowed", {"severity": "S3"}, {}, False),
    ("spot_answer_allowed", {"severity": "S3", "desk_answer": True}, {}, True),
    ("spot_answer_allowed", {"severity": "S3", "type": "enquiry"}, {}, True),
    ("spot_answer_allowed", {"severity": "S4"}, {}, True),
    ("spot_answer_allowed", {"severity": "S2", "desk_answer": True}, {}, False),
    ("spot_answer_allowed", {"severity": "S4", "access": "restricted"}, {}, False),
    ("spot_answer_allowed", {"severity": "S4", "sealed": True}, {}, False),
    ("asks_left", {"asks": 2}, {}, False),
    ("returns_left", {"returns": 1}, {}, True),
    ("returns_left", {"returns": 2}, {}, False),
    ("light", {"severity": "S2"}, {}, False),
    ("light", {"redos": 1}, {}, False),
    ("open_leaf", {"access": "restricted"}, {}, False),
    ("seal_fits", {"sealed": True}, {}, False),
    ("seal_fits", {"sealed": True, "access": "restricted"}, {}, True),
    ("checked", {}, {"unchecked": ["photo"]}, False),
    ("reasons_recorded", {"remedy": None}, {}, False),
    ("not_its_handler", {}, {"actor": SimpleNamespace(id=7)}, False),
    ("not_its_handler", {}, {"actor": SimpleNamespace(id=8)}, True),
    ("not_its_handler", {}, {"actor": SimpleNamespace(id=None)}, False),
    ("no_special_care", {"support_needs": True}, {}, False),
    ("no_special_care", {}, {}, True),
    ("own_person", {"support_needs": True}, {}, False),
    ("own_person", {}, {}, True),
    ("shared_leaf", {"access": "restricted"}, {}, False),
    ("shared_leaf", {"sealed": True}, {}, False),
    ("shared_leaf", {"severity": "S1", "redos": 1}, {}, True),
    ("merged_lately", {"ended_at": NOW - timedelta(hours=24)}, {"now": NOW}, True),
    ("merged_lately", {"ended_at": NOW - timedelta(hours=24, seconds=1)}, {"now": NOW}, False),
    ("same_retailer", {}, {"into": case(retailer_id=4)}, False),
    ("same_retailer", {"retailer_id": None}, {"into": case(retailer_id=None)}, True),
    ("same_retailer", {"retailer_id": None, "contact_phone": None}, {"into": case(retailer_id=None, contact_phone=None)}, False),
    ("other_open", {}, {"into": case(id=2, state="closed")}, False),
    ("other_open", {}, {"into": case(id=1)}, False),
    ("confirmed", {}, {}, False),
    ("body_and_reference", {}, {"body": "12345", "reference": " "}, False),
    ("reason", {}, {"reason": "  "}, False),
    ("standard_answer", {}, {"answer_code": None}, False),
])
def test_guards(guard, facts, data, holds):
    assert bool(GUARDS[guard](case(**facts), data)) is holds


def test_the_diagram_in_docs_is_the_table():
    assert lifecycle_page() == (ROOT / "docs" / "lifecycle.md").read_text(encoding="utf-8")


def test_every_state_is_reachable():
    reached = {"received"}
    for _ in STATES:
        reached |= {target for row in TRANSITIONS if reached & set(row.sources) for target in (row.target, *row.targets) if target}
    assert reached == set(STATES)
    assert lifecycle.OPEN == OPEN


