"""The page of operations: queues with and without Redis, failed jobs, stuck arrivals, undelivered messages, the schedule."""
from datetime import timedelta

import pytest
from redis import Redis
from rq import Queue

from core import clock
from core.audit import AuditEntry
from core.jobs import JOBS, FailedJob
from core.queue import QUEUES
from desk.admin import job_words, ways_out
from gateways.models import DoorCount
from intake import services as intake
from notifications.models import OutboundMessage
from schedule import ScheduledJob
from tests import builders
from tests.pages import PageClient

TRACE = ("Traceback (most recent call last):\n  File \"x.py\", line 1\npsycopg.errors.CheckViolation: broken rule\n[SQL: INSERT INTO ticket]\n"
         "[parameters: {'subject': 'a secret place'}]\n(Background on this error at: https://sqlalche.me/e/20/gkpj)")


def test_every_job_and_queue_has_words(app):
    assert job_words.JOB_WORDS.keys() == JOBS.keys()
    assert job_words.QUEUE_WORDS.keys() == set(QUEUES)
    assert len({str(words) for words in job_words.JOB_WORDS.values()}) == len(JOBS)


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


def failed(database, name="advance", args=("12",)):
    row = FailedJob(name=name, args=list(args), error=TRACE, failed_at=clock.now())
    database.session.add(row)
    database.session.flush()
    return row


def message(database, ticket, state="failed", **more):
    row = OutboundMessage(**{"channel": "sms", "address": "+8613800012345", "body": "secret words", "purpose": "answer", "dedupe_key": "k1",
                             "ticket_id": ticket.id, "state": state, "created_at": clock.now(), "error": "30003 unreachable"} | more)
    database.session.add(row)
    database.session.flush()
    return row


def test_all_is_well(admin, redis):
    page = admin.get("/desk/operations", links=True)
    for words in ("No job failed", "Every arrival has become a ticket", "Every message was handed over", "No worker runs"):
        assert words in page.text


def test_queues_are_counted(admin, redis):
    Queue("urgent", connection=redis, serializer="json").enqueue("core.jobs.perform", "advance", 1)
    assert "Urgent jobs 1 Ordinary jobs 0 Messages to many 0 Slow jobs 0" in admin.get("/desk/operations").text


def test_a_silent_redis_is_told_and_breaks_nothing(app, admin, monkeypatch):
    with Redis(host="127.0.0.1", port=1) as nobody:
        monkeypatch.setitem(app.extensions, "redis", nobody)
        page = admin.get("/desk/operations")
    assert "The queue server is silent" in page.text
    assert "No job failed" in page.text


def test_a_failed_job_is_shown_without_the_values_of_its_statement(admin, database, redis):
    failed(database)
    page = admin.get("/desk/operations")
    assert "CheckViolation: broken rule" in page.text
    assert "a secret place" not in page.html


def test_a_failed_job_is_tried_again(admin, database, redis, queue):
    row = failed(database)
    queue.clear()
    page = admin.submit(admin.get("/desk/operations"), action=f"/jobs/{row.id}/retry")
    assert queue.waiting == [("advance", 12)]
    assert "No job failed" in page.text
    entry = database.session.scalars(database.select(AuditEntry).filter_by(action="job.retried")).one()
    assert (entry.target, entry.detail) == ("advance", {"args": ["12"]})


def test_a_job_that_is_no_more_cannot_be_tried(admin, database, redis, queue):
    row = failed(database, name="long_gone")
    queue.clear()
    page = admin.submit(admin.get("/desk/operations"), action=f"/jobs/{row.id}/retry")
    assert "no job of this name" in page.text
    assert queue.waiting == []


def test_a_failed_job_is_taken_off_the_list(admin, database, redis):
    row = failed(database)
    assert "No job failed" in admin.submit(admin.get("/desk/operations"), action=f"/jobs/{row.id}/seen").text


