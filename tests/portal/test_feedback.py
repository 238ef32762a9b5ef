"""Accepting, rejecting, rating, taking back."""
from core.db import db
from tests import builders


def answered(client, **more):
    """An answered ticket and its tracking page."""
    ticket = builders.ticket("answered", **more)
    db.session.commit()
    return ticket, client.get(f"/t/{ticket.token}")


def test_yes_it_is_solved(client):
    ticket, page = answered(client)
    page = client.submit(page, "/accept")
    assert ticket.accepted
    assert page.heading == "You said that it is solved"
    assert "Yes, it is solved" not in page.text


def test_no_asks_what_is_missing_and_the_same_handler_does_it_again(client):
    ticket, page = answered(client)
    handler = ticket.assignee_id
    asked = client.get(f"/t/{ticket.token}/reject")
    assert "Please tell us what is still missing" in client.submit(asked, reason=" ").text
    assert ticket.state == "answered"
    page = client.submit(asked, reason="One carton is still missing.")
    assert page.heading == "We handle it again"
    assert (ticket.state, ticket.redos, ticket.assignee_id) == ("in_progress", 1, handler)
    assert "One carton is still missing." in page.text


def test_a_score_is_kept_with_its_reason(client):
    ticket, page = answered(client)
    page = client.submit(page, "/rate", score="4", reason_code="slow", comment="The call came late")
    assert (ticket.score, ticket.score_reason) == (4, "slow")
    assert "Your score is noted" in page.text


def test_a_score_is_needed_and_the_comment_stays(client):
    ticket, page = answered(client)
    page = client.submit(page, "/rate", comment="The call came late")
    assert "Please choose a number from 1 to 5." in page.text
    assert "The call came late" in page.html
    assert ticket.score is None


def test_a_low_score_that_says_not_solved_begins_again(client):
    ticket, page = answered(client)
    client.submit(page, "/rate", score="1", reason_code="not_solved")
    assert (ticket.state, ticket.redos) == ("in_progress", 1)


def test_taking_back_asks_first(client):
    ticket = builders.ticket("in_progress")
    db.session.commit()
    page = client.get(f"/t/{ticket.token}/withdraw")
    assert ticket.state == "in_progress"
    page = client.submit(page)
    assert ticket.state == "withdrawn"
    assert page.heading == "You took this back"


def test_what_is_not_possible_now_is_said_and_changes_nothing(client):
    ticket = builders.ticket("in_progress")
    db.session.commit()
    for action, fields in (("accept", {}), ("reject", {"reason": "x"}), ("rate", {"score": "5"})):
        page = client.post(f"/t/{ticket.token}/{action}", **fields)
        assert page.heading == "Somebody is working on it"
    assert (ticket.state, ticket.accepted, ticket.score) == ("in_progress", None, None)


def test_a_closed_one_cannot_be_taken_back_but_rejected(client):
    ticket = builders.ticket("closed")
    db.session.commit()
    assert client.get(f"/t/{ticket.token}/withdraw").path == f"/t/{ticket.token}"
    client.submit(client.get(f"/t/{ticket.token}/reject"), reason="It came back")
    assert ticket.state == "in_progress"
