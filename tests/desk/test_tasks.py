"""Calls to make: who sees them, what the number costs, and what came of the call."""
import pytest

from core import settings
from core.audit import AuditEntry
from core.db import db
from tests.builders import retailer, staff, ticket
from tests.pages import PageClient
from tickets.services import calls


@pytest.fixture
def agent(app, database):
    """The hotline, signed in."""
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


def call(made, reason="undelivered"):
    task = calls.open_call_task(made, reason, f"test:{made.id}", text="the phone is switched off")
    db.session.flush()
    return task


def seen(made) -> int:
    return len(db.session.scalars(db.select(AuditEntry).filter_by(ticket_id=made.id, action="identity.seen")).all())


def test_the_list_masks_the_number_and_the_call_shows_it_with_a_trace(agent):
    made = ticket("in_progress", shop=retailer(phone="+8613800001234"))
    task = call(made)
    assert "138××××1234" in agent.get("/desk/tasks").text
    assert "138 0000 1234" not in agent.get("/desk/tasks").text
    assert seen(made) == 0
    assert "138 0000 1234" in agent.get(f"/desk/tasks/{task.id}").text
    assert seen(made) == 1


def test_a_result_finishes_the_call_and_stands_in_the_thread(agent):
    made = ticket("in_progress")
    task = call(made)
    after = agent.submit(agent.get(f"/desk/tasks/{task.id}"), result="reached", note="comes tomorrow")
    assert "No call to make" in after.text
    db.session.refresh(made)
    assert [m.body for m in made.messages if m.kind == "call"] == ["comes tomorrow"]
    assert "Reached" in agent.get("/desk/tasks?tab=done").text


def test_without_a_result_nothing_is_kept_but_the_words_typed(agent):
    task = call(ticket("in_progress"))
    shown = agent.submit(agent.get(f"/desk/tasks/{task.id}"), note="my long note")
    assert "Choose what came of the call." in shown.text
    assert "my long note" in shown.html
    db.session.refresh(task)
    assert task.done_at is None


def test_a_call_that_somebody_else_made_is_not_made_twice(agent):
    task = call(ticket("in_progress"))
    page = agent.get(f"/desk/tasks/{task.id}")
    settings.put("call_tries", 1)
    agent.submit(page, result="unreached")
    assert "already done this call" in agent.submit(page, result="reached").text
    db.session.refresh(task)
    assert task.result == "unreached"


def test_a_call_in_vain_is_made_again_in_another_half_day(agent):
    task = call(ticket("in_progress"))
    shown = agent.submit(agent.get(f"/desk/tasks/{task.id}"), result="unreached", note="no answer")
    assert "Noted. Call again from" in shown.text
    assert "called in vain: 1 of 3" in shown.text
    db.session.refresh(task)
    assert task.done_at is None


def test_a_confidential_number_is_for_the_hotline_only(app, database):
    handler = staff()
    task = call(ticket("in_progress", handler=handler, shop=retailer(phone="+8613800001234"), confidential=True))
    shown = PageClient(app).sign_in(handler).get(f"/desk/tasks/{task.id}")
    assert "1234" not in shown.text
    assert "ask the hotline" in shown.text


def test_calls_of_tickets_that_one_may_not_see_do_not_exist(agent):
    task = call(ticket("in_progress", leaf="RPT.ILLICIT", text="They smuggle"))
    assert "They smuggle" not in agent.get("/desk/tasks").text
    agent.get(f"/desk/tasks/{task.id}", status=404)
    agent.post(f"/desk/tasks/{task.id}", status=404, result="reached")
    agent.get("/desk/tasks/999999", status=404)


@pytest.mark.parametrize("role", ["compliance", "liaison", "admin"])
def test_other_roles_make_no_calls(app, database, role):
    task = call(ticket("in_progress"))
    client = PageClient(app).sign_in(staff(roles=(role,), certificates={}))
    client.get("/desk/tasks", status=403)
    client.get(f"/desk/tasks/{task.id}", status=403)
    client.post(f"/desk/tasks/{task.id}", status=403, result="reached")


def test_a_call_that_a_better_score_made_needless_says_so(agent):
    task = call(ticket("answered"))
    calls.take_back(task.dedupe_key, "better_score")
    assert "The retailer gave a better score" in agent.get(f"/desk/tasks/{task.id}").text
    assert "No call needed any more" in agent.get("/desk/tasks?tab=done").text


@pytest.mark.parametrize(("delivery", "read_out"), [("queued", True), ("failed", True), ("sent", False)])
def test_the_caller_reads_how_it_stands_and_the_answer_that_did_not_go_out(agent, delivery, read_out):
    made = ticket("answered")
    [said] = [message for message in made.messages if message.purpose == "answer"]
    said.body, said.delivery = "The box comes on Friday.", delivery
    shown = agent.get(f"/desk/tasks/{call(made, 'opted_out').id}").text
    assert "Answered" in shown
    assert "Waits for the retailer's word" in shown
    assert ("read it out The box comes on Friday." in shown) == read_out


def test_an_answer_that_is_handled_again_is_not_read_out(agent):
    made = ticket("answered")
    [said] = [message for message in made.messages if message.purpose == "answer"]
    said.delivery, made.state = "failed", "in_progress"
    assert "read it out" not in agent.get(f"/desk/tasks/{call(made, 'opted_out').id}").text


def test_a_shop_that_nobody_knows_is_called_by_its_number(agent):
    made = ticket("in_progress", phone="+8613800001234")
    made.retailer, made.shop_text, made.contact_name = None, "", ""
    assert agent.get(f"/desk/tasks/{call(made).id}").heading == "Call 138××××1234"
    made.contact_name = "Old Li"
    assert agent.get(f"/desk/tasks/{call(made).id}").heading == "Call Old Li"
