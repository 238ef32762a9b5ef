"""Comparing with the provider's account: nothing lost, nothing twice, on from the same place after a fault."""
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core import clock
from core.db import db
from core.jobs import run
from gateways.line import LineFailure, Listed
from gateways.recording_line import RecordingLine
from hotline.models import Call, Reconciliation
from hotline.reconciliation import services, takers
from intake import services as intake
from intake.models import IntakeRecord

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SID, CALLER = "SM" + "1" * 32, "+12025550177"


def text(at=NOON, sid=SID, body="货没到") -> Listed:
    return Listed(sid, at, {"MessageSid": sid, "From": CALLER, "Body": body})


def call(at=NOON, sid="CA1", status="completed") -> Listed:
    return Listed(sid, at, {"CallSid": sid, "From": CALLER, "CallStatus": status})


def take_text(provider, fields, at):
    assert fields["Body"] != "poison"
    return intake.store("sms", fields["MessageSid"], {"text": fields["Body"], "phone": fields["From"]}, sender=fields["From"], received_at=at)


def take_call(provider, fields, at):
    known = db.session.scalar(select(Call).filter_by(provider=provider, sid=fields["CallSid"]))
    made = known or Call(provider=provider, sid=fields["CallSid"], caller=fields["From"], began_at=at)
    db.session.add(made)
    db.session.flush()
    return made, known is None


@pytest.fixture
def heard():
    """What the statuses and recordings said, in order."""
    return []


@pytest.fixture
def line(app, database, heard, monkeypatch):
    one = RecordingLine()

    def note_status(provider, fields, at):
        heard.append((fields["CallSid"], fields["CallStatus"]))

    def take_recording(provider, fields, at):
        heard.append(fields["RecordingSid"])
        return None, True
    monkeypatch.setitem(app.extensions, "lines", {"twilio": one})
    table = (takers.messages(take_text), takers.calls(take_call, note_status), takers.recordings(take_recording))
    monkeypatch.setitem(app.extensions, "takers", table)
    return one


def compare(at=NOON) -> Reconciliation:
    with clock.frozen(at):
        run("reconcile")
    return db.session.scalars(select(Reconciliation).order_by(Reconciliation.id.desc())).first()


def minutes(number) -> timedelta:
    return timedelta(minutes=number)


def test_what_never_came_is_taken_in_once(line, queue):
    line.has["messages"].append(text(NOON - minutes(10)))
    first, second = compare(), compare(NOON + minutes(5))
    (record,) = db.session.scalars(select(IntakeRecord))
    assert (record.external_id, record.sender, record.received_at) == (SID, CALLER, NOON - minutes(10))
    assert ((first.seen, first.admitted, first.error), (second.seen, second.admitted)) == ((1, 1, ""), (1, 0))
    assert ("advance", record.id) in queue.waiting


def test_what_came_by_its_webhook_is_only_seen(line):
    take_text("twilio", text().fields, NOON - minutes(10))
    line.has["messages"].append(text(NOON - minutes(10)))
    result = compare()
    assert (result.seen, result.admitted) == (1, 0)


def test_what_came_this_moment_is_left_to_its_webhook(line):
    line.has["messages"] += [text(NOON - timedelta(seconds=59)), text(NOON - timedelta(seconds=60), "SM2")]
    assert compare().admitted == 1
    assert compare(NOON + minutes(5)).admitted == 1


def test_the_first_looks_back_a_day_and_the_next_a_little_before_the_last(line):
    compare(NOON)
    compare(NOON + minutes(5))
    asked = [since for kind, since in line.asked if kind == "messages"]
    assert asked == [NOON - timedelta(hours=24), NOON - minutes(15)]
    assert [since for kind, since in line.asked if kind == "calls"] == [since - timedelta(hours=4) for since in asked]


