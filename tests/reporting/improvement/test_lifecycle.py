"""The table of an improvement item's life: every event from every state, who may cause it, and what refuses it."""
from datetime import date
from types import SimpleNamespace

import pytest

from core.actor import Actor
from reporting.improvement.lifecycle import GUARDS, STATES, TRANSITIONS, WrongState, events_from, find

LEADS_TO = {
    "candidate": {"propose": "proposed", "accept": "approved", "reject": "rejected"},
    "proposed": {"accept": "approved", "reject": "rejected"},
    "reopened": {"accept": "approved", "reject": "rejected"},
    "approved": {"begin": "in_action"},
    "in_action": {"watch": "waiting"},
    "waiting": {"judge": "verdict"},
    "verdict": {"standardise": "standardised", "reopen": "reopened"},
    "standardised": {},
    "rejected": {},
}
TODAY = date(2026, 11, 19)
DONE, UNDONE = SimpleNamespace(done_on=TODAY), SimpleNamespace(done_on=None)
GOOD = {"title": "Late in the east", "owner_id": 1, "cause_code": "logistics", "whys": "Too many shops on one van", "most": 0.7,
        "check_date": date(2027, 2, 14), "lesson": "Count the stops"}
DATA = {"today": TODAY, "actions": [DONE], "result": "effective", "reason": "known", "actor": Actor("staff", id=9), "owners": {1, 2}}

REFUSED = [
    ("titled", {"title": "  "}, {}), ("owned", {"owner_id": None}, {}), ("caused", {"cause_code": None}, {}), ("caused", {"cause_code": ""}, {}),
    ("asked_why", {"whys": " "}, {}), ("measurable", {"most": None}, {}), ("measurable", {"most": 1.0}, {}), ("measurable", {"most": 0.0}, {}),
    ("check_leaves_weeks", {"check_date": None}, {}), ("check_leaves_weeks", {"check_date": date(2026, 12, 16)}, {}),
    ("planned", {}, {"actions": []}), ("all_done", {}, {"actions": [DONE, UNDONE]}),
    ("check_date_over", {"check_date": TODAY}, {}), ("helped", {}, {"result": "inconclusive"}), ("helped", {}, {"result": "not_effective"}),
    ("lesson", {"lesson": ""}, {}), ("reason", {}, {"reason": " "}),
    ("not_its_owner", {}, {"owners": {1, 9}}), ("not_its_owner", {}, {"actor": Actor("system")}),
]


def test_every_event_leads_where_it_should():
    found = {state: {event: find(event, state).target for event in events_from(state)} for state in STATES}
    assert found == LEADS_TO


def test_what_does_not_exist_in_a_state_is_refused():
    for state in STATES:
        for event in {row.event for row in TRANSITIONS} - LEADS_TO[state].keys():
            with pytest.raises(WrongState):
                find(event, state)
    with pytest.raises(KeyError):
        find("forget", "candidate")


def test_managers_decide_the_system_judges_and_qa_confirms():
    who = {row.event: set(row.who) for row in TRANSITIONS}
    assert who == {"propose": {"manager", "qa"}, "accept": {"manager"}, "begin": {"manager"}, "watch": {"manager"}, "reject": {"manager"},
                   "judge": {"system"}, "standardise": {"qa"}, "reopen": {"qa"}}


@pytest.mark.parametrize(("guard", "item", "data"), REFUSED, ids=[f"{row[0]}{number}" for number, row in enumerate(REFUSED)])
def test_guards_refuse(guard, item, data):
    assert not GUARDS[guard](SimpleNamespace(**(GOOD | item)), DATA | data)


@pytest.mark.parametrize("guard", sorted(GUARDS.keys() - {"check_date_over"}))
def test_guards_let_pass(guard):
    assert GUARDS[guard](SimpleNamespace(**GOOD), DATA)


def test_the_check_date_is_over_on_the_day_after_it():
    item = SimpleNamespace(check_date=TODAY)
    assert GUARDS["check_date_over"](item, DATA | {"today": date(2026, 11, 20)})


def test_every_guard_is_used_and_known():
    assert {guard for row in TRANSITIONS for guard in row.guards} == GUARDS.keys()
