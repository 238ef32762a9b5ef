"""The demo's history: every life passes the rules of the lifecycle, it happens in working time, nothing of it stays behind."""
import dataclasses
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select, text

from accounts.models import User
from commands.demo import loading as organisation_loading
from commands.demo.history import loading
from commands.demo.history.case import Case
from core import clock, organisation
from core.audit import AuditEntry
from core.business_time import next_working_moment
from core.db import db
from core.settings import CACHE
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from retailers.models import Retailer
from satisfaction.models import Survey
from tests.commands import invariants, snapshot
from tests.commands.installations import call
from tickets.demands import Escalation
from tickets.models import Clock, Message, Ticket
from tickets.returns import TicketReturn

PACK = Path(__file__).parents[2] / "packs" / "demo"
SECOND = timedelta(seconds=1)
SMALL = ("--weeks", "13", "--tickets", "420")


@pytest.fixture
def own(installation):
    """An installation of its own, with the small demo organisation in it."""
    app = installation("demo_history")
    call(app, "setup")
    with app.app_context():
        yield app
        db.session.rollback()


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_its_lives_pass_every_rule_and_go_without_a_trace(own):
    before = _content()
    call(own, "demo-load")
    _fresh()
    stories = frozenset(db.session.scalars(select(Ticket.id)))
    assert invariants.faults(stories) == []  # made by the real services: the rules themselves hold
    assert len(stories) == 60
    said = call(own, "demo", *SMALL)
    _fresh()
    assert "900 more shops" in said
    assert invariants.faults(stories) == []
    _it_is_many_sided()
    _it_happened_by_day()
    _nothing_waits_to_go_out()
    assert "already" in call(own, "demo", code=1)
    call(own, "remove-demo")
    after = _content()
    left = set(after.pop("audit_entry")) - set(before.pop("audit_entry"))
    assert after == before
    assert len(left) == 1 and "demo.removed" in left.pop()


def _fresh():
    db.session.rollback()
    db.session.expire_all()
    for key in (CACHE, "calendar"):
        db.session.info.pop(key, None)


def _content():
    with db.engine.connect() as connection:
        return snapshot.of(connection)


def _it_is_many_sided():
    assert count(Retailer) == 1200 and count(User) == 28
    assert 340 <= count(Ticket) - 60 <= 520
    states = Counter(db.session.scalars(select(Ticket.state)))
    assert states["closed"] > 0.6 * count(Ticket)
    channels = Counter(db.session.scalars(select(Ticket.channel)))
    assert set(channels) == {"web", "phone", "sms", "visit", "counter"}
    assert count(Ticket, ~Ticket.is_demo) == count(IntakeRecord, ~IntakeRecord.is_demo) == 0
    told = list(db.session.scalars(select(IntakeRecord.raw["text"].astext).where(IntakeRecord.raw.has_key("kind"))))
    assert len(told) == len(set(told))
    assert count(Escalation) > 5 and count(TicketReturn) > 2 and count(Clock, Clock.kind == "pass_on") > 2
    assert count(Survey, Survey.score.is_not(None)) > 20 and count(Ticket, Ticket.sealed) > 3


def _it_happened_by_day():
    """Staff move nothing outside working time, unless it is critical or was told by a machine."""
    calendar = organisation.calendar()
    rows = db.session.execute(select(AuditEntry.at, AuditEntry.detail["event"].astext).join(Ticket, Ticket.id == AuditEntry.ticket_id).where(
        AuditEntry.action == "ticket.moved", AuditEntry.actor_kind == "staff", Ticket.severity != "S1"))
    for at, event in rows:
        assert next_working_moment(calendar, at - SECOND) <= at, (at, event)


def _nothing_waits_to_go_out():
    assert set(db.session.scalars(select(OutboundMessage.gateway))) == {"demo"}
    assert count(Message, Message.delivery == "queued") == 0 and count(Ticket, Ticket.awaits_routing) == 0
    assert count(Clock, Clock.stopped_at.is_(None)) > 30


@pytest.fixture
def staff_and_shops(database, queue):
    """What a history needs, without any story."""
    on_call = yaml.safe_load((PACK / "organisation.yaml").read_text(encoding="utf-8"))["on_call"]
    organisation_loading._people_and_shops(PACK, {"settings": {}, "on_call": on_call})
    return dataclasses.replace(loading.plan_of(PACK), weeks=6, tickets=150)


def test_the_same_day_gives_the_same_history(staff_and_shops):
    plan = staff_and_shops
    with clock.frozen(clock.now()):
        assert _told(plan) == _told(plan) != _told(dataclasses.replace(plan, seed=1))


def _told(plan):
    office = loading.prepare(PACK, plan)
    loading.play(plan, office)
    return [(case.n, case.case_no, case.leaf_code, case.state, case.subject, case.answered_at, case.score) for case in office.written[Case]]


def test_a_load_that_breaks_off_leaves_nothing(run, database, staff_and_shops, monkeypatch):
    database.session.commit()
    before = snapshot.of(database.session.connection())
    monkeypatch.setattr(loading.copying, "analyse", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loading.load(PACK, staff_and_shops)
    database.session.rollback()
    assert snapshot.of(database.session.connection()) == before
    monkeypatch.undo()
    assert loading.load(PACK, staff_and_shops)["ticket"] > 100 and loading.is_here()


WRONGS = (
    "UPDATE ticket SET escalation = 3 - escalation WHERE id = :id",
    "UPDATE ticket SET supervised = NOT supervised WHERE id = :id",
    "INSERT INTO ticket_return (ticket_id, by_id, at, reason, evidence) SELECT :id, assignee_id, now(), 'conflict', 'nobody said so' FROM ticket WHERE id = :id",
    "UPDATE ticket SET answered_at = answered_at + interval '1 hour' WHERE id = :id",
    "UPDATE ticket SET search_tokens = '' WHERE id = :id",
    "UPDATE clock SET stopped_at = NULL WHERE id = (SELECT max(id) FROM clock WHERE ticket_id = :id)",
    "DELETE FROM survey WHERE ticket_id = :id AND round = 1",
    "INSERT INTO audit_entry (at, actor_kind, actor_name, action, ticket_id, detail) "
    "SELECT now(), 'system', '', 'ticket.moved', :id, '{\"event\": \"dispatch\", \"before\": \"received\", \"after\": \"dispatched\"}'",
)


def test_the_rules_notice_what_is_wrong(database, staff_and_shops):
    loading.load(PACK, staff_and_shops)
    assert invariants.faults() == []
    closed = database.session.scalar(select(Ticket.id).where(Ticket.state == "closed").order_by(Ticket.id).limit(1))
    for wrong in WRONGS:
        nested = database.session.begin_nested()
        database.session.execute(text(wrong), {"id": closed})
        database.session.expire_all()
        assert invariants.faults(), wrong
        nested.rollback()
