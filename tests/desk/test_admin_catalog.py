"""Categories, times allowed, code lists, checklists and teams: read by managers, changed by administrators, with a trace."""
import pytest

from catalog import queries
from catalog.models import Code, Leaf, SlaRule
from core.audit import AuditEntry
from core.i18n import spoken
from desk.admin.catalog_words import length
from tests import builders
from tests.pages import PageClient

EDITS = ("/desk/catalog/leaves/DLV.LATE/edit", "/desk/catalog/new", "/desk/catalog/leaves/DLV.LATE/checklist", "/desk/catalog/sla/edit",
         "/desk/catalog/codes/outcome/upheld", "/desk/catalog/teams/logistics")
READS = ("/desk/catalog", "/desk/catalog/leaves/DLV.LATE", "/desk/catalog/sla", "/desk/catalog/codes", "/desk/catalog/teams")


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


def traces(database, target):
    return [entry.detail for entry in database.session.scalars(database.select(AuditEntry).filter_by(action="catalog.changed", target=target).order_by(AuditEntry.id))]


def test_pages_have_no_dead_links(admin):
    for path in READS + EDITS:
        admin.get(path, links=True)


def test_managers_read_and_do_not_change(app, database):
    manager = PageClient(app).sign_in(builders.staff(roles=("manager",), leads=True))
    for path in READS:
        assert "/edit" not in manager.get(path).html
    for path in EDITS:
        manager.get(path, status=403)
        manager.post(path, status=403)


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "compliance", "liaison"])
def test_others_do_not_see_the_catalogue(app, database, role):
    other = PageClient(app).sign_in(builders.staff(roles=(role,)))
    for path in READS:
        other.get(path, status=403)


@pytest.mark.parametrize("path", ["/desk/catalog/leaves/NO.SUCH", "/desk/catalog/codes?list=nothing", "/desk/catalog/codes/outcome/nothing",
                                  "/desk/catalog/teams/nothing"])
def test_what_does_not_exist(admin, path):
    admin.get(path, status=404)


def test_a_category_is_renamed(admin, database):
    page = admin.submit(admin.get("/desk/catalog/leaves/DLV.LATE/edit"), name_en="Late or missing", severity="S2", desk_answer=None)
    assert page.heading == "Late or missing"
    leaf = database.session.get(Leaf, "DLV.LATE")
    assert (leaf.severity, leaf.desk_answer) == ("S2", False)
    detail, = traces(database, "leaf:DLV.LATE")
    assert detail["after"] == {"name_en": "Late or missing", "severity": "S2", "desk_answer": False}
    assert detail["before"]["severity"] == "S3"


def test_a_category_needs_a_name_in_both_languages(admin, database):
    page = admin.submit(admin.get("/desk/catalog/leaves/DLV.LATE/edit"), name_en=" ", plain_en="My own words")
    assert "Both languages need a name" in page.text
    assert "My own words" in page.html
    assert traces(database, "leaf:DLV.LATE") == []


@pytest.mark.parametrize(("code", "said"), [("DLV.LATE", "is taken"), ("delivery", "capital letters"), ("XYZ.THING", "no group XYZ")])
def test_a_new_category_with_a_wrong_code(admin, code, said):
    page = admin.submit(admin.get("/desk/catalog/new"), code=code, name_zh="新", name_en="New")
    assert said in page.text


def test_a_new_category_stands_at_the_end_of_its_group(admin, database):
    admin.submit(admin.get("/desk/catalog/new"), code="DLV.PLACE", name_zh="地点不对", name_en="Wrong place")
    group = [leaf.code for leaf in queries.leaves() if leaf.group_code == "DLV"]
    assert group[-1] == "DLV.PLACE"
    assert queries.leaf("DLV.PLACE").access == "open"


def test_the_checklist_grows_and_lines_are_switched_off(admin, database):
    page = admin.get("/desk/catalog/leaves/DLV.LATE/checklist")
    old = queries.checklist("DLV.LATE")
    new = f"lines-{len(old)}-"
    admin.submit(page, **{f"{new}zh": "问过司机", f"{new}en": "The driver was asked", "lines-0-active": None})
    now = queries.checklist("DLV.LATE")
    assert [item.en for item in now] == [item.en for item in old[1:]] + ["The driver was asked"]


def test_a_checklist_line_needs_both_languages(admin):
    page = admin.get("/desk/catalog/leaves/DLV.LATE/checklist")
    line = f"lines-{len(queries.checklist('DLV.LATE'))}-"
    again = admin.submit(page, **{f"{line}en": "Half a line"})
    assert "A line needs both languages" in again.text
    assert "Half a line" in again.html
    assert "Half a line" not in [item.en for item in queries.checklist("DLV.LATE")]


@pytest.mark.parametrize(("minutes", "working", "text"), [
    (1, False, "1 minute"), (1, True, "1 working minute"), (45, True, "45 working minutes"), (90, False, "90 minutes"), (120, True, "2 working h")])
