"""Valkey is stopped, killed, emptied or deaf while forms are sent: every receipt has its ticket afterwards, through the sweeps."""
import signal
import time

import pytest

from bench.stand import ALL
from tests.proof.judgement import finished, judge
from tests.proof.people import Crowd

FOUND_AFTER = 300


def stopped(seconds: float):
    """As for an update of the machine."""
    def away(valkey):
        valkey.stop()
        time.sleep(seconds)
        valkey.start()
    return away


def killed(valkey):
    """As when memory is short: the last second of what it was told may be gone."""
    valkey.signal(signal.SIGKILL)
    time.sleep(10)
    valkey.stop()
    valkey.start()


def deaf(valkey):
    """It takes connections and does not answer."""
    valkey.signal(signal.SIGSTOP)
    time.sleep(15)
    valkey.signal(signal.SIGCONT)


def test_emptied_again_and_again(office):
    connection = office.stand.redis()

    def emptied(valkey):
        for _ in range(10):
            connection.flushall()
            time.sleep(1)
    _prove(office, emptied)
    connection.close()


@pytest.mark.parametrize("away", [stopped(20), stopped(60), killed, deaf], ids=["20 seconds", "a minute", "killed", "deaf"])
def test_away_while_forms_are_sent(office, away):
    _prove(office, away)


def _prove(office, away) -> None:
    with office.stand.running(*ALL) as family:
        with Crowd(office.stand.url, people=2, pause=0.3) as crowd:
            time.sleep(3)
            before = len(crowd.receipts)
            away(office.valkey)
            during = len(crowd.receipts) - before
            time.sleep(3)
        began = time.monotonic()
        finished(office, FOUND_AFTER, family.check)
        print(f"{len(crowd.receipts)} accepted, {during} of them meanwhile; all done after {time.monotonic() - began:.0f} s")
        assert crowd.refused == []
        assert during > 5
        judge(office, [receipt.token for receipt in crowd.receipts])
