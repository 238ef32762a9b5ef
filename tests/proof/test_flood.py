"""The flood: 300 contacts of 240 shops in 50 minutes by three channels, workers killed and started again.

Nothing is lost or doubled, and one cause is told as one.
"""
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest

from core import clock, settings
from core.db import db
from core.queue import QUEUES
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from reporting.causes import causes
from reporting.hot.models import HotIssue
from reporting.slices import Scope
from reporting.weeks import Period
from tests import builders
from tests.gateways.fake_twilio import TOKEN
from tests.pages import PageClient
from tests.proof import office as offices
from tests.proof.doors import Doors, Shop
from tests.proof.moments import held_up
from tests.proof.wall import Wall
from tests.proof.workforce import Workforce, wait_for
from tests.reporting.hot.floods import NOW, ordinary
from tests.reporting.planting import ZONE
from tests.triage.small import small_model
from tickets import kin
from tickets.models import CallTask, Clock, Message, Ticket
from tickets.parents import Parent

SHOPS, CONTACTS, MINUTES = 240, 300, 50
EVERY = timedelta(minutes=MINUTES) / CONTACTS
CARE = (7, 90)  # shops with support needs
OTHERS = range(25, CONTACTS, 50)  # beside these contacts somebody brings another matter
WORKERS, RESTARTED = 2, 6  # before the alarm one of the workers is killed wherever it is
# All of them are killed at a write to this table, over this contact.
KILLED = {30: "ticket", 63: "message", 120: "routing_decision", 165: "outbound_message", 210: "triage_proposal", 255: "ticket"}
EMPTIED = 165  # Valkey forgets everything as well
TOLD = 60  # the manager opens the parent and sends the notice
MOST_WAITING = 15  # jobs: the office keeps pace while it has workers, so the clock does not run away from it
A_MOMENT, A_WHILE, GENEROUS = timedelta(seconds=0.2), timedelta(minutes=3), 600  # GENEROUS: seconds
WORDS = ("今天该送的货到现在还没送来，司机电话也打不通", "货还没到，说好上午送的，都等了一天了", "送货的车一直没来，晚了大半天了",
         "我家的货没送到，麻烦催一下司机什么时候送", "等了一天货没来，店里都断货了，什么时候送", "昨天订的货说今天送，到现在还没送过来")
AGAIN = "怎么还没送来？货到现在都没到，还要等多久"
OTHER = "上次的货款卡上多扣了两次，对账单和发票对不上，请查一下退给我"
LEFT = """
SELECT (SELECT count(*) FROM intake_record WHERE state <> 'done' OR ticket_id IS NULL),
       (SELECT count(*) FROM ticket WHERE state = 'dispatched' AND awaits_routing),
       (SELECT count(*) FROM outbound_message WHERE state IN ('queued', 'sending')),
       (SELECT count(*) FROM ticket t WHERE received_at >= %s AND NOT EXISTS (SELECT 1 FROM message m WHERE m.dedupe_key = 'ack:' || t.id)),
       (SELECT count(*) FROM parent_ticket p JOIN ticket t ON t.id = ticket_id JOIN parent ON parent.id = parent_id
         WHERE standing = 'attached' AND resolved_at IS NOT NULL AND NOT support_needs AND state <> 'answered')
"""


@pytest.fixture(scope="module")
def wall():
    with tempfile.TemporaryDirectory(prefix="redress-wall-") as folder:
        wall = Wall(Path(folder) / "clock", NOW)
        with wall.here():
            yield wall


@pytest.fixture(scope="module")
def office(wall):
    """Everything and everybody lives by the clock on the wall."""
    with tempfile.TemporaryDirectory(prefix="redress-proof-") as folder, offices.opened(Path(folder), **wall.environment) as office:
        yield office


