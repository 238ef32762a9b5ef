"""300 texts in a minute from 240 numbers while workers are killed: 300 stored, none twice, each acknowledged once or given to a person."""
import random
import threading
import time
from collections import Counter

from bench.texter import Texter
from tests.gateways.fake_twilio import TOKEN
from tests.proof.judgement import finished
from tests.proof.workforce import Workforce, wait_for

TEXTS, NUMBERS, SECONDS = 300, 240, 60
WORKERS, KILLS = 3, 8
FOUND_AFTER = 420
PLAIN = "星期二该送的货到今天还没送来，麻烦催一下司机，第 {} 家"
OTHER = "另外上次的货款也多扣了，第 {} 家"
STORED = "SELECT external_id, count(*) FROM intake_record WHERE channel = 'sms' GROUP BY external_id"
UNFINISHED = "SELECT count(*) FROM intake_record WHERE channel = 'sms' AND (state <> 'done' OR ticket_id IS NULL AND joined_to_id IS NULL)"
ACKS = """SELECT t.id, count(o.id), max(o.state), max(o.id) FROM ticket t LEFT JOIN outbound_message o ON o.ticket_id = t.id AND o.purpose = 'ack'
          WHERE t.id IN (SELECT ticket_id FROM intake_record WHERE channel = 'sms') GROUP BY t.id"""
TASKS = "SELECT dedupe_key FROM call_task"


def test_nothing_is_lost_and_nothing_said_twice(office):
    office.twilio.delay = 0.2  # some kills meet a message on its way
    sent: list[str] = []
    with office.stand.running("web", "scheduler"), Workforce(office.stand) as workforce:
        workforce.hire(WORKERS)
        provider = threading.Thread(target=_tell, args=(office.stand.url, sent))
        provider.start()
        _kill(workforce, provider)
        provider.join()
        finished(office, FOUND_AFTER)
        workforce.idle(240)  # rq holds the job of a killed worker for running for a minute and a half
    assert len(sent) == TEXTS
    _judge(office, sent)


def _tell(url: str, sent: list[str]) -> None:
    """The provider: five a second; every tenth text is told twice, because an answer may be lost on its way."""
    began = time.monotonic()
    with Texter(url, TOKEN) as texter:
        for number in range(TEXTS):
            time.sleep(max(0.0, began + number * SECONDS / TEXTS - time.monotonic()))
            words = (PLAIN if number < NUMBERS else OTHER).format(number)
            sid, _seconds = texter.text(f"+86138{number % NUMBERS:08}", words)
            if number % 10 == 0:
                texter.text(f"+86138{number % NUMBERS:08}", words, sid)
            sent.append(sid)


def _kill(workforce: Workforce, provider: threading.Thread) -> None:
    while provider.is_alive() and workforce.killed < KILLS:
        wait_for(lambda: workforce.busy() or not provider.is_alive(), 90)
        time.sleep(random.uniform(0, 0.5))
        workforce.kill(random.choice(workforce.busy() or [0]))
        workforce.hire()
        time.sleep(SECONDS / KILLS / 2)


def _judge(office, sent: list[str]) -> None:
    with office.stand.connect() as rows:
        assert dict(rows.execute(STORED).fetchall()) == dict.fromkeys(sent, 1)
        assert rows.execute(UNFINISHED).fetchone() == (0,)
        acks, tasks = rows.execute(ACKS).fetchall(), {key for (key,) in rows.execute(TASKS)}
        assert rows.execute("SELECT name, args, error FROM failed_job").fetchall() == []
    assert len(acks) >= NUMBERS
    assert [ticket for ticket, count, _state, _number in acks if count != 1] == []
    assert [ticket for ticket, _count, state, number in acks
            if state not in ("sent", "delivered") and not (state == "unknown" and f"undelivered:{number}" in tasks)] == []
    assert [key for key, count in Counter(office.references()).items() if count > 1] == []
    print(Counter(state for _ticket, _count, state, _number in acks))
