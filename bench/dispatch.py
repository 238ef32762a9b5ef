"""From stored to dispatched: plain complaints through the web form, one after the other and then ten a second, on the same machine."""
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measure
from bench.idle import wait_until_idle
from bench.retailer import Retailer
from bench.stand import Stand, standing
from core.db import db
from tests.builders import staff
from triage import learning

PLAIN = "星期二该送的货到今天还没送来，都晚了三天了，麻烦催一下司机什么时候送"
ALONE, A_SECOND = 20, 10
TOOK = """SELECT extract(epoch FROM t.dispatched_at - i.received_at), t.state FROM ticket t JOIN intake_record i ON i.ticket_id = t.id
          WHERE i.id > %s"""


def main() -> None:
    """`bench/dispatch.py [SECONDS]`: the busy part takes five minutes if nothing else is said."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with standing() as stand:
        _prepare(stand)
        with stand.running("web", "worker-1", "worker-2", "scheduler"):
            time.sleep(3)
            _tell("idle", *_measured(stand, _one_by_one))
            _tell(f"{A_SECOND} a second", *_measured(stand, lambda url: _steadily(url, seconds)))


def _prepare(stand: Stand) -> None:
    """Forty handlers who can take it all, and a model."""
    with stand.app():
        for number in range(40):
            staff(f"bench{number}", certificates={"DLV": 4}, cap=100_000)
        learning.learn()
        db.session.commit()


def _measured(stand: Stand, send) -> tuple[float, list[tuple]]:
    with stand.connect() as rows:
        before = rows.execute("SELECT coalesce(max(id), 0) FROM intake_record").fetchone()[0]
        began = time.monotonic()
        send(stand.url)
        sent = time.monotonic() - began
        with stand.redis() as redis:
            wait_until_idle(redis, 1200)
        return sent, rows.execute(TOOK, (before,)).fetchall()


def _one_by_one(url: str) -> None:
    for number in range(ALONE):
        _file(url, number)
        time.sleep(1)


def _steadily(url: str, seconds: int) -> None:
    """A complaint every tenth of a second, however long the answers take."""
    senders, began = [], time.monotonic()
    for number in range(seconds * A_SECOND):
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        senders.append(threading.Thread(target=_file, args=(url, 1000 + number)))
        senders[-1].start()
    for sender in senders:
        sender.join()


def _file(url: str, number: int) -> None:
    with Retailer(url) as visitor:  # another shop, number and address each: no possible double, no cap
        visitor.file(f"{PLAIN} {number}", f"136{number:08}", f"小店 {number}")


def _tell(what: str, sent: float, rows: list[tuple]) -> None:
    took = [float(seconds) for seconds, _state in rows if seconds is not None]
    measure.tell(f"stored to dispatched: {what}", complaints=len(rows), unseen=len(took), sending_s=round(sent, 1),
                 p50_ms=measure.milliseconds(measure.percentile(took, 50)), p95_ms=measure.milliseconds(measure.percentile(took, 95)))


if __name__ == "__main__":
    main()
