"""The demo organisation: every story stands where it should, nothing leaves the house, and removing it leaves what was there before."""
import base64
import functools
import shutil
from collections import Counter
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from accounts import services as accounts
from accounts.models import User
from commands.demo import loading
from commands.demo.stage import ROADS
from core import clock, files, organisation, settings
from core.audit import AuditEntry
from core.business_time import is_working_day
from core.db import db
from hotline.models import Call
from intake import services as intake
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from retailers.models import Retailer
from routing.models import RoutingDecision
from satisfaction.models import Survey
from tests.commands import snapshot
from tests.commands.installations import call
from tickets.models import CallTask, Clock, Message, Ticket

PACK = Path(__file__).parents[2] / "packs" / "demo"
STORIES = {story["n"]: story for story in yaml.safe_load((PACK / "stories.yaml").read_text())}
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
STANDS = {"redo": "in_progress"}


def count(database, model, *where):
    return database.session.scalar(select(func.count()).select_from(model).where(*where))


def played(database):
    """Tickets by the number of their story."""
    rows = database.session.execute(select(IntakeRecord.external_id, Ticket).join(Ticket, Ticket.id == IntakeRecord.ticket_id))
    return {int(external_id.removeprefix("demo-")): ticket for external_id, ticket in rows}


@pytest.fixture
def own(installation):
    """An installation of its own: thousands of savepoints in one transaction would take a minute."""
    app = installation("demo_organisation")
    call(app, "setup")
    with app.app_context():
        yield app
        db.session.rollback()


def test_it_stands_where_it_should_and_goes_without_a_trace(own):
    before = _content()
    call(own, "demo-load")
    tickets = played(db)
    _every_story_came_to_its_end(tickets)
    _nothing_went_out(db, own.extensions["queue"], own.extensions["gateways"])
    _it_happened_in_working_time(db)
    _lists_have_something_in_them(db)
    _sealed_and_anonymous(tickets)
    _sign_ins_work(db, functools.partial(call, own))
    assert (count(db, User), count(db, Retailer), settings.get("org_name_zh")) == (24, 300, "云溪配送")
    assert "already" in call(own, "demo-load", code=1)
    call(own, "remove-demo")
    _as_before(_content(), before)
    assert call(own, "sign-ins") == ""


def _content():
    with db.engine.connect() as connection:
        return snapshot.of(connection)


def _as_before(after, before):
    left = [row for row in after.pop("audit_entry") if row not in set(before["audit_entry"])]
    before.pop("audit_entry")
    assert after == before
    assert len(left) == 1 and "demo.removed" in left[0]


def _every_story_came_to_its_end(tickets):
    assert {n: t.state for n, t in tickets.items()} == {n: STANDS.get(s["end"], s["end"]) for n, s in STORIES.items()}
    for n, ticket in tickets.items():
        story = STORIES[n]
        assert ticket.is_demo and ticket.score == (None if story["end"] == "redo" else story["score"]), n
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
    assert results["handler"] > 40
    waiting = demo.session.scalars(select(Ticket).where(Ticket.state == "dispatched", Ticket.assignee_id.is_(None))).all()
    assert [ticket for ticket in waiting if ticket.team_id == ticket.leaf.team_id] == []  # only what names staff waits for a manager outside


def _sealed_and_anonymous(tickets):
    assert {n for n, t in tickets.items() if t.sealed} >= {16, 17, 26, 37}
    assert tickets[17].anonymous and tickets[17].contact_phone is None and tickets[17].pin_hash
    assert tickets[11].named_ids and tickets[11].assignee_id not in tickets[11].named_ids


def _sign_ins_work(demo, run):
    lines = [line.split() for line in run("sign-ins").splitlines()]
    assert {role for role, _login, _password in lines} == {"hotline", "handler", "manager", "qa", "compliance", "liaison", "admin"}
    for role, login, password in lines:
        assert role in accounts.authenticate(login, password).roles


@pytest.fixture
def small(database, queue, tmp_path):
    """The organisation with its first two stories."""
    for name in ("organisation.yaml", "staff.csv", "retailers.csv"):
        shutil.copy(PACK / name, tmp_path)
    (tmp_path / "stories.yaml").write_text(yaml.safe_dump([STORIES[1], STORIES[2]], allow_unicode=True))
    loading.load(tmp_path)
    return database


def test_a_real_complaint_survives_and_its_demo_handler_is_a_leaver(run, small, queue):
    stored, _new = intake.store("web", "real-1", {"text": "少送一条", "leaf": "DLV.COUNT", "desired": "goods",
                                                  "shop": small.session.scalar(select(Retailer.licence_no).limit(1))})
    small.session.commit()
    queue.run()
    ticket = small.session.get(Ticket, stored.ticket_id)
    handler, shop = ticket.assignee_id, ticket.retailer_id
    assert handler
    assert "1 staff who stay as leavers" in run("remove-demo")
    small.session.expire_all()
    ticket, handler = small.session.get(Ticket, stored.ticket_id), small.session.get(User, handler)
    assert (count(small, Ticket), count(small, User), count(small, Retailer)) == (1, 1, 1)
    assert (handler.active, handler.password_hash, ticket.assignee_id, ticket.retailer_id) == (False, None, None, shop)
    assert ticket.state == "dispatched" and ticket.awaits_routing
    assert ("route", ticket.id) in queue.waiting


def test_what_a_retailer_added_to_a_demo_case_goes_with_it(run, small, queue, app):
    ticket = played(small)[1]
    photo = files.store_image(PNG, "shelf.png")
    intake.store("web", "more", {"text": "补充一点", "continues": ticket.case_no}, attachments=[photo])
    small.session.commit()
    queue.run()
    key = photo.storage_key
    assert files.storage().get(key) == PNG
    run("remove-demo")
    assert (count(small, Ticket), count(small, IntakeRecord), count(small, files.Attachment)) == (0, 0, 0)
    with pytest.raises(FileNotFoundError):
        files.storage().get(key)


def test_a_call_about_a_demo_case_goes_with_it_and_one_of_a_demo_shop_stays_without_it(run, small, queue):
    ticket = played(small)[1]
    stored, _new = intake.store("phone", "CA1", {"text": "补充一点", "continues": ticket.case_no})
    ours = {"provider": "twilio", "caller": "+12025550142", "began_at": clock.now()}
    small.session.add_all([Call(sid="CA1", intake_id=stored.id, **ours), Call(sid="CA2", retailer_id=ticket.retailer_id, **ours)])
    small.session.commit()
    queue.run()
    run("remove-demo")
    small.session.expire_all()
    assert [(call.sid, call.retailer_id) for call in small.session.scalars(select(Call))] == [("CA2", None)]
    assert count(small, Retailer) == 0


def test_a_load_that_fails_leaves_nothing(run, database, queue, monkeypatch):
    before = snapshot.of(database.session.connection(), without=("audit_entry",))
    monkeypatch.setitem(ROADS, "closed", ("classify", "close"))  # nobody closes what was never answered
    run("demo-load", code=1)
    assert snapshot.of(database.session.connection(), without=("audit_entry",)) == before
