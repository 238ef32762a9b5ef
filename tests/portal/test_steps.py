"""The road of a case: real times, honest when late, and no promise where none may be given."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from portal.ahead import ahead
from portal.case import Case
from portal.steps import steps
from tests import builders
from tests.portal.filing import file_complaint, records
from tickets.services import closing, conversation, replying

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


def timed(ticket) -> list[tuple[str, str]]:
    """Labels with their times, read a week later: of the same year, which therefore is not named."""
    with clock.frozen(MONDAY + timedelta(days=8)):
        return [(step["label"], step["when"]) for step in steps(Case(None, ticket))]


def answer(ticket) -> None:
    """The handler writes the answer, somebody else lets it go out."""
    handler = ticket.assignee
    builders.write_answer(ticket, handler)
    replying.submit(ticket, builders.who(handler))
    boss = builders.staff(roles=("manager",), in_team=ticket.team.code, leads=True, certificates={})
    replying.approve(ticket, builders.who(boss))


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


def test_what_was_taken_back_is_with_nobody():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
    closing.withdraw(made, builders.RETAILER, confirmed=True)
    assert not [label for label, _css in road(made) if label.startswith("It is with")]
    assert ("It went to the people who know the matter", "is-done") in road(made)


def test_an_earlier_round_keeps_its_steps_and_every_past_step_has_its_time():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
    with clock.frozen(MONDAY + timedelta(hours=1)):
        answer(made)
    with clock.frozen(MONDAY + timedelta(hours=2)):
        closing.accept(made, builders.RETAILER)
    with clock.frozen(MONDAY + timedelta(hours=3)):
        closing.redo(made, builders.RETAILER, "not solved")
    with clock.frozen(MONDAY + timedelta(hours=4)):
        past = [(step["label"].split(",")[0], step["when"]) for step in steps(Case(None, made)) if step["css"] == "is-done"]
    assert past == [
        ("We received what you told us", "23 Nov 10:00"), ("We looked at what it is about", "23 Nov 10:00"),
        ("It went to the people who know the matter", "23 Nov 10:00"), ("We answered you", "23 Nov 11:00"),
        ("You said that it is solved", "23 Nov 12:00"), ("You told us that it was not solved", "23 Nov 13:00"),
        (f"It is with {made.assignee.name}", "23 Nov 13:00")]


def test_a_word_before_the_first_answer_stays_in_the_history():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
    with clock.frozen(MONDAY + timedelta(hours=1)):
        conversation.log_call(made, builders.who(made.assignee), "We look into it.")
    with clock.frozen(MONDAY + timedelta(hours=2)):
        answer(made)
    with clock.frozen(MONDAY + timedelta(hours=3)):
        closing.redo(made, builders.RETAILER, "not solved")
    assert timed(made)[3:5] == [("We got in touch with you", "23 Nov 11:00"), ("We answered you", "23 Nov 12:00")]


def test_the_road_loses_no_step_when_it_begins_anew():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
    with clock.frozen(MONDAY + timedelta(hours=1)):
        answer(made)
    for message in made.messages:
        message.delivery = "delivered" if message.kind == "out" else message.delivery
    before = [step["label"] for step in steps(Case(None, made)) if step["css"] == "is-done"]
    assert "We got in touch with you" in before
    with clock.frozen(MONDAY + timedelta(hours=2)):
        closing.redo(made, builders.RETAILER, "not solved")
    after = [step["label"] for step in steps(Case(None, made))]
    assert [label for label in before if not label.startswith("It is with") and label not in after] == []
    assert after.index("We got in touch with you") < after.index("We answered you")


def test_what_others_begin_anew_is_not_put_into_the_retailers_mouth():
    made = builders.ticket("answered")
    closing.redo(made, builders.SYSTEM, "a closer look")
    labels = [label for label, _css in road(made)]
    assert "We looked at it once more and handle it again" in labels
    assert not any("You told us" in label for label in labels)


def test_an_answer_that_is_checked_has_the_time_when_it_was_written():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress")
        builders.write_answer(made, made.assignee)
    with clock.frozen(MONDAY + timedelta(hours=2)):
        replying.submit(made, builders.who(made.assignee))
        told = {step["label"]: step["when"] for step in steps(Case(None, made))}
    assert told["The answer is written"] == "23 Nov 12:00"
    assert told["A second person checks it before you get it"] == "until Mon 30 Nov, 10:00. If it takes longer, we tell you the reason first."


def test_you_said_solved_has_its_time():
    with clock.frozen(MONDAY):
        made = builders.ticket("answered")
        closing.accept(made, builders.RETAILER)
    assert ("You said that it is solved", "23 Nov 10:00") in timed(made)


def test_an_anonymous_person_is_not_told_that_somebody_calls():
    made = builders.opened(anonymous=True)
    assert not any("in touch" in step["label"] for step in ahead(Case(None, made)))


def test_what_was_closed_without_a_word_says_why():
    with clock.frozen(MONDAY):
        made = builders.ticket("answered")
        conversation.say(made, builders.SYSTEM, "Is it solved?", "survey_reminder")
    with clock.frozen(MONDAY + timedelta(days=7)):
        closing.close_by_rule(made, "silent")
    assert timed(made)[-2:] == [("We asked you twice whether it is solved and heard nothing", "23 Nov 10:00"), ("Settled", "30 Nov 10:00")]


def test_what_he_called_solved_and_the_rule_closed_says_just_that():
    made = builders.ticket("answered")
    closing.accept(made, builders.RETAILER)
    closing.close_by_rule(made, "accepted")
    assert [label for label, _css in road(made)][-2:] == ["You said that it is solved", "Settled"]


def test_words_that_wait_for_the_morning_are_no_contact_yet():
    with clock.frozen(MONDAY):
        made = builders.ticket("in_progress", shop=builders.retailer())
    with clock.frozen(MONDAY + timedelta(hours=1)):
        said = conversation.say(made, builders.who(made.assignee), "We look into it.", "interim")
    assert not any(step["label"] == "We got in touch with you" for step in steps(Case(None, made)))
    conversation.record_delivery(said, "sent")
    assert ("We got in touch with you", "23 Nov 11:00") in timed(made)
