"""Workers are killed all the time while complaints are filed and handled: every one has its ticket, nobody is written to twice."""
import random
import time

from tests.proof.judgement import finished, judge
from tests.proof.people import Crowd, Desk
from tests.proof.workforce import Workforce, wait_for

SECONDS = 90
WORKERS = 3
FOUND_AFTER = 420  # the slowest sweep: half-sent messages are given up after three minutes


def test_forty_kills_lose_nothing_and_say_nothing_twice(office):
    office.twilio.delay = 0.3  # most kills meet a message on its way
    with office.stand.running("web", "scheduler"), Workforce(office.stand) as workforce, office.stand.app(RATELIMIT_ENABLED=False):
        with Crowd(office.stand.url, people=2, pause=0.5) as crowd:
            _kill_for(SECONDS, workforce, Desk())
        print(f"{len(crowd.receipts)} accepted, {len(crowd.refused)} refused, {workforce.killed} workers killed")
        assert crowd.refused == []
        assert len(crowd.receipts) > 50
        assert workforce.killed > 40
        finished(office, FOUND_AFTER)
        workforce.idle()
        states = judge(office, [receipt.token for receipt in crowd.receipts])
    print(dict(states))
    assert states["sent"] > states["unknown"] > 0


def _kill_for(seconds: float, workforce: Workforce, desk: Desk) -> None:
    until = time.monotonic() + seconds
    workforce.hire(WORKERS)
    while time.monotonic() < until:
        desk.work()
        wait_for(workforce.busy)
        time.sleep(random.uniform(0, 0.4))  # anywhere in a job, or between two
        workforce.kill(random.choice(workforce.busy() or [0]))
        workforce.hire()
