"""Stories of time: late through three levels although workers die, a demand and its answer, more time once, summer hours."""
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis

from core import clock, organisation
from core.actor import SYSTEM
from core.business_time import add_working
from core.db import db
from core.jobs import run
from core.queue import RqQueue
from notifications.models import Notice
from tests import builders
from tests.committed import committed_app
from tests.pages import PageClient
from tickets import sla
from tickets.demands import Escalation
from tickets.models import Clock
from tickets.services import clocks, handling

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
ROOT = Path(__file__).parents[2]


@pytest.fixture
def people(queue, gateways):
    made = {"handler": builders.staff(certificates={"DLV": 4}), "boss": builders.staff(roles=("manager",), leads=True, certificates={}),
            "deputy": builders.staff(roles=("manager",), certificates={}), "qa": builders.staff(roles=("qa",), in_team=None, certificates={}),
            "finance": builders.staff(roles=("manager",), in_team="finance", leads=True, certificates={})}
    db.session.commit()
    return made


def told(people, kind):
    ids = db.session.scalars(db.select(Notice.user_id).filter_by(kind=kind)).all()
    assert len(ids) == len(set(ids)), "somebody was told twice"
    return {name for name, user in people.items() if user.id in ids}


def pass_to(queue, moment):
    """Time comes to `moment`: the watchers come by, each twice, and everything that they started is done."""
    with clock.frozen(moment):
        for _ in range(2):
            for job in ("watch_clocks", "watch_escalations", "sweep_followups"):
                queue.enqueue(job)
            queue.run()


