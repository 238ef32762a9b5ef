"""The audit trail's page: filters, what is sealed, and words for every action."""
from datetime import timedelta

import pytest

from core import clock, organisation
from core.audit import AuditEntry, Did, record
from desk.admin import audit_rows, audit_words
from tests import builders
from tests.pages import PageClient


def reader(app, *roles, **more):
    return PageClient(app).sign_in(builders.staff(roles=roles, in_team=None, **more))


@pytest.fixture
def admin(app, database):
    return reader(app, "admin")


def test_every_action_has_words():
    assert set(audit_words.ACTIONS) == set(Did)


def test_what_happened_is_shown_and_filtered(admin, database):
    handler = builders.staff(name="Zhou Min")
    ticket = builders.ticket("in_progress", handler=handler)
    record(builders.who(handler), Did.SETTING_CHANGED, target="hotline_number", before="1", after="2")
    page = admin.get("/desk/audit")
    assert "Complaint came in" in page.text
    assert "1 → 2" in page.text
    assert "hotline_number" in admin.get("/desk/audit?who=zhou&action=setting.changed").text
    assert "hotline_number" not in admin.get("/desk/audit?action=ticket.opened").text
    of_case = admin.get(f"/desk/audit?case_no={ticket.case_no[:4]}+{ticket.case_no[4:]}").text
    assert "Ticket opened" in of_case
    assert "hotline_number" not in of_case


def test_days_are_local_and_both_included(admin, database):
    record(builders.who(builders.staff()), Did.SETTING_CHANGED, target="today_only")
    database.session.flush()
    today = clock.now().astimezone(organisation.zone()).date()
    day = timedelta(days=1)
    assert "today_only" in admin.get(f"/desk/audit?since={today}&until={today}").text
    assert "today_only" not in admin.get(f"/desk/audit?since={today + day}").text
    assert "today_only" not in admin.get(f"/desk/audit?until={today - day}").text
    assert "Choose a day" in admin.get("/desk/audit?since=soon").text
    for day in ("0001-01-01", "9999-12-31"):
        assert "Choose a day between" in admin.get(f"/desk/audit?since={day}&until={day}").text


def test_nothing_fits(admin):
    page = admin.get("/desk/audit?who=nobody-at-all")
    assert "No entry fits these conditions" in page.text
    assert "/desk/audit" in page.links


def test_sealed_entries_show_only_that_something_happened(app, admin, database):
    report = builders.opened("They sell at night.", anonymous=True)
    record(builders.who(builders.staff(name="Li Wei")), Did.TICKET_NOTED, ticket=report, about="a secret place")
    for client, sees in ((admin, False), (reader(app, "qa"), False), (reader(app, "compliance"), True)):
        page = client.get("/desk/audit?who=Li+Wei")
        assert "Note written" in page.text
        assert ("a secret place" in page.text) is sees
        plain = client.get("/desk/audit").text.replace(" ", "")
        assert (report.case_no in plain) is sees
        assert ("No entry fits" in client.get(f"/desk/audit?case_no={report.case_no}").text) is not sees


def test_a_ticket_sealed_later_hides_what_was_written_before(admin, database):
    ticket = builders.opened("He asked for money.")
    record(builders.who(builders.staff()), Did.TICKET_NOTED, ticket=ticket, about="early words")
    assert "early words" in admin.get("/desk/audit").text
    ticket.sealed = True
    assert "early words" not in admin.get("/desk/audit").text


def test_what_stands_in_a_ticket_is_for_those_who_may_open_it(app, admin, database):
    ticket = builders.ticket("dispatched", leaf="SVC.MANNER")
    record(builders.who(builders.staff()), Did.TICKET_NOTED, ticket=ticket, about="he shouted")
    assert "he shouted" in reader(app, "qa").get("/desk/audit").text
    page = admin.get("/desk/audit")
    assert "he shouted" not in page.text
    assert ticket.case_no in page.text.replace(" ", "")


def test_whoever_is_named_learns_nothing(app, database):
    officer = builders.staff(roles=("compliance",), in_team=None)
    ticket = builders.opened("It is about the officer.")
    record(builders.who(builders.staff()), Did.TICKET_NOTED, ticket=ticket, about="the officer")
    ticket.named_ids = [officer.id]
    assert "the officer" not in PageClient(app).sign_in(officer).get("/desk/audit").text


def test_long_trails_come_in_pages(admin, database):
    who = builders.who(builders.staff())
    for number in range(60):
        record(who, Did.SETTING_CHANGED, target=f"key{number:02}")
    page = admin.get("/desk/audit?action=setting.changed")
    assert "60 entries" in page.text
    assert "key59" in page.text
    assert "key05" not in page.text
    assert "key05" in admin.get("/desk/audit?action=setting.changed&page=2").text


@pytest.mark.parametrize(("detail", "said"), [
    ({"before": {"a": 1}, "after": {"a": 2}}, [("a", "1 → 2")]),
    ({"before": None, "after": {"a": "x"}}, [("a", "– → x")]),
    ({"before": {"a": "x"}, "after": None}, [("a", "x → –")]),
    ({"before": False, "after": True}, [("", "False → True")]),
    ({"changed": ["phone", "email"], "empty": ""}, [("changed", "phone, email")]),
    ({"body": "x" * 200}, [("body", "x" * 160 + "…")]),
    ({"deep": {"b": [1, 2]}}, [("deep", "b 1, 2")]),
])
def test_details_in_lines(detail, said):
    assert audit_rows.lines(detail) == said


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "liaison"])
def test_who_may_not_see(app, database, role):
    reader(app, role).get("/desk/audit", status=403)


def test_entries_cannot_be_changed(database):
    record(builders.who(builders.staff()), Did.SETTING_CHANGED, target="fixed")
    entry = database.session.scalars(database.select(AuditEntry).filter_by(target="fixed")).one()
    entry.target = "other"
    with pytest.raises(Exception, match="audit"), database.session.begin_nested():
        database.session.flush()
    database.session.rollback()
