"""The pages of figures: who may see them, filters, links that open exactly the tickets, files, what is too little to tell."""
import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import event

from accounts.permissions import PERMISSIONS
from core import clock
from core.db import db
from reporting.definitions import DEFINITIONS
from satisfaction.models import Survey
from tests.builders import opened, retailer, staff, ticket, who
from tests.pages import PageClient
from tickets.services import returning

ROLES = ("hotline", "handler", "manager", "qa", "compliance", "liaison", "admin")
PATHS = ("/desk/reports", "/desk/reports/definitions", "/desk/reports/table?figure=on_time", "/desk/reports/tickets?figure=received",
         "/desk/reports/table.csv?figure=redo&by=team", "/desk/reports/splits.csv?by=channel", "/desk/reports/tickets.csv?figure=received")


@pytest.fixture
def inspector(app, database):
    """QA, signed in."""
    return PageClient(app).sign_in(staff(roles=("qa",), in_team="quality", certificates={}))


def rated(score: int, **more):
    made, at = ticket("closed", **more), clock.now() - timedelta(minutes=5)
    db.session.add(Survey(ticket_id=made.id, round=1, created_at=at, send_after=at, sent_at=at, score=score, scored_at=at))
    db.session.flush()
    return made


def table(page) -> list[list[str]]:
    """A file as rows of cells."""
    return list(csv.reader(io.StringIO(page.data.decode("utf-8-sig"))))


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_open_for_the_roles_of_the_table_and_for_nobody_else(app, database, role):
    client = PageClient(app).sign_in(staff(roles=(role,), certificates={}))
    for path in PATHS:
        client.get(path, status=200 if role in PERMISSIONS["reports"] else 403)


@pytest.mark.parametrize("path", [
    "/desk/reports/table?figure=nothing", "/desk/reports/table", "/desk/reports/table?figure=redo&by=handler",
    "/desk/reports/tickets?figure=open&rows=part", "/desk/reports/tickets?figure=redo&rows=%27", "/desk/reports/splits.csv?by=password"])
def test_what_does_not_exist_is_not_found(inspector, path):
    inspector.get(path, status=404)


@pytest.mark.parametrize("query", [
    "weeks=0", "weeks=-3", "weeks=99999", "weeks=x", "to=2026-W99", "to=9999-W01", "to=2000-W01&weeks=104", "leaf=none", "team=x", "area=-",
    "weigh=x"])
def test_a_wrong_address_shows_a_page_all_the_same(inspector, query):
    ticket("closed")
    assert inspector.get(f"/desk/reports?{query}").heading == "Figures"


def test_an_empty_house_has_a_page_that_says_so(inspector):
    text = inspector.get("/desk/reports", links=True).text
    assert "too few to tell" in text
    assert "Too few scores to draw" in text
    assert "Nothing to compare with yet" in text
    assert "Left out 0 (merged, withdrawn or noise)" in text


def test_every_link_of_the_page_lives_and_every_number_is_the_length_of_its_list(inspector):
    for score in (5, 5, 4, 4, 4, 5, 1, 2, 4, 5):
        rated(score)
    opened()
    page = inspector.get("/desk/reports")
    lists = [a for a in page.tree.all("a") if "/reports/tickets?" in a.get("href") and a.text.split(" ")[0].isdigit()]
    assert len(lists) > 10
    for link in lists:
        behind = inspector.get(link.get("href"))
        assert f": {link.text.split(' ')[0]} " in behind.text, link.get("href")
    inspector.get("/desk/reports", links=True)


def test_what_was_given_back_stands_there_by_reason_and_opens_its_tickets(inspector):
    made, other = ticket("dispatched"), ticket("dispatched")
    for one, reason in ((made, "conflict"), (other, "wrong_team")):
        returning.give_back(one, who(one.assignee), returning.Grounds(reason, "My cousin's shop."))
    page = inspector.get("/desk/reports", links=True)
    (link,) = [a.get("href") for a in page.tree.all("a") if "figure=returns" in a.get("href") and "reason=conflict" in a.get("href")]
    listed = inspector.get(link)
    assert made.case_no in listed.html
    assert other.case_no not in listed.html
    assert "I must stand aside" in inspector.get("/desk/reports/table?figure=returns&by=reason").text
    inspector.get("/desk/reports/table?figure=received&by=reason", status=404)


def test_a_share_stands_with_its_interval_and_what_must_stand_beside_it(inspector):
    for score in (5, 5, 4, 4, 4, 5, 1, 2, 4, 5):
        rated(score)
    text = inspector.get("/desk/reports").text
    assert "80.0" in text
    assert "95 % interval 49.0–94.3" in text
    assert "Response rate 100.0 %" in text


def test_a_figure_beside_another_with_too_few_cases_says_so_and_opens_them(inspector):
    for score in (5, 4, 1):
        rated(score)
    page = inspector.get("/desk/reports")
    (link,) = [a for a in page.tree.all("a") if a.text == "too few (3)" and "figure=score" in a.get("href")]
    assert ": 3 " in inspector.get(link.get("href")).text
    assert "Mean score too few (3)" in page.text


def test_what_counts_the_time_for_the_answer_alone_is_called_so(inspector):
    assert "Answer overdue 0" in inspector.get("/desk/reports").text
    assert "The list of what is late counts every time" in inspector.get("/desk/reports/definitions").text


