"""From stored to dispatched: through the web form one after the other, then twenty texts a second, then 300 at once, on the same two cores.

A text counts from the moment at which nothing more of it is waited for.
"""
import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import hotline, measure
from bench.idle import wait_for_workers, wait_until, wait_until_idle
from bench.retailer import Retailer
from bench.stand import ALL, Stand, standing
from bench.steadily import steadily
from bench.texters import PLAIN
from tests.gateways.fake_twilio import FakeTwilio

ALONE, A_SECOND, RUNS = 20, 20, 3
PATIENCE_S = 1800
STORED = "SELECT count(*) FROM intake_record WHERE id > %s AND state = 'stored'"
TOOK = """SELECT extract(epoch FROM t.dispatched_at - greatest(i.received_at, i.not_before)) FROM intake_record i
          LEFT JOIN ticket t ON t.id = i.ticket_id WHERE i.id > %s AND i.joined_to_id IS NULL"""


def main() -> None:
    """`bench/dispatch.py [SECONDS]`: the busy part takes ten minutes if nothing else is said."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # the stand-in would tell of every acknowledgement
    with FakeTwilio() as twilio, standing(**hotline.account(twilio.url)) as stand:
        hotline.prepare(stand)
        with stand.running(*ALL), stand.redis() as redis:
            wait_for_workers(redis, 2)
            _tell("idle", *_measured(stand, _one_by_one))
            _tell(f"{A_SECOND} texts a second", *_measured(stand, lambda url: _busy(url, seconds)))
            _bursts(stand)


def _measured(stand: Stand, send) -> tuple[float, float, list[tuple]]:
    """Seconds of sending, seconds until nothing was left to do, and for each arrival the seconds to its dispatch (None: it waits for a person)."""
    with stand.connect() as rows:
        before = rows.execute("SELECT coalesce(max(id), 0) FROM intake_record").fetchone()[0]
        began = time.monotonic()
        send(stand.url)
        sent = time.monotonic() - began
        # A text that may have further parts is in no queue yet: it is stored until they are waited for no longer.
        wait_until(lambda: rows.execute(STORED, (before,)).fetchone()[0] == 0, PATIENCE_S)
        with stand.redis() as redis:
            wait_until_idle(redis, PATIENCE_S)
        return sent, time.monotonic() - began, rows.execute(TOOK, (before,)).fetchall()


def _one_by_one(url: str) -> None:
    for number in range(ALONE):
        with Retailer(url) as visitor:  # another shop, number and address each: no possible double, no cap
            visitor.file(f"{PLAIN} {number}", f"136{number:08}", f"小店 {number}")
        time.sleep(1)


def _busy(url: str, seconds: int) -> None:
    steadily(lambda: hotline.send(url, *hotline.words()), seconds, A_SECOND)


def _bursts(stand: Stand) -> None:
    runs = [_measured(stand, hotline.burst) for _ in range(RUNS)]
    measure.tell("stored to dispatched: a burst", texts=hotline.BURST, drained_s=measure.median(whole for _sent, whole, _rows in runs),
                 runs_s=[round(whole, 1) for _sent, whole, _rows in runs])


def _tell(what: str, sent: float, whole: float, rows: list[tuple]) -> None:
    took = [float(seconds) for (seconds,) in rows if seconds is not None]
    measure.tell(f"stored to dispatched: {what}", arrivals=len(rows), unseen=len(took), sending_s=round(sent, 1), drained_s=round(whole - sent, 1),
                 p50_ms=measure.milliseconds(measure.percentile(took, 50)), p95_ms=measure.milliseconds(measure.percentile(took, 95)))


if __name__ == "__main__":
    main()
