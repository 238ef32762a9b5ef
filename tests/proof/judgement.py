"""What must hold at the end of every proof, read from the rows and from what reached the stand-in for Twilio."""
from collections import Counter
from collections.abc import Callable

from tests.proof.office import Office
from tests.proof.workforce import wait_for

UNFINISHED = """
SELECT (SELECT count(*) FROM intake_record WHERE state <> 'done'),
       (SELECT count(*) FROM ticket WHERE state = 'dispatched' AND awaits_routing),
       (SELECT count(*) FROM outbound_message WHERE state IN ('queued', 'sending')),
       (SELECT count(*) FROM message WHERE kind = 'out' AND delivery IN ('queued', 'sending')),
       (SELECT count(*) FROM ticket t WHERE state NOT IN ('merged', 'declined')
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.dedupe_key = 'ack:' || t.id) AND state IN ('received', 'dispatched', 'in_progress')),
       (SELECT count(*) FROM ticket t WHERE state IN ('answered', 'closed') AND NOT EXISTS (SELECT 1 FROM survey s WHERE s.ticket_id = t.id)),
       (SELECT count(*) FROM ticket t WHERE state = 'closed' AND NOT EXISTS (SELECT 1 FROM message m WHERE m.dedupe_key LIKE 'close:' || t.id || ':%'))
"""
TICKETS = "SELECT i.token, count(t.id) FROM intake_record i LEFT JOIN ticket t ON t.case_no = i.case_no GROUP BY i.token"
SENT = "SELECT reference, state, id, message_id FROM outbound_message"
TASKS = "SELECT dedupe_key FROM call_task"


def finished(office: Office, seconds: float, looked_after: Callable[[], bool] = lambda: True) -> None:
    """Wait until no row waits for a job any more: what was lost has been found by the sweeps. `looked_after` starts again what ended."""
    with office.stand.connect() as rows:
        def left():
            return rows.execute(UNFINISHED).fetchone()
        wait_for(lambda: looked_after() and not any(left()), seconds, f"rows wait for ever: {left()}")


def judge(office: Office, tokens: list[str]) -> Counter:
    """One ticket for each receipt, no message twice, a call for each doubtful one, no failed job. Returns the messages' states."""
    with office.stand.connect() as rows:
        tickets = dict(rows.execute(TICKETS).fetchall())
        assert [token for token in tokens if tickets.get(token) != 1] == []
        states = _messages(office, rows.execute(SENT).fetchall(), {key for (key,) in rows.execute(TASKS)})
        assert rows.execute("SELECT name, args, error FROM failed_job").fetchall() == []
        assert rows.execute("SELECT count(*) - count(DISTINCT ticket_id) FROM routing_decision WHERE result = 'chosen'").fetchone() == (0,)
    return states


def _messages(office: Office, sent: list[tuple], tasks: set[str]) -> Counter:
    reached = Counter(office.references())
    assert [key for key, count in reached.items() if count > 1] == []
    assert {key for key, state, *_ in sent if state == "sent"} <= reached.keys()
    assert reached.keys() <= {key for key, state, *_ in sent if state in ("sent", "unknown")}
    doubtful = {f"undelivered:{number}" for _key, state, number, message in sent if state == "unknown" and message is not None}
    assert doubtful <= tasks
    return Counter(state for _key, state, *_ in sent)
