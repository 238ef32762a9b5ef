"""State and outcome of a call from what is known; the reports of it in every order."""
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from hotline.calls import recordings, services, speech
from hotline.calls.menu import Turn
from hotline.calls.states import Known, is_message, outcome, state


@pytest.mark.parametrize(("known", "expected"), [
    (Known(), ("menu", None)),
    (Known(step="staff", waited=True), ("waiting", None)),
    (Known(step="record"), ("message", None)),
    (Known(step="staff", waited=True, answered=True), ("talking", None)),
    (Known(ended=True), ("ended", None)),
    (Known(ended=True, served=True), ("ended", "self_served")),
    (Known(ended=True, waited=True), ("ended", "abandoned")),
    (Known(ended=True, waited=True, unreached=True), ("ended", "missed")),
    (Known(ended=True, waited=True, unreached=True, callback=True), ("ended", "callback")),
    (Known(ended=True, waited=True, unreached=True, recorded=True), ("ended", "message")),
    (Known(ended=True, said=True, served=True), ("ended", "message")),
    (Known(ended=True, waited=True, answered=True, said=True), ("ended", "answered")),
    (Known(ended=True, greeted=False), ("ended", "missed")),
])
def test_state_and_outcome(known, expected):
    assert (state(known), outcome(known)) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(None, True), (0, False), (1, False), (2, True), (90, True)])
def test_a_click_is_no_message(seconds, expected):
    assert is_message(seconds) is expected


T0 = clock.now().replace(microsecond=0)
numbers = iter(range(1, 10_000))


def at(seconds):
    return T0 + timedelta(seconds=seconds)


def line_to_colleague(fields, status):
    return {"CallSid": "CHILD", "ParentCallSid": fields["CallSid"], "CallStatus": status}


# Everything that can be reported of one call, each with its own time.
REPORTS = {
    "began": lambda f: services.stands_at(services.arrive("twilio", f, at(0))[0], Turn()),
    "waited": lambda f: services.waits(services.arrive("twilio", f, at(10))[0], at(10)),
    "ringing": lambda f: services.note_status("twilio", f | {"CallStatus": "ringing"}, at(1)),
    "answered": lambda f: services.note_status("twilio", line_to_colleague(f, "in-progress"), at(20)),
    "colleague_gone": lambda f: services.note_status("twilio", line_to_colleague(f, "completed"), at(80)),
    "completed": lambda f: services.note_status("twilio", f | {"CallStatus": "completed", "CallDuration": "81"}, at(82)),
    "recording": lambda f: recordings.arrive("twilio", f | {"RecordingSid": f["CallSid"], "RecordingDuration": "30", "RecordingUrl": "u"}, at(83)),
    "words": lambda f: speech.keep(services.arrive("twilio", f, at(15))[0], [speech.Heard("1", "the goods", 0.8)], at(15)),
}


def after(names):
    """What is known of a call in the end, after these reports in this order."""
    fields = {"CallSid": f"CA{next(numbers)}", "From": "+8613800138000"}
    for name in names:
        REPORTS[name](fields)
    call, _new = services.arrive("twilio", fields, at(30))
    services.settle(call)
    return call.state, call.outcome, call.began_at, call.waiting_at, call.answered_at, call.ended_at, len(call.recordings), len(call.speeches)


@pytest.mark.parametrize("names", [("began", "waited", "completed"), ("began", "recording", "completed"),
                                   ("answered", "colleague_gone", "completed", "began")])
def test_the_order_of_reports_changes_nothing(database, names):
    assert len({after(order) for order in permutations(names)}) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(REPORTS)), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_repeats_change_anything(app, names, chance):
    from tests.conftest import db
    with app.app_context():
        shuffled = [*names, *names[:2]]
        chance.shuffle(shuffled)
        first, second = after(names), after(shuffled)
        db.session.rollback()
    assert first == second
