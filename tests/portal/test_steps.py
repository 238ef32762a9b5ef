"""The road of a case: real times, honest when late, and no promise where none may be given."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from portal.ahead import ahead
from portal.case import Case
from portal.steps import steps
from tests import builders
from tests.portal.filing import file_complaint, records
from tickets.services import closing

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture(autouse=True)
def english(app, database):
    """Say everything in English."""
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        yield


def road(ticket) -> list[tuple[str, str]]:
    """Labels with where each step stands."""
    return [(step["label"], step["css"]) for step in steps(Case(None, ticket))]


def test_the_receipt_says_when_each_step_is_due():
    with clock.frozen(MONDAY):
        made = builders.opened()
        notes = [step["when"] for step in ahead(Case(None, made))]
    assert notes[:3] == ["until Mon 23 Nov, 15:00", "until Tue 24 Nov, 15:00",
                         "until Mon 30 Nov, 15:00. If it takes longer, we tell you the reason first."]


def test_the_times_are_the_same_before_the_job_has_run(client, queue):
    file_complaint(client)
    record = records()[0]
    before = ahead(Case(record, None))
    queue.run()
    assert ahead(Case(record, record.ticket_id and builders.db.session.get(builders.Ticket, record.ticket_id))) == before


def test_one_step_is_now_and_those_before_are_done():
    for state in ("received", "dispatched", "in_progress", "in_review", "answered", "needs_info"):
        places = [css for _label, css in road(builders.ticket(state))]
        assert places.count("is-now") == 1, state
        assert places == sorted(places, key=["is-done", "is-now", ""].index), state


def test_a_late_answer_is_admitted():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
    with clock.frozen(MONDAY + timedelta(days=20)):
        notes = [step["when"] for step in steps(Case(None, made))]
    assert any("We are late" in note for note in notes)


def test_a_report_is_promised_nothing():
    made = builders.ticket("dispatched", kind="report", leaf="RPT.ILLICIT", severity="S2")
    assert not any("until" in step["when"] for step in steps(Case(None, made)))
    assert not any("answer" in step["label"] for step in ahead(Case(None, made)))


def test_handling_again_is_told():
    made = builders.ticket("answered")
    closing.redo(made, builders.RETAILER, "not solved")
    assert ("You told us that it was not solved, so we handle it again", "is-done") in road(made)


def test_an_anonymous_person_is_not_told_that_somebody_calls():
    made = builders.opened(anonymous=True)
    assert not any("in touch" in step["label"] for step in ahead(Case(None, made)))
