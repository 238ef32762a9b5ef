"""Every job, killed with SIGKILL before each of its writes: then Redis is emptied, the sweeps come, and the effect is there once."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import JOBS, run
from core.queue import MemoryQueue
from tests.proof.cases import CASES, NOT_HERE
from tests.proof.moments import held_up
from tests.proof.workforce import Workforce, wait_for

LATER = timedelta(minutes=5)
MOMENTS = [(name, table) for name, case in CASES.items() for table in case.tables]


@pytest.fixture(scope="module")
def workforce(office):
    with Workforce(office.stand) as workforce:
        yield workforce


def test_no_job_is_forgotten(app):
    assert set(JOBS) == CASES.keys() | NOT_HERE


@pytest.mark.parametrize(("name", "table"), MOMENTS)
def test_killed_before_a_write_it_happens_once_all_the_same(office, workforce, name, table):
    case = CASES[name]
    with office.stand.app(QUEUE=MemoryQueue()) as app, office.stand.connect() as rows:
        number = case.make()
        db.session.commit()
        call = (name,) if name == case.sweep else (name, number, *case.more)
        kill_there(office, workforce, table, *call)
        workforce.hire()
        app.extensions["queue"] = workforce.queue
        _find_again(workforce, case.sweep, call)
        wait_for(lambda: rows.execute(case.effect, [number]).fetchone() == (1,))
        workforce.queue.enqueue(*call)  # redelivered, as rq does with a job whose worker went away
        workforce.idle()
        assert rows.execute(case.effect, [number]).fetchone() == (1,)
        assert rows.execute("SELECT name, error FROM failed_job").fetchall() == []
    assert len(office.references()) == len(set(office.references()))


def kill_there(office, workforce, table, *call):
    """Let a worker come as far as its write to `table`, kill it, and empty Redis."""
    with held_up(office.stand, table) as somebody_waits:
        if not workforce.workers:
            workforce.hire()
        workforce.queue.enqueue(*call)
        somebody_waits()
        workforce.kill()
        workforce.queue.connection.flushall()


def _find_again(workforce, sweep, call):
    if sweep is None:
        workforce.queue.enqueue(*call)
        return
    with clock.frozen(clock.now() + LATER):
        run(sweep)
