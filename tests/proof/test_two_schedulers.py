"""Two schedulers at once: each periodic job is enqueued as often as with one, and nothing else changes."""
import time

from bench.stand import ALL
from core.machine.processes import Program
from launch import ROOT
from schedule import SCHEDULE
from tests.proof.judgement import finished, judge
from tests.proof.people import Crowd

SECONDS = 62


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
