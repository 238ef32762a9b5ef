"""Made-up tickets of eighteen months, written by a few statements: only for measuring, they went no road of the lifecycle."""
import psycopg

WEEKS = 78

# Some leaves are common and most are rare; weeks rise and fall; what is older than three weeks has ended.
TICKETS = """
WITH leaves AS (SELECT code, team_id, severity, row_number() OVER (ORDER BY md5(code)) - 1 AS place FROM leaf WHERE access = 'open'),
shops AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM retailer),
drawn AS (
    SELECT n, now() - make_interval(secs => random() * %(weeks)s * 604800) AS received,
           floor(power(random(), 2) * (SELECT count(*) FROM leaves))::int AS leaf, floor(random() * (SELECT count(*) FROM shops))::int AS shop,
           random() AS fate, random() AS speed, random() AS redone,
           (ARRAY['web', 'sms', 'phone', 'phone', 'counter'])[1 + floor(random() * 5)] AS channel
    FROM generate_series(1, %(tickets)s) n),
told AS (
    SELECT *, received + make_interval(hours => 3 + (speed * 20)::int) AS sent, received + make_interval(hours => 20 + (speed * 160)::int) AS told,
           received + make_interval(hours => 40 + (speed * 260)::int) AS ended FROM drawn)
INSERT INTO ticket (case_no, token, state, leaf_code, severity, subject, desired_outcome, channel, retailer_id, team_id, received_at, dispatched_at,
                    answered_at, ended_at, closed_by_rule, outcome, root_cause, remedy, redos, version, is_demo)
SELECT 'b' || n, 'b' || n, CASE WHEN ended > now() THEN CASE WHEN told > now() THEN 'dispatched' ELSE 'answered' END
                                WHEN fate < .02 THEN 'withdrawn' WHEN fate < .03 THEN 'declined' ELSE 'closed' END,
       leaves.code, leaves.severity, 'a made-up matter', 'explanation', channel, shops.id, leaves.team_id, received, sent,
       CASE WHEN told <= now() THEN told END, CASE WHEN ended <= now() THEN ended END,
       CASE WHEN ended <= now() AND fate >= .03 THEN 'accepted' END, 'upheld', 'process.no_rule', 'explained', (redone < .05)::int, 1, true
FROM told JOIN leaves ON leaves.place = leaf JOIN shops ON shops.place = shop
"""
CLOCKS = """
INSERT INTO clock (ticket_id, kind, started_at, due_at, original_due_at, at_70, at_90, minutes, working, stopped_at)
SELECT t.id, k.kind, dispatched_at, dispatched_at + k.long, dispatched_at + k.long, dispatched_at, dispatched_at, 2400, true,
       CASE WHEN least(answered_at, ended_at) IS NOT NULL THEN dispatched_at + (answered_at - dispatched_at) * k.share END
FROM ticket t, (VALUES ('contact', interval '20 hours', .2), ('resolve', interval '5 days', 1), ('sign', interval '10 hours', .1))
               AS k(kind, long, share)
WHERE case_no LIKE 'b%%'
"""
MESSAGES = """
INSERT INTO message (ticket_id, kind, author_id, body, at, delivery)
SELECT t.id, k.kind, CASE WHEN k.kind = 'out' THEN (SELECT min(id) FROM "user") END, 'made-up words', received_at + k.after, 'none'
FROM ticket t, (VALUES ('in', interval '0'), ('out', interval '7 hours'), ('out', interval '30 hours'), ('system', interval '31 hours'),
                       ('in', interval '2 days'), ('out', interval '3 days')) AS k(kind, after)
WHERE case_no LIKE 'b%%' AND received_at + k.after < now()
"""
PROMISES = """
INSERT INTO promise (ticket_id, text, due_at, kept) SELECT id, 'a made-up promise', answered_at + interval '3 days', random() < .95
FROM ticket WHERE case_no LIKE 'b%%' AND answered_at IS NOT NULL AND random() < .3
"""
SURVEYS = """
WITH asked AS (SELECT id, redos, answered_at, CASE WHEN random() < .4 THEN least(5, 1 + floor(power(random(), .4) * 5))::int END AS given FROM ticket
               WHERE case_no LIKE 'b%%' AND answered_at < now() - interval '2 days' AND random() < .8)
INSERT INTO survey (ticket_id, round, created_at, send_after, sent_at, score, scored_at)
SELECT id, redos + 1, answered_at, answered_at, answered_at + interval '4 hours', given,
       CASE WHEN given IS NOT NULL THEN answered_at + interval '1 day' END FROM asked
"""


def fill(rows: psycopg.Connection, tickets: int) -> None:
    """Write so many tickets with their clocks, messages, surveys and promises, and let the planner count them."""
    rows.execute("SELECT setseed(.5)")
    for statement in (TICKETS, CLOCKS, MESSAGES, SURVEYS, PROMISES):
        rows.execute(statement, {"weeks": WEEKS, "tickets": tickets})
    rows.execute("ANALYZE")