class Flood(ExitStack):
    """The day: its doors, its workers, its manager."""

    def __init__(self, office, wall, app):
        super().__init__()
        self.office, self.wall, self.app, self.others = office, wall, app, []
        self.manager, self.agent = PageClient(app), PageClient(app)

    def __enter__(self):
        self.grave = _ordinary_day()
        self.shops = [_shop(support_needs=number in CARE) for number in range(SHOPS)]
        self.manager.sign_in(db.session.scalar(db.select(builders.User).filter_by(login="boss")))
        self.agent.sign_in(builders.staff(roles=("hotline",), in_team="hotline", certificates={}))
        self.enter_context(self.office.stand.running("web", "scheduler"))
        self.rows = self.enter_context(self.office.stand.connect())
        self.workforce = self.enter_context(Workforce(self.office.stand))
        self.doors = Doors(self.office.stand.url, TOKEN, self.agent)
        self.workforce.hire(WORKERS)
        self.settle()
        self.began = self.wall.now
        return self

    def contact(self, number: int) -> None:
        """Contact `number`: each shop once by one of the doors, then sixty of them again."""
        self.wall.until(self.began + (number + 1) * EVERY)
        shop, words = self.shops[number % SHOPS], WORDS[number % len(WORDS)] if number < SHOPS else AGAIN
        (self.doors.form, self.doors.text, self.doors.call)[number % 3](shop, words)
        if number in OTHERS:
            self.doors.form(self.shops[number % SHOPS], OTHER)

    def keep_pace(self) -> None:
        """Wait until the workers have done nearly all that came."""
        queue = self.workforce.queue
        wait_for(lambda: sum(queue.named(name).count for name in QUEUES) < MOST_WAITING, GENEROUS, "the workers do not come along")

    def killed_at(self, table: str, number: int) -> None:
        """The contact, in whose midst everybody at work is killed; nobody works until the new ones have come up."""
        with held_up(self.office.stand, table) as somebody_waits:
            self.contact(number)
            somebody_waits()
            while self.workforce.workers:
                self.workforce.kill()
            if number == EMPTIED:
                self.workforce.queue.connection.flushall()
        self.workforce.hire(WORKERS)

    def settle(self) -> None:
        """Time goes on until no row waits for a job any more, and a while longer for the sweeps that look at what is there."""
        for _look in range(2):
            until = self.wall.now + A_WHILE
            wait_for(lambda end=until: self._later() >= end and not any(self.left()), GENEROUS, "rows wait for ever")
            self.workforce.idle(GENEROUS)

    def left(self) -> tuple:
        """How many rows still wait for something."""
        return self.rows.execute(LEFT, [NOW]).fetchone()

    def _later(self):
        self.wall.ahead(A_MOMENT)
        return self.wall.now


def _ordinary_day() -> list[int]:
    """Nine ordinary weeks, a model, somebody for payments too, and an urgent and a critical matter in somebody's hands."""
    small_model(threshold=0.01)
    settings.put("triage_learn_after", CONTACTS)  # the model stays the one that is sure
    ordinary()
    builders.staff(certificates={"PAY.DEBIT": 4}, cap=10_000)
    with clock.frozen(NOW - timedelta(minutes=30)):
        grave = [builders.ticket("in_progress", severity=severity, leaf="PAY.DEBIT").id for severity in ("S1", "S2")]
    db.session.commit()
    return grave


def _shop(**columns) -> Shop:
    made = builders.retailer(area="north", **columns)
    return Shop(made.licence_no, made.phone)


def test_the_flood(office, wall):
    with office.stand.app() as app, Flood(office, wall, app) as flood:
        before = _hands_and_dues(flood.grave)
        for number in range(CONTACTS):
            if number == RESTARTED:
                flood.workforce.kill()
                flood.workforce.hire()
            if number in KILLED:
                flood.killed_at(KILLED[number], number)
            else:
                flood.contact(number)
            flood.keep_pace()
            if number == TOLD:
                _open_parent(flood.manager)
        flood.settle()

        _alarm_before_the_twentieth()
        _nothing_lost_or_doubled(office)
        (parent,) = db.session.scalars(db.select(Parent))
        apart = _other_matters()
        assert len(apart) == len(OTHERS) == 6
        assert not apart & set(db.session.scalars(kin.attached(parent.id)))
        assert _hands_and_dues(flood.grave) == before
        _one_cause_in_the_report(flood.manager, parent)

        _resolve(flood.manager, parent.id)
        flood.settle()
        _each_answered_but_those_who_need_care(parent.id, apart)
        _once_each(office)


def _hands_and_dues(tickets: list[int]) -> list:
    return sorted(db.session.execute(db.select(Clock.ticket_id, Clock.due_at, Ticket.assignee_id, Ticket.state).join(Ticket).where(
        Clock.ticket_id.in_(tickets), Clock.kind == "resolve")).all())