def test_how_long_a_clock_may_run_as_people_say_it(app, minutes, working, text):
    with spoken("en"):
        assert length(minutes, working) == text


def test_times_allowed_change_appear_and_go(admin, database):
    page = admin.submit(admin.get("/desk/catalog/sla/edit"), S3_resolve_minutes="1440", S4_callback_minutes="960", S1_update_minutes="",
                        S2_sign_kind="clock")
    assert "24 working h" in page.text
    assert queries.sla_rule("S3", "resolve").minutes == 1440
    assert (queries.sla_rule("S4", "callback").minutes, queries.sla_rule("S4", "callback").working) == (960, True)
    assert queries.sla_rule("S1", "update") is None
    assert queries.sla_rule("S2", "sign").working is False
    assert traces(database, "sla:S3.resolve") == [{"before": {"minutes": 2400}, "after": {"minutes": 1440}}]
    assert traces(database, "sla:S3.sign") == []


@pytest.mark.parametrize("typed", ["0", "-5", "x", "99999999"])
def test_a_time_that_cannot_be_meant(admin, database, typed):
    page = admin.submit(admin.get("/desk/catalog/sla/edit"), S3_resolve_minutes=typed)
    assert "thing to fix" in page.text
    assert queries.sla_rule("S3", "resolve").minutes == 2400
    assert database.session.scalar(database.select(database.func.count()).select_from(SlaRule)) == 32


def test_a_code_is_added_renamed_and_switched_off(admin, database):
    page = admin.get("/desk/catalog/codes?list=remedy")
    admin.submit(page, action="/codes/remedy", code="visited", name_zh="上门", name_en="Visited")
    assert queries.codes("remedy")[-1].code == "visited"
    admin.submit(admin.get("/desk/catalog/codes/remedy/visited"), name_en="Somebody went there", active=None)
    assert database.session.get(Code, ("remedy", "visited")).name_en == "Somebody went there"
    assert "visited" not in [code.code for code in queries.codes("remedy")]
    assert len(traces(database, "code:remedy.visited")) == 2


@pytest.mark.parametrize(("code", "said"), [("none", "is taken"), ("Two Words", "small letters"), ("", "Give it a code")])
def test_a_code_that_cannot_be_added(admin, code, said):
    page = admin.submit(admin.get("/desk/catalog/codes?list=remedy"), action="/codes/remedy", code=code, name_zh="新", name_en="My typed name")
    assert said in page.text
    assert "My typed name" in page.html


def test_a_team_with_categories_cannot_be_switched_off(admin, database):
    page = admin.submit(admin.get("/desk/catalog/teams/logistics"), active=None)
    assert "Categories still belong to this team" in page.text
    assert builders.team("logistics").active


def test_a_new_team_can_be_switched_off(admin):
    admin.submit(admin.get("/desk/catalog/teams"), action="/catalog/teams", code="night", name_zh="夜班", name_en="Night shift")
    admin.submit(admin.get("/desk/catalog/teams/night"), active=None)
    assert "night" not in [team.code for team in queries.teams()]


def test_the_rules_of_escalation_are_changed_with_a_trace(app, database):
    admin = PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))
    assert "125%" in admin.get("/desk/catalog/escalation").text
    page = admin.submit(admin.get("/desk/catalog/escalation/edit"), resolve_2="130", update_2="", sign_3="400")
    assert "130%" in page.text
    assert queries.escalation_rules()["resolve"] == {1: 100, 2: 130, 3: 150}
    assert queries.escalation_rules()["update"] == {1: 100}
    found = database.session.scalars(database.select(AuditEntry).where(AuditEntry.target.like("escalation:%")).order_by(AuditEntry.id)).all()
    assert {trace.target for trace in found} == {"escalation:resolve.2", "escalation:update.2", "escalation:sign.3"}


@pytest.mark.parametrize(("fields", "words"), [
    ({"resolve_2": "90"}, "Resolve, level 2: write per cent"), ({"resolve_2": "soon"}, "Resolve, level 2: write per cent"),
    ({"resolve_2": "150"}, "Resolve, level 3: a higher level comes later than the one beneath")])
def test_a_level_that_cannot_be_meant(app, database, fields, words):
    admin = PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))
    page = admin.submit(admin.get("/desk/catalog/escalation/edit"), **fields)
    assert words in page.text
    assert next(iter(fields.values())) in page.html
    assert queries.escalation_rules()["resolve"] == {1: 100, 2: 125, 3: 150}


def test_managers_read_the_rules_and_only_administrators_change_them(app, database):
    manager = PageClient(app).sign_in(builders.staff(roles=("manager",), leads=True))
    assert "Who hears of a level" in manager.get("/desk/catalog/escalation").text
    manager.get("/desk/catalog/escalation/edit", status=403)
    PageClient(app).sign_in(builders.staff(roles=("handler",))).get("/desk/catalog/escalation", status=403)
