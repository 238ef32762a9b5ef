"""The flood: 300 contacts of 240 shops in 50 minutes by three channels, with jobs lost on the way; nothing is lost or doubled, one cause is told as one."""
from collections import Counter
from datetime import date, timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from hotline.taking import filing, services
from hotline.texts import services as texts
from intake import services as intake
from intake.models import IntakeRecord
from reporting.causes import causes
from reporting.hot.models import HotIssue
from reporting.slices import Scope
from reporting.weeks import Period
from tests import builders
from tests.pages import PageClient
from tests.reporting.hot.floods import NOW, ordinary
from tests.reporting.planting import ZONE
from tests.triage.small import small_model
from tickets import kin
from tickets.models import Clock, Message, Ticket
from tickets.parents import Parent

pytestmark = pytest.mark.proof
SHOPS, CONTACTS, MINUTES = 240, 300, 50
EVERY = timedelta(minutes=MINUTES) / CONTACTS
LOST = (40, 130, 131, 220)  # after these contacts the queue is emptied: whatever was under way is found by the sweeps
OTHERS = range(25, CONTACTS, 50)  # beside these contacts somebody brings another matter
SWEEPS = ("sweep_intake", "sweep_triage", "sweep_routing", "sweep_messages", "sweep_followups", "sweep_comparisons", "watch_hot", "watch_parents")
WORDS = ("今天该送的货到现在还没送来，司机电话也打不通", "货还没到，说好上午送的，都等了一天了", "送货的车一直没来，晚了大半天了",
         "我家的货没送到，麻烦催一下司机什么时候送", "等了一天货没来，店里都断货了，什么时候送", "昨天订的货说今天送，到现在还没送过来")
AGAIN = "怎么还没送来？货到现在都没到，还要等多久"
OTHER = "上次的货款卡上多扣了两次，对账单和发票对不上，请查一下退给我"


class Flood:
    """The office on the day, its clock moved by hand."""

    def __init__(self, queue):
        self.queue, self.now, self.said = queue, NOW, 0
        self.agent = builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))
        self.shops = [builders.retailer(area="north", support_needs=number in (7, 90)) for number in range(SHOPS)]

    def contact(self, number: int) -> None:
        """Contact `number`: each shop once by one of the channels, then sixty of them again."""
        self.pass_time(EVERY)
        shop, body = self.shops[number % SHOPS], WORDS[number % len(WORDS)] if number < SHOPS else AGAIN
        with clock.frozen(self.now):
            (self.by_form, self.by_text, self.by_phone)[number % 3](f"flood{number}", shop, body)
            db.session.commit()
            if number in LOST:
                self.queue.clear()
            self.queue.run()
        self.said += 1

    def by_form(self, key: str, shop, body: str) -> None:
        for _twice in range(2):  # the button pressed twice
            intake.store("web", key, {"text": body, "shop": shop.licence_no, "phone": shop.phone, "language": "zh"})

    def by_text(self, key: str, shop, body: str) -> None:
        for _twice in range(2):  # the provider tells of it twice
            texts.arrive("twilio", {"MessageSid": f"SM{key:>032}", "From": shop.phone, "To": "+8657112345", "Body": body, "NumMedia": "0"}, self.now)

    def by_phone(self, key: str, shop, body: str) -> None:
        call = services.by_hand(self.agent, key)
        services.say_who(call, shop.phone)
        filing.file_ticket(call, self.agent, {"text": body, "shop": shop.licence_no, "phone": shop.phone, "language": "zh", "leaf": "DLV.LATE"})

    def pass_time(self, time: timedelta) -> None:
        """What was put off until then happens at its moment; sweeps look after the flood has gone on for a while."""
        until = self.now + time
        while due := [entry[0] for entry in self.queue.later if entry[0] <= until]:
            self._at(max(self.now, min(due)))
        self._at(until)

    def sweep(self) -> None:
        self.pass_time(timedelta(seconds=90))
        with clock.frozen(self.now):
            for job in SWEEPS:
                run(job)
            self.queue.run()

    def _at(self, moment) -> None:
        self.now = moment
        with clock.frozen(moment):
            db.session.commit()
            self.queue.run()


@pytest.fixture
def day(app, queue, gateways):
    """Nine ordinary weeks, a model, handlers enough, and an urgent and a critical matter in somebody's hands."""
    small_model(threshold=0.01)
    ordinary()
    for _one in range(6):
        builders.staff(certificates={"DLV": 4, "PAY.DEBIT": 4}, cap=10_000)
    with clock.frozen(NOW - timedelta(minutes=30)):
        grave = [builders.ticket("in_progress", severity=severity, leaf="PAY.DEBIT") for severity in ("S1", "S2")]
        db.session.commit()
    queue.clear()
    return grave


