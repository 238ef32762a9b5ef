"""How long the choice of a handler takes: two dozen candidates with a year and a half of closed tickets behind them."""
import itertools
import random
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import event, insert, select

from accounts.models import User
from bench import measure
from bench.stand import standing
from catalog import people
from catalog import queries as catalog
from catalog.models import Team
from core import clock
from core.actor import SYSTEM
from core.db import db
from intake import services as intake
from routing import queries, services
from routing.choose import choose
from routing.models import RoutingDecision
from tickets.models import QualityCheck, Reply, Ticket
from tickets.services import triaging

LEAF, CANDIDATES, CLOSED, DAYS, TIMES = "DLV.LATE", 24, 12_000, 540, 50
WORDS = "送货车今天没有来，店里已经断货两天，请尽快告诉我什么时候能送到。" * 6
ENDED = {"state": "closed", "channel": "web", "desired_outcome": "explanation", "outcome": "upheld", "root_cause": "process.no_rule",
         "remedy": "explained"}


def main() -> None:
    """Fill, analyse, then choose for the same ticket again and again, as the job does and with its row written."""
    with standing() as stand, stand.app():
        chance = random.Random(7)
        handlers = _handlers()
        in_leaf, in_group = _history(handlers, chance)
        ticket = _waiting()
        db.session.commit()
        with stand.connect() as rows:
            rows.execute("VACUUM ANALYZE")  # what PostgreSQL does by itself after so many rows
        said = _statements(lambda: queries.facts(ticket))
        for name, act in (("facts", lambda: queries.facts(ticket)), ("facts and choice", lambda: choose(*queries.facts(ticket))),
                          ("the whole of it, taken back", lambda: _routed(ticket))):
            act()
            runs = measure.timed(act, TIMES)
            measure.tell(f"routing: {name}", best_ms=measure.milliseconds(min(runs)), p50_ms=measure.milliseconds(measure.percentile(runs, 50)),
                         p95_ms=measure.milliseconds(measure.percentile(runs, 95)), candidates=CANDIDATES, closed=CLOSED, closed_in_leaf=in_leaf,
                         closed_in_group=in_group, statements=said)


def _handlers() -> list[int]:
    team = db.session.scalar(select(Team).filter_by(code="logistics"))
    made = [User(login=f"h{number}", name=f"H {number}", roles=["handler"], language="zh", notify_by="page", created_at=clock.now(), active=True)
            for number in range(CANDIDATES)]
    db.session.add_all(made)
    db.session.flush()
    for user in made:
        people.put_in_team(SYSTEM, user, team, cap=30)
        people.certify(SYSTEM, user, LEAF.split(".")[0], 3)
    return [user.id for user in made]


def _history(handlers: list[int], chance: random.Random) -> tuple[int, int]:
    """Closed tickets with answer, score, check and decision; how many are in the leaf and in its group."""
    leaves = {leaf.code: leaf for leaf in catalog.leaves()}
    here = [code for code in leaves for _ in range(5 if code == LEAF else 1)]
    rows = [_closed(number, leaves[chance.choice(here)], handler, chance) for number, handler in zip(range(CLOSED), itertools.cycle(handlers))]
    ids = db.session.scalars(insert(Ticket).returning(Ticket.id, sort_by_parameter_order=True), rows).all()
    past = [(number, row) for number, row in zip(ids, rows, strict=True)]
    db.session.execute(insert(Reply), [{"ticket_id": n, "round": 1, "author_id": r["assignee_id"], "language": "zh", "parts": [{"text": WORDS}],
                                        "body": WORDS, "state": "sent", "at": r["answered_at"]} for n, r in past])
    db.session.execute(insert(QualityCheck), [{"ticket_id": n, "round": 1, "by_id": r["ended_by_id"], "passed": chance.random() < 0.9,
                                               "at": r["ended_at"]} for n, r in past[::20]])
    db.session.execute(insert(RoutingDecision), [{"ticket_id": n, "at": r["received_at"], "result": "handler", "chosen_id": r["assignee_id"],
                                                  "needed_level": 1, "candidates": _people(handlers)} for n, r in past])
    codes = [row["leaf_code"] for row in rows]
    return codes.count(LEAF), sum(leaves[code].group_code == leaves[LEAF].group_code for code in codes)


def _closed(number: int, leaf, handler: int, chance: random.Random) -> dict:
    ended = clock.now() - timedelta(minutes=chance.randrange(DAYS * 1440))
    times = {"received_at": ended - timedelta(days=5), "signed_at": ended - timedelta(days=4),
             "answered_at": ended - timedelta(days=2), "ended_at": ended}
    return ENDED | times | {"case_no": f"bench{number}", "token": f"bench{number}", "leaf_code": leaf.code, "team_id": leaf.team_id,
                            "severity": leaf.severity, "subject": WORDS[:40], "problem": WORDS, "assignee_id": handler,
                            "ended_by_id": 1 if handler != 1 else 2, "score": chance.choice((None, None, 3, 4, 5))}


def _people(handlers: list[int]) -> list[dict]:
    return [{"id": number, "name": f"H {number}", "level": 3, "load": 3.5, "cap": 30.0, "reasons": [], "chosen": False} for number in handlers]


def _waiting() -> Ticket:
    record, _new = intake.store("web", "bench", {"text": WORDS, "language": "zh"})
    ticket = intake.advance(record)
    triaging.classify(ticket, SYSTEM, catalog.leaf(LEAF), "S3", desired_outcome="goods")
    triaging.dispatch(ticket, SYSTEM)
    return ticket


def _routed(ticket: Ticket) -> None:
    services.route(ticket)
    db.session.rollback()


def _statements(act) -> int:
    said = []
    listen = lambda conn, cursor, statement, *more: said.append(statement)  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    act()
    event.remove(db.engine, "before_cursor_execute", listen)
    return len(said)


if __name__ == "__main__":
    main()
