"""The sentence that says what has to happen next, by state and reader; and how times are told."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from desk.shown.next_step import STEPS, next_step
from desk.shown.presenters import chip, duration, main_clock, masked_phone, shop, tags
from tests.builders import retailer, staff, ticket, who
from tickets.lifecycle import ENDED, OPEN
from tickets.models import Promise


@pytest.fixture
def english(app, database):
    """Sentences in English: a request is needed for a reader's language."""
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        yield


@pytest.fixture
def people(english):
    """One of each who looks at a ticket of logistics."""
    return {"handler": staff(name="Zhou Min"), "hotline": staff(roles=("hotline",), in_team="hotline", certificates={}),
            "manager": staff(roles=("manager",), leads=True, certificates={})}


@pytest.mark.parametrize(("state", "reader", "begins"), [
    ("received", "hotline", "Decide what it is and dispatch it by"), ("needs_info", "handler", "Wait for the retailer's reply until"),
    ("dispatched", "handler", "Sign for it by"), ("dispatched", "manager", "Zhou Min is to sign for it by"),
    ("in_progress", "handler", "Speak to the retailer by"), ("in_progress", "manager", "Zhou Min is to answer by"),
    ("in_review", "handler", "Somebody else reads the answer"), ("in_review", "manager", "Read the answer, then send it or send it back by"),
    ("answered", "manager", "Hear what the retailer says by"), ("answered", "handler", "Waits for the retailer's word"),
    ("closed", "manager", "Nothing more to do")])
def test_each_reader_reads_what_he_is_to_do(people, state, reader, begins):
    made = ticket(state, handler=people["handler"])
    assert next_step(made, who(people[reader])).startswith(begins)


def test_a_ticket_in_the_queue_is_offered_to_those_who_can_take_it(people):
    made = ticket("dispatched", handler=False)
    assert next_step(made, who(people["handler"])).startswith("Take it from the queue by")
    assert next_step(made, who(people["manager"])).startswith("Say who takes it by")
    assert next_step(made, who(staff(certificates={}))) == "Waits in the team's queue"


def test_after_its_time_the_retailer_is_called_first(people):
    made = ticket("in_progress", handler=people["handler"])
    for running in made.clocks:
        running.due_at = clock.now() - timedelta(hours=1)
    assert next_step(made, who(people["handler"])).startswith("Call the retailer first")


@pytest.mark.parametrize(("kind", "words"), [("contact", "Zhou Min was to speak to the retailer by"), ("update", "Zhou Min was to tell the retailer how far it is by"),
                                             ("resolve", "Zhou Min was to answer by")])
def test_the_manager_reads_the_step_that_is_overdue(people, kind, words):
    made = ticket("in_progress", handler=people["handler"])
    for running in made.clocks:
        running.due_at = clock.now() + timedelta(hours=-1 if running.kind == kind else 1)
    assert next_step(made, who(people["manager"])).startswith(words)


def test_the_reviewer_reads_that_the_retailer_was_to_hear_already(people):
    made = ticket("in_review", handler=people["handler"])
    for running in made.clocks:
        running.due_at = clock.now() + timedelta(hours=-1 if running.kind == "update" else 1)
    assert "the retailer was to hear by" in next_step(made, who(people["manager"]))


def test_a_content_retailer_means_closing(people):
    made = ticket("answered", handler=people["handler"])
    made.accepted = True
    assert next_step(made, who(people["manager"])) == "The retailer is content: close it"


@pytest.mark.parametrize(("score", "begins"), [(1, "The retailer is not quite content"), (3, "The retailer is not quite content"), (4, "The retailer is content: close it")])
def test_only_a_good_score_is_contentment(people, score, begins):
    made = ticket("answered", handler=people["handler"])
    made.score = score
    assert next_step(made, who(people["manager"])).startswith(begins)


@pytest.mark.parametrize(("kept", "says"), [(None, "a promise is still open"), (True, "close it"), (False, "close it")])
def test_an_open_promise_stands_before_closing(people, kept, says):
    made = ticket("answered", handler=people["handler"])
    made.score = 5
    db.session.add(Promise(ticket_id=made.id, text="a new box", due_at=clock.now(), kept=kept))
    db.session.flush()
    assert says in next_step(made, who(people["manager"]))


def test_every_open_state_ends_in_a_rule_for_everybody():
    for state in OPEN:
        last = [holds for step, holds, *_more in STEPS if step == state][-1]
        assert last(None, frozenset())
    assert not [step for step, *_more in STEPS if step in ENDED]


@pytest.mark.parametrize(("minutes", "working", "text"), [(0, True, "0 min"), (59, True, "59 min"), (-130, True, "2 work h 10 min"), (-130, False, "2 h 10 min"), (480, True, "8 work h"),
                                                          (480, False, "8 h"), (959, True, "15 work h 59 min"),
                                                          (960, True, "16 work h"), (960, False, "16 h"), (-6000, True, "100 work h")])
def test_minutes_as_people_say_them(english, minutes, working, text):
    assert duration(minutes, working) == text


def test_the_clock_of_a_row_is_paused_while_the_retailer_is_asked(people):
    made = ticket("needs_info", handler=people["handler"])
    assert chip(main_clock(made)).prefix == "paused"
    assert chip(main_clock(made)).css == "is-paused"
    assert chip(main_clock(ticket("closed"))) is None


def test_who_it_is_stays_hidden_from_those_who_need_not_know(people):
    made = ticket("in_progress", handler=people["handler"], shop=retailer(shop_name="Secret Shop", phone="+8613800001234"), confidential=True)
    assert shop(made, who(people["handler"])) == "Name kept confidential"
    assert masked_phone(made, who(people["handler"])) == ""
    assert shop(made, who(people["hotline"])) == "Secret Shop"
    assert masked_phone(made, who(people["hotline"])) == "138××××1234"


def test_marks_of_a_matter(people):
    made = ticket("in_progress", handler=people["handler"], confidential=True)
    made.redos, made.support_needs = 2, True
    assert [str(text) for text, _kind in tags(made)] == ["Redo 2", "Special care", "Confidential"]
