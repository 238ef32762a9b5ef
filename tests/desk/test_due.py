"""The board of what is due: by team, its views, its news, and what a reader may not see."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.db import db
from tests import builders
from tests.pages import PageClient
from tickets.models import Ticket
from tickets.services import extending, supervising

MORNING = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # ten o'clock on a Thursday in Shanghai


@pytest.fixture
def now():
    with clock.frozen(MORNING):
        yield MORNING


@pytest.fixture
def boss(database, now):
    return builders.staff(roles=("manager",), leads=True, certificates={})


def due(hours: float, **more) -> Ticket:
    made = builders.ticket("in_progress", **more)
    made.due_at = MORNING + timedelta(hours=hours)
    db.session.flush()
    return made


def numbers(page) -> dict[str, list[str]]:
    """The cells of each team of the board."""
    (board,) = [table for table in page.tree.all("table") if "rd-due" in table.get("class")]
    _head, *rows = board.all("tr")
    return {next(row.all("th")).text.strip(): [cell.text.strip() for cell in row.all("td")] for row in rows}


def test_what_is_due_is_counted_by_team(app, boss):
    for hours in (-1, 1, 5, 5, 30):
        due(hours)
    page = PageClient(app).sign_in(boss).get("/desk/due")
    assert numbers(page) == {"Logistics": ["1", "1", "3", "–"]}


@pytest.mark.parametrize(("tab", "hours"), [("late", {-1}), ("two", {1}), ("today", {1, 5}), ("all", {-1, 1, 5})])
def test_each_view_holds_its_own(app, boss, tab, hours):
    made = {number: due(number, text=f"Matter {number} hours") for number in (-1, 1, 5, 30)}
    page = PageClient(app).sign_in(boss).get(f"/desk/due?tab={tab}")
    assert {number for number in made if f"Matter {number} hours" in page.text} == hours


def test_demands_and_requests_for_time_stand_there_whenever_they_are_due(app, boss):
    demanded, asked = due(100, text="Demanded matter"), due(100, text="Asked matter")
    supervising.demand(demanded, builders.who(boss), "Call the depot.", 6000)
    resolve = next(one for one in asked.clocks if one.kind == "resolve")
    extending.ask_extension(asked, builders.who(asked.assignee), resolve.due_at + timedelta(hours=1), "the lab is slow")
    for ticket in (demanded, asked):
        ticket.due_at = MORNING + timedelta(hours=100)
    client = PageClient(app).sign_in(boss)
    assert "Demanded matter" in client.get("/desk/due?tab=demanded").text
    page = client.get("/desk/due?tab=more_time")
    assert ("Asked matter" in page.text, "Demanded matter" in page.text) == (True, False)


def test_another_departments_and_sealed_matters_are_not_counted(app, boss):
    due(-1, leaf="PAY.DEBIT")
    due(-1).sealed = True
    due(-1).named_ids = [boss.id]
    page = PageClient(app).sign_in(boss).get("/desk/due")
    assert "Nothing is late and nothing is pressing" in page.text
    assert "rd-due" not in page.html


def test_one_team_is_chosen_from_the_board(app, boss):
    due(-1, text="With the team")
    builders.opened("Nobody has it yet").due_at = MORNING - timedelta(hours=1)
    client = PageClient(app).sign_in(boss)
    assert numbers(client.get("/desk/due")).keys() == {"Logistics", "not dispatched yet"}
    page = client.get("/desk/due?team=0")
    assert ("Nobody has it yet" in page.text, "With the team" in page.text) == (True, False)
    assert "With the team" in client.get(f"/desk/due?team={builders.team().id}").text


def test_the_news_are_the_parts_of_the_page(app, boss):
    client = PageClient(app).sign_in(boss)
    page = client.get("/desk/due?tab=late")
    address = next(div.get("data-live") for div in page.tree.all("div") if div.get("data-live"))
    made = due(-1, text="Late since then")
    news = client.browser.get(address).get_json()
    assert news["late"] == 1
    assert "Late since then" in news["list"]
    assert made.case_no in news["list"]
    assert "Logistics" in news["board"]
    assert 'aria-current="page"' in news["tabs"]


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "admin"])
def test_the_board_is_for_those_who_answer_for_a_team(app, database, role):
    client = PageClient(app).sign_in(builders.staff(roles=(role,)))
    for path in ("/desk/due", "/desk/due/news"):
        client.get(path, status=403)