def test_arrivals_that_wait_longer_than_a_minute(admin, database, redis):
    intake.store("web", "fresh", {"text": "x"})
    assert "Every arrival has become a ticket" in admin.get("/desk/operations").text
    intake.store("counter", "old", {"text": "hidden words"}, received_at=clock.now() - timedelta(minutes=2))
    page = admin.get("/desk/operations")
    assert "Counter ·" in page.text
    assert "hidden words" not in page.html


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_messages_that_did_not_arrive(admin, database, redis, state):
    ticket = builders.opened()
    message(database, ticket, state)
    page = admin.get("/desk/operations")
    assert "138××××2345" in page.text
    assert ticket.case_no in page.text.replace(" ", "")
    assert "30003 unreachable" in page.text
    assert "secret words" not in page.html


def test_the_number_of_a_sealed_ticket_is_not_told(admin, database, redis):
    ticket = builders.opened(kind="report")
    message(database, ticket, channel="email", address="someone@example.test")
    page = admin.get("/desk/operations")
    assert "s…@example.test" in page.text
    assert ticket.case_no not in page.text.replace(" ", "")


def test_why_a_message_did_not_arrive_is_told_in_words(admin, database, redis):
    message(database, builders.opened(), reason="landline", error="30006 as asked for")
    page = admin.get("/desk/operations")
    assert "it may be a land line (30006 as asked for)" in page.text


def test_the_number_leads_whoever_may_see_the_ticket_to_it(app, database, redis):
    both = PageClient(app).sign_in(builders.staff(roles=("admin", "hotline"), in_team="hotline"))
    ticket = builders.opened()
    message(database, ticket)
    assert f"/desk/tickets/{ticket.case_no}" in both.get("/desk/operations", links=True).links
    ticket.sealed = True
    database.session.flush()
    assert ticket.case_no not in both.get("/desk/operations").html


def test_a_message_without_a_ticket_breaks_nothing(admin, database, redis):
    row = message(database, builders.opened())
    row.ticket_id = None
    database.session.flush()
    assert "138××××2345" in admin.get("/desk/operations").text


def test_the_ways_out(admin, database, redis):
    assert "Nothing waits to be sent" in admin.get("/desk/operations").text
    ticket, now = builders.opened(), clock.now()
    for number, (state, gateway, ago) in enumerate((("queued", "twilio", 5), ("sending", "twilio", 70), ("failed", "paper", 0), ("failed", "old", 60 * 48), ("sent", "x", 1))):
        message(database, ticket, state, gateway=gateway, dedupe_key=f"w{number}", created_at=now - timedelta(minutes=ago), sent_at=now)
    database.session.add(DoorCount(day=now.date(), door="paper_receipt", refused=3))
    database.session.add(DoorCount(day=now.date(), door="twilio_sms", taken=3))
    database.session.flush()
    ways = {way.gateway: way for way in ways_out.ways()}
    assert ways.keys() == {"twilio", "paper"}
    assert (ways["twilio"].waiting, ways["twilio"].oldest, ways["twilio"].failed) == (2, now - timedelta(minutes=70), 0)
    assert (ways["paper"].waiting, ways["paper"].failed, ways["paper"].refused) == (0, 1, 3)
    text = admin.get("/desk/operations").text
    assert "twilio · waiting: 2, the oldest since" in text
    assert "paper · not delivered today: 1 · requests refused today: 3" in text


def test_a_late_schedule_is_told(admin, database, redis):
    database.session.merge(ScheduledJob(job="watch_clocks", due_at=clock.now() + timedelta(seconds=30)))
    assert "Periodic jobs are late" not in admin.get("/desk/operations").text
    database.session.merge(ScheduledJob(job="watch_clocks", due_at=clock.now() - timedelta(minutes=5)))
    page = admin.get("/desk/operations")
    assert "Periodic jobs are late" in page.text
    assert "Watch the clocks" in page.text


def test_what_does_not_exist(admin):
    admin.post("/desk/operations/jobs/999999/retry", status=404)
    admin.post("/desk/operations/jobs/999999/seen", status=404)


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "qa", "compliance", "liaison"])
def test_operations_and_components_are_for_administrators(app, database, role):
    client = PageClient(app).sign_in(builders.staff(roles=(role,)))
    client.get("/desk/operations", status=403)
    client.post("/desk/operations/jobs/1/retry", status=403)
    client.get("/desk/styleguide", status=403)


def test_the_components_page_opens(admin):
    assert admin.get("/desk/styleguide").heading == "Components and states"
