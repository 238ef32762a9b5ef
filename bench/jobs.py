"""Jobs a second with one worker, with two, and with one that forks for every job: the chain of a classified complaint, beside jobs that find nothing to do."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measure
from bench.idle import wait_until_idle
from bench.stand import Stand, standing
from core.db import db
from core.machine.processes import Program
from core.queue import RqQueue
from intake import services as intake

COMPLAINTS, RUNS = 60, 3
ROOT = Path(__file__).resolve().parents[1]
FORKING = Program("forking", ROOT, (sys.executable, "bench/forking.py"))
KINDS = {"1 worker": (["worker-1"], []), "2 workers": (["worker-1", "worker-2"], []), "1 worker that forks for every job": ([], [FORKING])}
NOBODY = 0  # no ticket has this id: the job starts, looks, and ends


def main() -> None:
    """For each kind of workers: the chain, then as many jobs that only look."""
    with standing() as stand:
        stand.flask("import-staff", "packs/demo/staff.csv")
        rates = {}
        for kind, (names, more) in KINDS.items():
            with stand.running(*names, more=more), stand.app(RATELIMIT_ENABLED=False) as app:
                _settle(stand, app.extensions["queue"])
                chain = [_chain(stand, run, kind) for run in range(RUNS)]
                empty = [_empty(stand, app.extensions["queue"], jobs) for jobs, _rate in chain]
            rates[kind] = _tell(kind, chain, empty)
        alone, _two, forking = rates.values()
        measure.tell("jobs: times as many without forks", times=round(alone / forking, 2))


def _settle(stand: Stand, queue: RqQueue) -> None:
    queue.enqueue("route", NOBODY)  # a worker that answers this one is ready
    with stand.redis() as redis:
        wait_until_idle(redis)
    time.sleep(2)


def _chain(stand: Stand, run: int, kind: str) -> tuple[int, float]:
    """Jobs done and jobs a second from the first commit to the last job of the chain."""
    return _measured(stand, lambda: _store(list(KINDS).index(kind), run))


def _store(kind: int, run: int) -> None:
    for number in range(COMPLAINTS):
        intake.store("file", f"jobs-{kind}-{run}-{number}", {"text": "The goods have not come.", "leaf": "DLV.LATE", "desired": "explanation",
                                                       "phone": f"+86138{kind}{run}{number:06}"})
    db.session.commit()


def _empty(stand: Stand, queue: RqQueue, jobs: int) -> tuple[int, float]:
    return _measured(stand, lambda: [queue.enqueue("route", NOBODY) for _ in range(jobs)])


def _measured(stand: Stand, act) -> tuple[int, float]:
    with stand.redis() as redis:
        before, began = _done(redis), time.monotonic()
        act()
        took = wait_until_idle(redis, 300) - began
        jobs = _done(redis) - before
    return jobs, jobs / took


def _done(redis) -> int:
    """rq counts for each worker what it has finished."""
    return sum(int(redis.hget(key, "successful_job_count") or 0) for key in redis.smembers("rq:workers"))


def _tell(kind: str, chain: list[tuple[int, float]], empty: list[tuple[int, float]]) -> float:
    """Print what was measured; complaints a second."""
    rate, floor = measure.median(rate for _jobs, rate in chain), measure.median(rate for _jobs, rate in empty)
    complaints = measure.median((COMPLAINTS * rate / jobs for jobs, rate in chain), 2)
    measure.tell(f"jobs: {kind}", jobs_per_s=rate, jobs_that_only_look_per_s=floor, ratio=round(rate / floor, 2), complaints=COMPLAINTS,
                 jobs_a_complaint=round(chain[-1][0] / COMPLAINTS, 1), complaints_per_s=complaints, runs_per_s=[round(rate, 1) for _jobs, rate in chain])
    return complaints


if __name__ == "__main__":
    main()
