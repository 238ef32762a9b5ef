"""The demo organisation: every story stands where it should, nothing leaves the house, and removing it leaves what was there before."""
from collections import Counter
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from accounts import services as accounts
from accounts.models import User
from commands.demo.stage import ROADS
from core import clock, organisation, settings
from core.audit import AuditEntry
from core.business_time import is_working_day
from intake import services as intake
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from retailers.models import Retailer
from routing.models import RoutingDecision
from satisfaction.models import Survey
from tests.commands import snapshot
from tickets.models import CallTask, Clock, Message, Ticket

STORIES = {story["n"]: story for story in yaml.safe_load((Path(__file__).parents[2] / "packs" / "demo" / "stories.yaml").read_text())}
STANDS = {"redo": "in_progress"}


def count(database, model, *where):
    return database.session.scalar(select(func.count()).select_from(model).where(*where))


@pytest.fixture
def demo(run, database, queue):
    """The organisation, loaded."""
    run("demo-load")
    return database


@pytest.fixture
def tickets(demo):
    """Tickets by the number of their story."""
    rows = demo.session.execute(select(IntakeRecord.external_id, Ticket).join(Ticket, Ticket.id == IntakeRecord.ticket_id))
    return {int(external_id.removeprefix("demo-")): ticket for external_id, ticket in rows}


def test_everything_of_it_stands_where_it_should(demo, tickets, queue, gateways, run):
    _every_story_came_to_its_end(tickets)
    _nothing_went_out(demo, queue, gateways)
    _it_happened_in_working_time(demo)
    _lists_have_something_in_them(demo)
    _sealed_and_anonymous(tickets)
    _sign_ins_work(demo, run)
    assert (count(demo, User), count(demo, Retailer), settings.get("org_name_zh")) == (24, 300, "云溪配送")
    assert "already" in run("demo-load", code=1)


def _every_story_came_to_its_end(tickets):
    assert {n: t.state for n, t in tickets.items()} == {n: STANDS.get(s["end"], s["end"]) for n, s in STORIES.items()}
    for n, ticket in tickets.items():
        story = STORIES[n]
        assert ticket.is_demo and ticket.score == story["score"]
        if story["end"] == "closed":
            assert (ticket.leaf_code, ticket.severity, ticket.outcome, ticket.root_cause, ticket.remedy) == (
                story["leaf"], story["severity"], story["outcome"], story["cause"], story["remedy_code"])
            assert any(story["found"] in m.body and m.answer_code for m in ticket.messages if m.purpose == "answer"), n
        if story["end"] == "redo":
            assert ticket.redos == 1 and any(m.body == story["reject_reason"] for m in ticket.messages)


def _nothing_went_out(demo, queue, gateways):
    assert not gateways["sms"].sent and not gateways["email"].sent and not queue.waiting
    assert set(demo.session.scalars(select(OutboundMessage.gateway))) == {"demo"}
    assert count(demo, Message, Message.purpose == "ack") >= 50


def _it_happened_in_working_time(demo):
    calendar, now = organisation.calendar(), clock.now()
    for at in demo.session.scalars(select(IntakeRecord.received_at)):
        local = at.astimezone(calendar.tz)
        assert is_working_day(calendar, local.date()) and 9 <= local.hour < 18 and at <= now
    assert demo.session.scalar(select(func.max(AuditEntry.at))) <= now
    assert count(demo, Clock, Clock.stopped_at.is_(None)) > 20


def _lists_have_something_in_them(demo):
    assert count(demo, CallTask) >= 2 and count(demo, Survey, Survey.sent_at.is_not(None)) > 5
    results = Counter(demo.session.scalars(select(RoutingDecision.result)))
    assert results["handler"] > 40 and count(demo, Ticket, Ticket.state == "dispatched", Ticket.assignee_id.is_(None)) == 0


def _sealed_and_anonymous(tickets):
    assert {n for n, t in tickets.items() if t.sealed} >= {16, 17, 26, 37}
    assert tickets[17].anonymous and tickets[17].contact_phone is None and tickets[17].pin_hash
    assert tickets[11].named_ids and tickets[11].assignee_id not in tickets[11].named_ids


def _sign_ins_work(demo, run):
    lines = [line.split() for line in run("sign-ins").splitlines()]
    assert {role for role, _login, _password in lines} == {"hotline", "handler", "manager", "qa", "compliance", "liaison", "admin"}
    for role, login, password in lines:
        assert role in accounts.authenticate(login, password).roles


def test_removing_leaves_what_was_there_before(run, database, queue, app):
    before = snapshot.of(database.session.connection())
    run("demo-load")
    assert snapshot.of(database.session.connection()) != before
    run("remove-demo")
    after = snapshot.of(database.session.connection())
    left = [row for row in after.pop("audit_entry") if row not in set(before["audit_entry"])]
    before.pop("audit_entry")
    assert after == before
    assert len(left) == 1 and "demo.removed" in left[0]
    assert run("sign-ins") == ""


def test_a_real_complaint_survives_and_its_demo_handler_is_a_leaver(run, demo, queue):
    stored, _new = intake.store("web", "real-1", {"text": "少送一条", "leaf": "DLV.COUNT", "desired": "goods",
                                                  "shop": demo.session.scalar(select(Retailer.licence_no).limit(1))})
    demo.session.commit()
    queue.run()
    ticket = demo.session.get(Ticket, stored.ticket_id)
    handler, shop = ticket.assignee_id, ticket.retailer_id
    assert handler
    assert "1 staff who stay as leavers" in run("remove-demo")
    demo.session.expire_all()
    ticket, handler = demo.session.get(Ticket, stored.ticket_id), demo.session.get(User, handler)
    assert (count(demo, Ticket), count(demo, User), count(demo, Retailer)) == (1, 1, 1)
    assert (handler.active, handler.password_hash, ticket.assignee_id, ticket.retailer_id) == (False, None, None, shop)
    assert ticket.state == "dispatched" and ticket.awaits_routing
    assert ("route", ticket.id) in queue.waiting


def test_a_load_that_fails_leaves_nothing(run, database, queue, monkeypatch, app):
    before = snapshot.of(database.session.connection(), without=("audit_entry",))
    monkeypatch.setitem(ROADS, "closed", ("classify", "close"))  # nobody closes what was never answered
    run("demo-load", code=1)
    assert snapshot.of(database.session.connection(), without=("audit_entry",)) == before