def dues(tickets) -> list:
    return sorted(db.session.execute(db.select(Clock.ticket_id, Clock.kind, Clock.due_at).where(
        Clock.ticket_id.in_([ticket.id for ticket in tickets]), Clock.kind == "resolve")).all())


def test_the_flood(day, app, queue, gateways):
    flood, before = Flood(queue), dues(day)
    boss, others, opened_at, manager = builders.staff(roles=("manager",), leads=True, certificates={}), [], None, PageClient(app)
    for number in range(CONTACTS):
        flood.contact(number)
        if number in OTHERS:
            with clock.frozen(flood.now):
                flood.by_form(f"other{number}", flood.shops[number % SHOPS], OTHER)
                db.session.commit()
                queue.run()
            others.append(f"other{number}")
        if opened_at is None and db.session.scalar(db.select(HotIssue.id)):
            opened_at = flood.said
        if number == 60:
            _open_parent(manager, boss, flood)
        if number % 50 == 49:
            flood.sweep()
    flood.sweep()
    flood.sweep()

    assert opened_at < 20
    _nothing_lost_or_doubled(others)
    (parent,) = db.session.scalars(db.select(Parent))
    apart = [record.ticket_id for record in db.session.scalars(db.select(IntakeRecord).where(IntakeRecord.external_id.in_(others)))]
    assert len(set(apart)) == len(OTHERS) == 6
    assert not set(apart) & set(db.session.scalars(kin.attached(parent.id)))
    assert (dues(day), {ticket.assignee.active for ticket in day}) == (before, {True})
    notices = Counter(db.session.scalars(db.select(Ticket.retailer_id).join(Message).where(Message.purpose == "notice")))
    assert set(notices.values()) == {1}

    with clock.frozen(flood.now):
        page = manager.get("/desk/reports", links=True)
        (cause,) = causes(Scope(builders.who(boss), Period(date(2026, 11, 16), 1, ZONE, flood.now)))
        assert f"{parent.number} · {parent.title}" in page.text
    assert (cause.retailers, cause.contacts) == (SHOPS, CONTACTS)

    _resolve(manager, parent, flood)
    states = Counter((ticket.support_needs, ticket.state) for ticket in db.session.scalars(db.select(Ticket).where(Ticket.id.in_(kin.attached(parent.id)))))
    assert {state for (care, state) in states if not care} == {"answered"}
    assert "answered" not in {state for (care, state) in states if care}  # a person writes to whoever needs care
    assert {db.session.get(Ticket, number).state for number in apart}.isdisjoint({"answered", "closed"})


def _open_parent(manager: PageClient, boss, flood: Flood) -> None:
    with clock.frozen(flood.now):
        manager.sign_in(boss)
        issue = db.session.scalar(db.select(HotIssue))
        page = manager.get(f"/desk/hot/{issue.id}/parent")
        manager.submit(page, button="do=open")
        (parent,) = db.session.scalars(db.select(Parent))
        manager.submit(manager.get(f"/desk/parents/{parent.id}"), action="/notice")
        flood.queue.run()


def _resolve(manager: PageClient, parent: Parent, flood: Flood) -> None:
    with clock.frozen(flood.now):
        manager.submit(manager.get(f"/desk/parents/{parent.id}"), action="/resolve", found_zh="送货车半路坏了", remedy_zh="下午换一辆车送到。",
                       outcome="upheld", root_cause="logistics", remedy="explained")
        flood.queue.run(most=5000)
        for _round in range(3):
            run("tend_parent", parent.id)
            flood.queue.run(most=5000)
    flood.sweep()


def _nothing_lost_or_doubled(others: list[str]) -> None:
    records = list(db.session.scalars(db.select(IntakeRecord).where(IntakeRecord.received_at >= NOW)))
    assert len(records) == CONTACTS + len(others)
    assert {record.state for record in records} == {"done"}
    assert all(record.ticket_id for record in records)
    words = Counter(db.session.scalars(db.select(Message.intake_id).where(Message.kind == "in", Message.intake_id.in_([one.id for one in records]))))
    assert set(words.values()) == {1}
    acks = Counter(db.session.scalars(db.select(Message.ticket_id).where(Message.purpose == "ack", Message.at >= NOW)))
    assert set(acks.values()) == {1}
    assert set(acks) >= {record.ticket_id for record in records}