def test_a_late_answer_goes_up_three_levels_each_heard_once_by_the_right_people(app, people, queue):
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress", handler=people["handler"])
        clocks.stop(ticket, ("contact", "update", "ack"))
        resolve = clocks.running(ticket, "resolve")[0]
        db.session.commit()
        queue.run()
    calendar = organisation.calendar()
    for moment, kind, hearers in (
            (resolve.at_70, "due_soon", {"handler"}), (resolve.due_at, "breached", {"handler"}), (resolve.due_at, "raised_1", {"boss"}),
            (sla.over(calendar, resolve, 125), "raised_2", {"boss", "deputy"}), (sla.over(calendar, resolve, 150), "raised_3", {"boss", "deputy", "qa"})):
        pass_to(queue, moment)
        assert told(people, kind) == hearers
    assert db.session.get(type(ticket), ticket.id).escalation == 3
    page = PageClient(app).sign_in(people["boss"]).get(f"/desk/tickets/{ticket.case_no}")
    assert "Raised: level 3" in page.text


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_for(holds, seconds=30):
    until = time.monotonic() + seconds
    while not (found := holds()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
    return found


def test_levels_are_raised_and_told_once_although_workers_are_killed_between(services, redis):
    """Real workers, killed while they stand before the row of the ticket; two watch at once; Redis is emptied. Then all is as it should be."""
    with committed_app(services, "killed_between") as (_app, url):
        environment = os.environ | {"DATABASE_URL": url, "REDIS_URL": services["redis"], "SECRET_KEY": "t" * 40, "DATA_DIR": str(services["root"]),
                                    "STORAGE_URL": f"file://{services['root']}/files"}
        ticket, boss = _far_over()
        queue = RqQueue(Redis.from_url(services["redis"]))
        _killed_before_the_ticket(queue, environment, ticket)
        assert db.session.query(Escalation).count() == 0
        redis.flushall()
        for _ in range(2):
            queue.enqueue("watch_escalations")
        workers = [subprocess.Popen([sys.executable, "worker.py", "--burst"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
        for worker in workers:
            worker.wait(90)
        redis.flushall()
        db.session.rollback()
        with clock.frozen(clock.now() + timedelta(minutes=2)):
            run("sweep_followups")
        for number in db.session.scalars(db.select(Escalation.id)).all():
            run("tell_raised", number)
            run("tell_raised", number)
        db.session.rollback()
        raised = db.session.execute(db.select(Escalation.why, Escalation.level).order_by(Escalation.id)).all()
        assert sorted(raised) == [("resolve", 3)]
        assert db.session.scalars(db.select(Notice.user_id).filter_by(kind="raised_3", user_id=boss.id)).all() == [boss.id]


def _far_over():
    boss = builders.staff(roles=("manager",), leads=True, certificates={})
    with clock.frozen(clock.now() - timedelta(days=60)):
        ticket = builders.ticket("in_progress")
        clocks.stop(ticket, ("contact", "update", "ack"))
    db.session.commit()
    return ticket, boss


def _killed_before_the_ticket(queue, environment, ticket):
    """Somebody holds the ticket's row; a worker that wants to raise it waits there and is killed."""
    db.session.execute(db.text("SELECT 1 FROM ticket WHERE id = :id FOR UPDATE"), {"id": ticket.id})
    queue.enqueue("watch_escalations")
    process = subprocess.Popen([sys.executable, "worker.py"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_until_somebody_waits()
    finally:
        pids = children(process)
        process.kill()
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        process.wait()
        db.session.rollback()


def _wait_until_somebody_waits():
    waiting = db.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
        wait_for(lambda: watcher.execute(waiting).scalar(), 90)


def test_a_demand_to_its_answer(app, people, queue):
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress", handler=people["handler"])
        db.session.commit()
        queue.run()
        boss, handler = (PageClient(app).sign_in(people[name]) for name in ("boss", "handler"))
        address = f"/desk/tickets/{ticket.case_no}"
        boss.submit(boss.get(address), "/do/supervise", **{"supervise-text": "Say which day the van comes.", "supervise-hours": "2"})
        queue.run()
        assert told(people, "supervised") == {"handler"}
        assert "Say which day the van comes." in handler.get(address).text
        assert ticket.case_no in boss.get("/desk/due?tab=demanded").html
    late = THURSDAY + timedelta(hours=3)  # two working hours, and the lunch break
    pass_to(queue, late)
    assert told(people, "raised_1") == {"boss"}
    with clock.frozen(late):
        boss, handler = (PageClient(app).sign_in(people[name]) for name in ("boss", "handler"))
        handler.submit(handler.get(address), "/do/answer_demand", **{"answer_demand-text": "On Friday at nine."})
        queue.run()
        assert told(people, "demand_answered") == {"boss"}
        page = boss.get(address)
        assert "On Friday at nine." in page.text
        assert ticket.case_no not in boss.get("/desk/due?tab=demanded").html
    pass_to(queue, late + timedelta(hours=1))
    assert db.session.scalars(db.select(Escalation.level).filter_by(why="demand")).all() == [1]


def test_more_time_once_asked_for_in_time_and_told_to_the_retailer(app, people, queue, gateways):
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress", handler=people["handler"])
        db.session.commit()
        queue.run()
        boss, handler = (PageClient(app).sign_in(people[name]) for name in ("boss", "handler"))
        address = f"/desk/tickets/{ticket.case_no}"
        until = clocks.running(ticket, "resolve")[0].due_at + timedelta(days=1)
        wanted = {"ask_extension-new_due": f"{until.astimezone(organisation.zone()):%Y-%m-%dT%H:%M}", "ask_extension-reason": "the lab is slow"}
        handler.submit(handler.get(address), "/do/ask_extension", **wanted)
        queue.run()
        assert told(people, "extension_asked") == {"boss"}
        boss.submit(boss.get(address), "/do/grant_extension")
        queue.run()
        assert told(people, "extension_decided") == {"handler"}
        (words,) = [sent.body for sent in gateways["sms"].sent if "the lab is slow" in sent.body]
        assert "25 Nov" in words or "27 Nov" in words
        assert "ask_extension" not in handler.get(address).html
    resolve = db.session.scalar(db.select(Clock).filter_by(ticket_id=ticket.id, kind="resolve"))
    assert resolve.due_at == until.replace(second=0, microsecond=0)


def test_a_question_stops_the_answers_time_and_nothing_else_does(people, queue):
    with clock.frozen(THURSDAY):
        ticket = builders.ticket("in_progress", handler=people["handler"])
        before = clocks.running(ticket, "resolve")[0].due_at
        handling.ask(ticket, builders.who(people["handler"]), "Which day?", builders.standard(ticket, "ask"))
    with clock.frozen(THURSDAY + timedelta(hours=4)):  # three working hours later
        handling.give_up_asking(ticket)
    assert clocks.running(ticket, "resolve")[0].due_at == add_working(organisation.calendar(), before, 3 * 60)
    handling.hand_over(ticket, SYSTEM)
    assert clocks.running(ticket, "resolve")[0].paused_at is None


def test_in_summer_the_same_promise_ends_at_another_hour(app, people, queue):
    admin = PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None, certificates={}))
    week = {f"day_{weekday}": "08:00-11:30, 14:30-18:00" for weekday in range(5)}
    admin.submit(admin.get("/desk/calendar/seasons/new"), starts="2027-06-01", ends="2027-09-30", name_en="Summer hours", **week)
    page = admin.get("/desk/calendar")
    assert "Summer hours" in page.text
    assert "14:30-18:00" in page.text
    ends = {}
    for month in (5, 6):
        with clock.frozen(datetime(2027, month, 21, 3, 0, tzinfo=UTC)):  # a day of work, eleven in the morning there
            ticket = builders.ticket("dispatched", handler=people["handler"])
            ends[month] = clocks.running(ticket, "sign")[0].due_at.astimezone(organisation.zone())
    assert (ends[5].hour, ends[5].minute) == (16, 0)  # one hour before lunch, three after it
    assert (ends[6].hour, ends[6].minute) == (18, 0)  # half an hour before the long noon, three and a half after it
    assert date(2027, 6, 21).weekday() == 0
