"""Two schedulers at once: each periodic job is enqueued as often as with one, and nothing else changes."""
import time
from collections import Counter

from bench.stand import ALL
from core.db import db
from core.machine.processes import Program
from core.queue import MemoryQueue
from launch import ROOT
from schedule import SCHEDULE
from tests.proof.cases import CASES
from tests.proof.judgement import finished, judge
from tests.proof.people import Crowd
from tests.proof.workforce import wait_for

SECONDS = 62
# What the watches must find once, however many look: a rise, a clock over its time, a level above, a promise that is due.
FOUND = {"watch_hot": "watch_hot", "watch_clocks": "watch_clocks", "watch_escalations": "watch_escalations", "tell_promise": "watch_promises"}
ROUNDS = 12
DUE_NOW = "UPDATE scheduled_job SET due_at = now() WHERE job = ANY(%s)"
TO_THE_STAFF = "SELECT count(*) FROM outbound_message WHERE message_id IS NULL AND state IN ('queued', 'sending')"
STILL_DUE = "SELECT 1 FROM scheduled_job WHERE job = ANY(%s) AND due_at <= now()"


def test_every_job_is_due_once_an_interval(office):
    one = office.stand.programs["scheduler"]
    other = Program("scheduler-2", ROOT, one.command)
    with office.stand.redis() as redis:
        enqueued = _watched(redis, lambda: _run(office, one, other))
    for entry in SCHEDULE:
        most = SECONDS // entry.every + 1
        assert 1 <= enqueued.count(entry.job) <= most, entry
        assert enqueued.count(entry.job) >= SECONDS // (entry.every + 2), entry


def _run(office, *schedulers) -> None:
    with office.stand.running(more=schedulers):
        time.sleep(SECONDS)


def _watched(redis, act) -> list[str]:
    """The periodic jobs that were enqueued meanwhile; no worker runs, so all of them still wait in the queues."""
    redis.flushall()
    act()
    jobs = [redis.hget(key, "description").decode() for key in redis.scan_iter("rq:job:*")]
    return [next((entry.job for entry in SCHEDULE if f"'{entry.job}'" in words), words) for words in jobs]


def test_with_both_running_each_complaint_has_one_ticket_and_one_acknowledgement(office):
    other = Program("scheduler-2", ROOT, office.stand.programs["scheduler"].command)
    with office.stand.running(*ALL, more=[other]):
        with Crowd(office.stand.url, people=1, pause=0.2) as crowd:
            time.sleep(20)
        finished(office, 300)
    assert crowd.receipts
    assert crowd.refused == []
    judge(office, [receipt.token for receipt in crowd.receipts])


def test_with_both_watching_each_alarm_is_given_once(office):
    other = Program("scheduler-2", ROOT, office.stand.programs["scheduler"].command)
    with office.stand.app(QUEUE=MemoryQueue()):
        made = {name: CASES[name].make() for name in FOUND}
        db.session.commit()
    before = len(office.references())
    with office.stand.running(*ALL, more=[other]), office.stand.connect() as rows:
        for name, number in made.items():
            _both_look(rows)
            wait_for(lambda effect=CASES[name].effect, row=number: rows.execute(effect, [row]).fetchone() == (1,), 300, name)
        for _round in range(ROUNDS):
            _both_look(rows)
        wait_for(lambda: rows.execute(TO_THE_STAFF).fetchone() == (0,), 300, "notices wait for ever")
        alarms = rows.execute("SELECT count(*) FROM hot_issue WHERE area = 'area ' || %s", [made["watch_hot"]]).fetchone()
    told = Counter((message["to"], message["body"]) for message in list(office.twilio.messages.values())[before:])
    assert alarms == (1,)
    assert {count for (_number, words), count in told.items() if "/desk/hot/" in words} == {1}
    assert len(office.references()) == len(set(office.references()))  # two clocks of one ticket are told in the same words, each once


def _both_look(rows) -> None:
    """All watches are due at the same moment, for whichever scheduler comes first."""
    watches = list(FOUND.values())
    rows.execute(DUE_NOW, [watches])
    wait_for(lambda: not rows.execute(STILL_DUE, [watches]).fetchall(), 60, "no scheduler looks")
