"""The audit trail's page: filters, what is sealed, and words for every action."""
import ast
from datetime import timedelta

import pytest

from accounts import services as accounts
from catalog.models import ChecklistItem, Code, Leaf, Team
from catalog.queries import leaf
from core import clock, organisation, settings
from core.audit import AuditEntry, Did, record
from core.i18n import spoken
from desk.admin import audit_labels, audit_lines, audit_values, audit_words
from retailers import services as retailers
from tests import builders
from tests.architecture.source import files, tree
from tests.pages import PageClient
from tickets.lifecycle import TRANSITIONS

NUMBER = settings.REGISTRY["hotline_number"].label


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
    assert NUMBER in admin.get("/desk/audit?who=zhou&action=setting.changed").text
    assert NUMBER not in admin.get("/desk/audit?action=ticket.opened").text
    of_case = admin.get(f"/desk/audit?case_no={ticket.case_no[:4]}+{ticket.case_no[4:]}").text
    assert "Ticket opened" in of_case
    assert NUMBER not in of_case
    assert "To sign for → In progress" in of_case
    assert "Given to Zhou Min" in of_case


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
    ({"before": False, "after": True}, [("", "No → Yes")]),
    ({"changed": ["phone", "email"], "empty": ""}, [("What changed", "Telephone, E-mail")]),
    ({"body": "x" * 200}, [("Words or body", "x" * 160 + "…")]),
    ({"deep": {"b": [1, 2]}}, [("deep", "b 1, 2")]),
])
def test_details_in_lines(app, detail, said):
    with app.test_request_context(), spoken("en"):
        assert audit_lines.lines(detail) == said


@pytest.mark.parametrize(("action", "detail", "said"), [
    (Did.TICKET_MOVED, {"event": "send_back", "before": "in_review", "after": "in_progress"},
     [("Step", "Answer sent back"), ("", "In review → In progress")]),
    (Did.TICKET_SEVERITY_CHANGED, {"before": "S3", "after": "S1"}, [("", "Normal → Critical")]),
    (Did.MESSAGE_FAILED, {"purpose": "ack", "channel": "sms", "state": "unknown"},
     [("Purpose", "Acknowledgement"), ("Channel", "SMS"), ("State", "Not known whether it arrived")]),
    (Did.CALL_TASK_OPENED, {"reason": "low_score"}, [("Reason", "The retailer is not content")]),
    (Did.TICKET_ROUTED, {"result": "handler", "chosen": 7}, [("Result", "A handler"), ("Chosen", "Wang Fang")]),
    (Did.TICKET_ROUTED, {"result": "queue", "chosen": 8}, [("Result", "The team's queue"), ("Chosen", "8")]),
    (Did.CATALOG_CHANGED, {"before": {"access": "open", "loss": False}, "after": {"access": "sealed", "loss": True}},
     [("Who may see it", "Open to all → Sealed"), ("Money may be lost: ask for the amount", "No → Yes")]),
    (Did.USER_CHANGED, {"changed": ["roles"], "roles": ["qa", "admin"]}, [("What changed", "Roles"), ("Roles", "Quality inspector, Administrator")]),
])
def test_codes_are_told_in_words(app, action, detail, said):
    with app.test_request_context(), spoken("en"):
        assert audit_lines.lines(detail, action.value, audit_values.FIXED | {"chosen": {7: "Wang Fang"}}) == said


def test_names_of_the_catalogue_are_told(admin, database):
    who = builders.who(builders.staff())
    record(who, Did.TICKET_TRIAGED, leaf="DLV.LATE", severity="S2")
    record(who, Did.CERTIFICATE_CHANGED, target="wang", scope="DLV", level=2)
    record(who, Did.USER_CHANGED, target="wang", team="logistics")
    record(who, Did.JOB_RETRIED, target="advance", args=["7"])
    page = admin.get("/desk/audit").text
    for words in (leaf("DLV.LATE").name_en, leaf("DLV.LATE").group.name_en, builders.team("logistics").name_en, "Make a ticket of an arrival"):
        assert words in page


def test_every_event_has_words():
    assert audit_values.EVENTS.keys() == {row.event for row in TRANSITIONS}


def details_recorded():
    """The name of every detail that some code gives to `record`."""
    calls = (node for path in files() for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record")
    return {keyword.arg for call in calls for keyword in call.keywords} - {None, "ticket", "target", "before", "after"}


def test_every_detail_has_words():
    columns = {column.name for model in (Leaf, Team, Code, ChecklistItem) for column in model.__table__.columns}
    named = {*details_recorded(), *accounts.CHANGEABLE, *retailers.CHANGEABLE, *columns} - {"id", "code", "list", "leaf_code", "group_code"}
    assert len(named) > 60
    assert named - audit_labels.LABELS.keys() == set()


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