def _alarm() -> HotIssue:
    (issue,) = db.session.scalars(db.select(HotIssue).filter_by(leaf_code="DLV.LATE"))
    return issue


def _open_parent(manager: PageClient) -> None:
    issue = _alarm()
    manager.submit(manager.get(f"/desk/hot/{issue.id}/parent"), button="do=open")
    (parent_id,) = db.session.scalars(db.select(Parent.id))
    manager.submit(manager.get(f"/desk/parents/{parent_id}"), action="/notice")


def _alarm_before_the_twentieth() -> None:
    issue = _alarm()
    came = list(db.session.scalars(db.select(IntakeRecord.received_at).where(IntakeRecord.received_at > NOW).order_by(IntakeRecord.id).limit(20)))
    print(f"the alarm opened after {sum(at <= issue.opened_at for at in came)} contacts")
    assert issue.opened_at < came[19]
    assert issue.told_at is not None


def _nothing_lost_or_doubled(office) -> None:
    records = list(db.session.scalars(db.select(IntakeRecord).where(IntakeRecord.received_at > NOW)))
    assert Counter(record.channel for record in records) == {"web": 106, "sms": 100, "phone": 100}
    words = Counter(db.session.scalars(db.select(Message.intake_id).where(Message.kind == "in", Message.intake_id.in_([one.id for one in records]))))
    assert (set(words), set(words.values())) == ({one.id for one in records}, {1})
    acks = Counter(db.session.scalars(db.select(Message.ticket_id).where(Message.purpose == "ack", Message.at > NOW)))
    assert set(acks.values()) == {1}
    assert set(acks) >= {record.ticket_id for record in records}
    notices = Counter(db.session.scalars(db.select(Ticket.retailer_id).join(Message).where(Message.purpose == "notice")))
    assert (len(notices), set(notices.values())) == (SHOPS - len(CARE), {1})
    _once_each(office)


def _once_each(office) -> None:
    """What reached the provider reached it once; of what a killed worker may have handed over or not, a person is told."""
    assert [key for key, count in Counter(office.references()).items() if count > 1] == []
    states = list(db.session.execute(db.select(OutboundMessage.id, OutboundMessage.state, OutboundMessage.message_id)))
    print(Counter(state for _number, state, _message in states))
    tasks = set(db.session.scalars(db.select(CallTask.dedupe_key)))
    assert {state for _number, state, _message in states} <= {"sent", "delivered", "unknown"}
    assert {f"undelivered:{number}" for number, state, message in states if state == "unknown" and message is not None} <= tasks
    assert db.session.execute(db.text("SELECT name, args, error FROM failed_job")).all() == []


def _other_matters() -> set[int]:
    return set(db.session.scalars(db.select(Message.ticket_id).where(Message.kind == "in", Message.body.contains(OTHER))))


def _one_cause_in_the_report(manager: PageClient, parent: Parent) -> None:
    boss = db.session.scalar(db.select(builders.User).filter_by(login="boss"))
    (cause,) = causes(Scope(builders.who(boss), Period(date(2026, 11, 16), 1, ZONE, clock.now())))
    assert (cause.parent.id, cause.retailers, cause.contacts) == (parent.id, SHOPS, CONTACTS)
    assert f"{parent.number} · {parent.leaf.name_en}" in manager.get("/desk/reports", links=True).text


def _resolve(manager: PageClient, parent_id: int) -> None:
    look = manager.submit(manager.get(f"/desk/parents/{parent_id}"), action="/resolve", found_zh="送货车半路坏了", remedy_zh="下午换一辆车送到。",
                          outcome="upheld", root_cause="logistics", remedy="explained")
    manager.submit(look, button="do=send")


def _each_answered_but_those_who_need_care(parent_id: int, apart: set[int]) -> None:
    children = db.session.scalars(db.select(Ticket).where(Ticket.id.in_(kin.attached(parent_id))))
    states = Counter((ticket.support_needs, ticket.state) for ticket in children)
    assert {state for care, state in states if not care} == {"answered"}
    assert "answered" not in {state for care, state in states if care}  # a person writes to whoever needs care
    assert set(db.session.scalars(db.select(Ticket.state).where(Ticket.id.in_(apart)))).isdisjoint({"answered", "closed"})
