"""Texts at the hotline: answers of the door a second, from a text to its acknowledgement, and how long a burst takes to drain.

Acknowledgements go to a stand-in for Twilio over HTTP. The waiting for further parts of a text is part of the time, and said.
"""
import itertools
import json
import logging
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import measure
from bench.idle import wait_for_workers, wait_until, wait_until_idle
from bench.stand import ALL, Stand, standing
from bench.steadily import steadily
from bench.texter import HOTLINE, Texter
from bench.texters import PLAIN
from core import settings
from core.db import db
from tests.builders import staff
from tests.gateways.fake_twilio import ACCOUNT, TOKEN, FakeTwilio
from triage import learning

CLIENTS, EACH, RUNS = 8, 25, 3
ALONE, A_SECOND = 20, 10
BURST, NUMBERS = 300, 240
ACKNOWLEDGED = """SELECT extract(epoch FROM o.sent_at - i.received_at) FROM intake_record i JOIN outbound_message o USING (ticket_id)
                  WHERE i.id > %s AND i.joined_to_id IS NULL AND o.purpose = 'ack' AND o.state IN ('sent', 'delivered')"""
WAITING = """SELECT count(*) FROM intake_record i WHERE i.id > %s AND i.joined_to_id IS NULL AND NOT EXISTS (
             SELECT 1 FROM outbound_message o WHERE o.ticket_id = i.ticket_id AND o.purpose = 'ack' AND o.sent_at IS NOT NULL)"""
numbers = itertools.count(1_000_000)


def main() -> None:
    """`bench/hotline.py [SECONDS]`: the steady part takes a minute if nothing else is said."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # the stand-in would tell of every acknowledgement
    with FakeTwilio() as twilio, standing(**account(twilio.url)) as stand, stand.redis() as redis:
        waits = prepare(stand)
        with stand.running(*ALL):
            wait_for_workers(redis, 2)
            _door(stand, redis)
            _tell("idle", waits, _measured(stand, _one_by_one))
            _tell(f"{A_SECOND} a second", waits, _measured(stand, lambda url: _steadily(url, seconds)))
            _bursts(stand, waits)


def account(url: str) -> dict[str, str]:
    """The environment of an installation whose account at Twilio is a stand-in."""
    return {"SMS_GATEWAY": "twilio", "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_SENDER": HOTLINE, "TWILIO_BASE_URL": url}


def prepare(stand: Stand) -> int:
    """Forty handlers who can take it all, and a model; the seconds for which a short text waits for further parts."""
    with stand.app():
        for number in range(40):
            staff(f"bench{number}", certificates={"DLV": 4}, cap=100_000)
        learning.learn()
        db.session.commit()
        return settings.get("text_settle_seconds")


def _door(stand: Stand, redis) -> None:
    """Signed texts by eight machines at once, beside a page that does nothing on the same server; the runs take turns."""
    runs = {"texts": [], "floor": []}
    for number in range(RUNS + 1):
        for name, token in (("texts", TOKEN), ("floor", "")):
            figures = _told(stand.url, token)
            wait_until_idle(redis, 600)
            if number:  # the first run only warms
                runs[name].append(figures)
    rate = {name: statistics.median(len(run["answers"]) / run["seconds"] for run in found) for name, found in runs.items()}
    p95 = {name: statistics.median(measure.percentile(run["answers"], 95) for run in found) for name, found in runs.items()}
    measure.tell("hotline: the door", answers_per_s=round(rate["texts"], 1), p95_ms=measure.milliseconds(p95["texts"]),
                 floor_per_s=round(rate["floor"], 1), floor_p95_ms=measure.milliseconds(p95["floor"]),
                 times_the_floor=round(rate["floor"] / rate["texts"], 2),
                 runs_per_s=[round(len(run["answers"]) / run["seconds"], 1) for run in runs["texts"]], clients=CLIENTS, texts_a_run=CLIENTS * EACH,
                 beside="two workers and the scheduler at work on the same machine")


def _told(url: str, token: str) -> dict:
    first = next(numbers) * 1_000 % 90_000_000
    command = [sys.executable, str(ROOT / "bench" / "texters.py"), url, token, str(CLIENTS), str(EACH), str(first)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _measured(stand: Stand, text) -> tuple[int, list[float]]:
    """Texts sent, and for each that has its acknowledgement the seconds until it was handed over."""
    with stand.connect() as rows:
        before = rows.execute("SELECT coalesce(max(id), 0) FROM intake_record").fetchone()[0]
        sent = text(stand.url)
        wait_until(lambda: rows.execute(WAITING, (before,)).fetchone()[0] == 0, 900)  # every text is acknowledged
        return sent, [float(seconds) for (seconds,) in rows.execute(ACKNOWLEDGED, (before,))]


def _one_by_one(url: str) -> int:
    with Texter(url, TOKEN) as texter:
        for _ in range(ALONE):
            texter.text(*words())
            time.sleep(1)
    return ALONE


def _steadily(url: str, seconds: int) -> int:
    return steadily(lambda: send(url, *words()), seconds, A_SECOND)


def _bursts(stand: Stand, waits: int) -> None:
    """300 texts from 240 numbers as fast as the door takes them, until the last acknowledgement is handed over."""
    took = []
    for _ in range(RUNS):
        began = time.monotonic()
        sent, _seconds = _measured(stand, burst)
        took.append(time.monotonic() - began)
    measure.tell("hotline: a burst", texts=sent, numbers=NUMBERS, drained_s=measure.median(took), runs_s=[round(one, 1) for one in took],
                 waits_for_parts_s=waits)


def burst(url: str) -> int:
    """300 texts of 240 numbers; the 60 numbers that text again bring another matter."""
    first = [words() for _ in range(NUMBERS)]
    again = [(sender, f"另外上次扣款也错了 {sender[-4:]}") for sender, _body in first[:BURST - NUMBERS]]
    with Texter(url, TOKEN) as texter:
        for sender, body in first + again:
            texter.text(sender, body)
    return BURST


def send(url: str, sender: str, body: str) -> None:
    """One text on a connection of its own."""
    with Texter(url, TOKEN) as texter:
        texter.text(sender, body)


def words() -> tuple[str, str]:
    """A number and what it texts."""
    number = next(numbers)  # another number each: nobody's continuation
    return f"+86137{number:08}", f"{PLAIN} {number}"


def _tell(what: str, waits: int, measured: tuple[int, list[float]]) -> None:
    sent, took = measured
    measure.tell(f"hotline: text to acknowledgement, {what}", texts=sent, acknowledged=len(took), p50_s=round(measure.percentile(took, 50), 2),
                 p95_s=round(measure.percentile(took, 95), 2), waits_for_parts_s=waits)


if __name__ == "__main__":
    main()
