"""Workers are killed all the time while complaints are filed and handled: every one has its ticket, nobody is written to twice."""
import random
import time

from tests.proof.judgement import finished, judge
from tests.proof.people import Crowd, Desk
from tests.proof.workforce import Workforce, wait_for

KILLS = 30
WORKERS = 4
FOUND_AFTER = 420  # the slowest sweep: half-sent messages are given up after three minutes


def test_nothing_is_lost_and_nothing_said_twice(office):
    office.twilio.delay = 1.0  # many kills meet a message on its way
    with office.stand.running("web", "scheduler"), Workforce(office.stand) as workforce, office.stand.app() as app:
        with Crowd(office.stand.url, people=1, pause=1) as crowd, Desk(app) as desk:
            _kill(workforce)
        print(f"{len(crowd.receipts)} accepted, {desk.moved} steps at the desk, {workforce.killed} workers killed")
        assert (crowd.refused, desk.faults) == ([], [])
        assert len(crowd.receipts) > 40
        finished(office, FOUND_AFTER)
        workforce.idle(240)  # rq holds the job of a killed worker for running for a minute and a half, and looks every minute
        states = judge(office, [receipt.token for receipt in crowd.receipts])
    print(dict(states))
    assert states["sent"] > states["unknown"]  # how many kills meet a message on its way is luck: none to eight


def _kill(workforce: Workforce) -> None:
    workforce.hire(WORKERS)
    while workforce.killed < KILLS:
        wait_for(workforce.busy, 90)
        time.sleep(random.uniform(0, 0.4))  # anywhere in a job, or between two
        workforce.kill(random.choice(workforce.busy() or [0]))
        workforce.hire()
        time.sleep(random.uniform(0, 2))  # with one worker less it is worked on