def test_after_a_fault_it_goes_on_from_the_same_place(line):
    compare(NOON)
    line.failures.append(LineFailure(20003, "Authenticate"))
    broken = compare(NOON + minutes(60))
    mended = compare(NOON + minutes(120))
    assert broken.error == "messages 20003 Authenticate"
    assert broken.since == mended.since == NOON - minutes(15)
    assert compare(NOON + minutes(125)).since == NOON + minutes(105)


def test_while_none_was_ever_good_the_first_day_is_not_forgotten(line):
    for hours in range(3):
        line.failures.append(LineFailure("connection"))
        compare(NOON + timedelta(hours=30 * hours))
    assert compare(NOON + timedelta(hours=100)).since == NOON - timedelta(hours=24)


def test_a_list_that_cannot_be_read_does_not_cost_the_others(line, heard):
    line.failures.append(LineFailure(500))
    line.has["calls"].append(call(NOON - minutes(10)))
    assert compare().admitted == 1
    assert heard == [("CA1", "completed")]


def test_one_that_breaks_does_not_cost_the_others(line):
    line.has["messages"] += [text(NOON - minutes(12), "SM2", "poison"), text(NOON - minutes(10))]
    result = compare()
    assert (result.seen, result.admitted) == (2, 1)
    assert result.error.startswith("messages SM2 AssertionError")
    assert compare(NOON + minutes(60)).since == result.since  # it is tried again, whenever it can be taken in


def test_a_killed_comparison_does_not_count(line):
    with clock.frozen(NOON):
        services.begin("twilio")
    assert compare(NOON + minutes(5)).since == NOON - timedelta(hours=24)


def test_the_end_of_a_call_that_was_lost_is_heard(line, heard):
    line.has["calls"].append(call(NOON - minutes(10), status="in-progress"))
    compare()
    line.has["calls"][:] = [call(NOON - minutes(10), status="completed")]
    compare(NOON + minutes(50))
    assert heard == [("CA1", "in-progress"), ("CA1", "completed")]


def test_recordings_of_other_peoples_calls_are_none_of_ours(line, heard):
    line.has["calls"].append(call(NOON - minutes(10)))
    line.has["recordings"] += [Listed(sid, NOON - minutes(9), {"RecordingSid": sid, "CallSid": of}) for sid, of in (("RE1", "CA1"), ("RE2", "CA9"))]
    assert compare().admitted == 2
    assert heard == [("CA1", "completed"), "RE1"]


def test_two_at_once_take_each_thing_in_once(line, app):
    line.has["messages"].append(text(NOON - minutes(10)))
    other = RecordingLine()

    def messages(since):  # while this one reads, another comparison begins and ends
        app.extensions["lines"] = {"twilio": line}
        compare(NOON)
        return line.messages(since)
    other.messages = messages
    app.extensions["lines"] = {"twilio": other}
    compare(NOON)
    assert len(db.session.scalars(select(IntakeRecord)).all()) == 1
    assert sorted(row.admitted for row in db.session.scalars(select(Reconciliation))) == [0, 1]


def test_without_an_account_nothing_happens(app, database, monkeypatch):
    monkeypatch.setitem(app.extensions, "lines", {})
    run("reconcile")
    run("reconcile")
    assert db.session.scalars(select(Reconciliation)).all() == []


def test_old_comparisons_are_forgotten_but_never_the_place_to_go_on_from(line):
    for day in range(3):
        compare(NOON + timedelta(days=day))
    line.failures.append(LineFailure(500))
    compare(NOON + timedelta(days=40))
    for _twice in range(2):
        with clock.frozen(NOON + timedelta(days=60)):
            run("sweep_quarantine")
        assert [row.began_at for row in db.session.scalars(select(Reconciliation).order_by(Reconciliation.began_at))] == [
            NOON + timedelta(days=2), NOON + timedelta(days=40)]
    assert compare(NOON + timedelta(days=60)).since == NOON + timedelta(days=2) - minutes(15)
