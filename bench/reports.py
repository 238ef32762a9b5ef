"""How long the pages of figures take, on made-up tickets of eighteen months: 12,000, or as many as --tickets says."""
import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from accounts import services as accounts
from accounts.models import User
from bench import history, measure
from bench.pages import PASSWORD, queries_of, sign_in
from bench.retailer import Retailer
from bench.stand import Stand, standing
from core.actor import SYSTEM
from core.db import db

TIMES, RUNS = 20, 3
LOGIN = "qa1"
PAGES = ("/desk/reports", "/desk/reports?weeks=26", "/desk/reports?weeks=52", "/desk/reports/table?figure=on_time&by=leaf",
         "/desk/reports/table?figure=open&by=week", "/desk/reports/tickets?figure=satisfied&rows=rest", "/desk/reports/tickets.csv?figure=received")


def main() -> None:
    """Fill, then ask for each page many times, one after the other; nothing else runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=12_000)
    tickets = parser.parse_args().tickets
    with standing() as stand, stand.running("web"):
        _fill(stand, tickets)
        person, anybody = sign_in(stand, LOGIN), Retailer(stand.url)
        for path in PAGES:
            _measure(stand, path, person, anybody, tickets)


def _fill(stand: Stand, tickets: int) -> None:
    stand.flask("import-staff", "packs/demo/staff.csv")  # first: the shops name who serves them
    stand.flask("import-retailers", "packs/demo/retailers.csv")
    with stand.app():
        accounts.set_password(SYSTEM, db.session.scalar(db.select(User).filter_by(login=LOGIN)), PASSWORD)
        db.session.commit()
    with stand.connect() as rows:
        history.fill(rows, tickets)


def _measure(stand: Stand, path: str, person: Retailer, anybody: Retailer, tickets: int) -> None:
    first = measure.timed(lambda: person.read(path), 1)
    runs = [(measure.timed(lambda: person.read(path), TIMES), measure.timed(lambda: anybody.read("/health/live"), TIMES)) for _ in range(RUNS)]
    p50, p95 = (statistics.median(measure.percentile(page, share) for page, _floor in runs) for share in (50, 95))
    floor = statistics.median(measure.percentile(floor, 50) for _page, floor in runs)
    measure.tell(f"figures: {path}", first_ms=measure.milliseconds(first[0]), p50_ms=measure.milliseconds(p50), p95_ms=measure.milliseconds(p95),
                 floor_ms=measure.milliseconds(floor), queries=queries_of(stand, path, person), tickets=tickets)


if __name__ == "__main__":
    main()