def test_filters_narrow_every_figure_and_stay_in_the_links(inspector):
    ticket("closed", shop=retailer(area="north"))
    ticket("closed", shop=retailer(area="south"))
    page = inspector.get("/desk/reports?area=north&weeks=4")
    assert "Received 1" in page.text
    assert all("area=north" in link and "weeks=4" in link for link in page.links if "/reports/tickets?" in link)


def test_a_confidential_complainant_is_not_found_by_his_area(app, inspector):
    ticket("closed", shop=retailer(area="north")).confidential = True
    assert "No ticket stands behind" in inspector.get("/desk/reports/tickets?figure=received&area=north").text
    officer = PageClient(app).sign_in(staff(roles=("compliance",), in_team="logistics", certificates={}))
    assert ": 1 " in officer.get("/desk/reports/tickets?figure=received&area=north").text


def test_a_manager_sees_his_department_only(app, database):
    ticket("closed", leaf="DLV.LATE")
    ticket("closed", leaf="SUP.SHORT")
    manager = PageClient(app).sign_in(staff(roles=("manager",), in_team="logistics", leads=True, certificates={}))
    assert "Received 1" in manager.get("/desk/reports").text


def test_a_manager_counts_what_no_team_has_yet_and_reads_that_it_is_so(app, database):
    opened()
    manager = PageClient(app).sign_in(staff(roles=("manager",), in_team="logistics", leads=True, certificates={}))
    assert "Received 1" in manager.get("/desk/reports").text
    assert "his own teams and those that no team has yet" in manager.get("/desk/reports").text


def test_sealed_tickets_do_not_exist_in_figures(inspector):
    opened(kind="report", anonymous=True)
    assert "Received 0" in inspector.get("/desk/reports").text


def test_an_answer_that_was_rated_twice_stands_twice_in_its_list(inspector):
    made = rated(2)
    made.redos = 1
    at = clock.now() - timedelta(minutes=1)
    db.session.add(Survey(ticket_id=made.id, round=2, created_at=at, send_after=at, sent_at=at, score=5, scored_at=at))
    page = inspector.get("/desk/reports/tickets?figure=satisfied")
    assert "valid scores: 2" in page.text
    assert page.text.count(made.subject) == 2


def test_a_file_has_its_definition_on_top_and_the_raw_numbers(inspector):
    ticket("closed", shop=retailer(area="north"))
    page = inspector.get("/desk/reports/table.csv?figure=received&by=area")
    assert page.data.startswith(b"\xef\xbb\xbf")
    rows = table(page)
    assert rows[0][:2] == ["Received", "Tickets received in the period."]
    assert ["north", "north", "1"] in rows
    assert 'filename="received-area.csv"' in page.headers["Content-Disposition"]


def test_a_cell_cannot_become_a_formula(inspector):
    ticket("closed", shop=retailer(area="=HYPERLINK(1)"))
    rows = table(inspector.get("/desk/reports/table.csv?figure=received&by=area"))
    assert ["'=HYPERLINK(1)", "'=HYPERLINK(1)", "1"] in rows


def test_the_file_of_tickets_has_no_words_and_no_names(inspector):
    made = ticket("closed", text="The van never came", shop=retailer(shop_name="Harbour Corner Shop", phone="+8613800139999"))
    page = inspector.get("/desk/reports/tickets.csv?figure=received")
    assert made.case_no in page.data.decode()
    assert not any(word in page.data.decode() for word in ("van never", "Harbour", "13800139999"))


def test_the_definitions_page_has_every_figure(inspector):
    page = inspector.get("/desk/reports/definitions", links=True)
    assert {section.get("id") for section in page.tree.all("section")} >= {definition.key for definition in DEFINITIONS}


def test_weighing_by_severity_changes_the_order(inspector):
    for _number in range(3):
        ticket("closed", leaf="DLV.LATE", severity="S4")
    ticket("closed", leaf="DLV.COUNT", severity="S1")
    for weigh, first in (("count", "Late, missing"), ("severity", "Short, wrong")):
        rows = [row.text for row in inspector.get(f"/desk/reports?weigh={weigh}").tree.all("tr")]
        shown = next(text for text in rows if text.startswith(("Late, missing", "Short, wrong")))
        assert shown.startswith(first)


def test_what_nobody_has_sorted_stands_last_in_the_picture_and_is_never_its_dark_bar(inspector):
    for _number in range(3):
        opened()
    ticket("closed", leaf="DLV.LATE")
    page = inspector.get("/desk/reports")
    rows = [row.text for row in page.tree.all("tr") if row.text.startswith(("Late, missing", "Not sorted yet"))]
    assert [text.split()[0] for text in rows[:2]] == ["Late,", "Not"]
    colours = {bar.get("aria-label"): bar.get("fill") for bar in page.tree.all("path") if ": " in (bar.get("aria-label") or "")}
    assert next(colour for label, colour in colours.items() if label.startswith("Not sorted yet")) == "var(--rd-ink-3)"
    assert next(colour for label, colour in colours.items() if label.startswith("Late")) == "var(--rd-accent)"


def queries(client, path: str) -> int:
    """How many statements the page says to the database."""
    said = []

    def note(_connection, _cursor, statement, *_more):
        said.append(statement)
    db.session.commit()
    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([statement for statement in said if not statement.startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("path", ["/desk/reports", "/desk/reports/tickets?figure=received"])
def test_a_page_costs_the_same_number_of_queries_however_much_it_shows(inspector, path):
    def more():
        ticket("in_progress")
        rated(4)
    more()
    few = queries(inspector, path)
    for _number in range(4):
        more()
    assert queries(inspector, path) == few
