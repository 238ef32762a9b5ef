"""How long staff wait for a list and for a ticket, with 300 shops and some thousand tickets, beside a page that does nothing."""
import csv
import itertools
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from accounts import services as accounts
from accounts.models import User
from bench import measure
from bench.retailer import Retailer, hidden_fields
from bench.stand import ALL, Stand, standing
from bench.statements import recorded
from catalog import queries as catalog
from core.actor import SYSTEM
from core.db import db

TICKETS, UNSORTED, TIMES, RUNS = 3000, 300, 30, 3
PASSWORD = "a quiet harbour"
FLOOR = "/health/live"
# Who opens which page; {case_no} is one of his own tickets.
PAGES = {"handler1": ("/desk/mine", "/desk/tickets/{case_no}"), "hotline1": ("/desk/triage", "/desk/search?q=138"),
         "manager1": ("/desk/due", "/desk/closing")}


def main() -> None:
    """Import, let the workers route, then ask for each page many times, one after the other."""
    with standing() as stand, stand.running(*ALL):
        _fill(stand)
        people = {login: sign_in(stand, login) for login in PAGES}
        anybody = Retailer(stand.url)
        for login, paths in PAGES.items():
            for path in paths:
                _measure(stand, path, path.format(case_no=_own(stand, login)), people[login], anybody)


def _fill(stand: Stand) -> None:
    stand.flask("import-staff", "packs/demo/staff.csv")  # first: the shops name who serves them
    stand.flask("import-retailers", "packs/demo/retailers.csv")
    with stand.app():
        leaves = [leaf.code for leaf in catalog.leaves() if leaf.access == "open"]
        for user in db.session.scalars(db.select(User).where(User.login.in_(PAGES))):
            accounts.set_password(SYSTEM, user, PASSWORD)
        db.session.commit()
    stand.flask("import-complaints", str(_complaints(stand.folder / "complaints.csv", leaves)), "--default", "desired=explanation", "--wait")


def _complaints(path: Path, leaves: list[str]) -> Path:
    """A file of complaints from the demo's shops, some of which the hotline has still to sort."""
    shops = [row["licence_no"] for row in csv.DictReader(Path("packs/demo/retailers.csv").open(encoding="utf-8"))]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("text", "shop", "leaf"))
        for number, shop, leaf in zip(range(TICKETS), itertools.cycle(shops), itertools.cycle(leaves), strict=False):
            rows.writerow((f"第 {number} 件：货还没有送到，已经等了三天", shop, "" if number < UNSORTED else leaf))
    return path


def sign_in(stand: Stand, login: str) -> Retailer:
    """Somebody who has set PASSWORD, signed in."""
    person = Retailer(stand.url)
    fields = hidden_fields(person.read("/desk/sign-in"))
    status, place, _page = person.send("/desk/sign-in", fields | {"login": login, "password": PASSWORD})
    assert status == 302, (status, place)
    return person


def _own(stand: Stand, login: str) -> str | None:
    """One of somebody's tickets."""
    with stand.connect() as rows:
        found = rows.execute('SELECT case_no FROM ticket JOIN "user" u ON u.id = assignee_id WHERE login = %s LIMIT 1', [login]).fetchone()
    return found and found[0]


def _measure(stand: Stand, name: str, path: str, person: Retailer, anybody: Retailer) -> None:
    runs = [(measure.timed(lambda: person.read(path), TIMES), measure.timed(lambda: anybody.read(FLOOR), TIMES)) for _ in range(RUNS + 1)][1:]
    p50, p95 = (statistics.median(measure.percentile(page, share) for page, _floor in runs) for share in (50, 95))
    floor = statistics.median(measure.percentile(floor, 50) for _page, floor in runs)
    measure.tell(f"page: {name}", p50_ms=measure.milliseconds(p50), p95_ms=measure.milliseconds(p95), floor_ms=measure.milliseconds(floor),
                 times_the_floor=round(p50 / floor, 1), queries=queries_of(stand, path, person), tickets=TICKETS)


def queries_of(stand: Stand, path: str, person: Retailer) -> int:
    """How many statements the page says to the database, counted in this process with the same session."""
    with stand.app() as app:
        client, headers = app.test_client(use_cookies=False), {"Cookie": person.cookie}
        client.get(path, headers=headers)
        with recorded(app) as recording:
            assert client.get(path, headers=headers).status_code == 200
    return sum(statement is not None for statement, _parameters in recording.said)


if __name__ == "__main__":
    main()
