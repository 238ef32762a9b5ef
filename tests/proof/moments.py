"""How a job is met in the middle: a table is locked against writing, and the rows of pg_locks tell when the job stands there."""
from contextlib import contextmanager

from bench.stand import Stand
from tests.proof.workforce import wait_for

WAITING = """SELECT l.pid FROM pg_locks l WHERE NOT l.granted AND l.relation = %s::regclass"""
ALIVE = "SELECT 1 FROM pg_stat_activity WHERE pid = ANY(%s)"


@contextmanager
def held_up(stand: Stand, table: str):
    """Nobody writes to `table` inside the block; afterwards whoever waited there and was killed is gone. Yields a function
    that waits until somebody stands before the table.
    """
    met = []
    with stand.connect() as watcher, stand.connect() as blocker:
        def somebody_waits():
            met.extend(wait_for(lambda: [pid for (pid,) in watcher.execute(WAITING, [f'"{table}"'])], 30, f"the job does not write to {table}"))
        with blocker.transaction():
            # Reading and row locks go on, so that a job comes as far as its write to this very table.
            blocker.execute(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
            yield somebody_waits
        wait_for(lambda: not watcher.execute(ALIVE, [met]).fetchall(), 30, "PostgreSQL keeps the session of a killed worker")
