"""The page of the lines: refused requests, doors with their numbers, comparisons; who may look, and that looking is recorded."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import clock, i18n
from core.audit import AuditEntry
from core.db import db
from desk.hotline import words
from gateways import quarantine
from gateways.line import LineFailure
from gateways.models import Quarantined
from gateways.recording_line import RecordingLine
from hotline.models import Reconciliation
from tests import builders
from tests.gateways.doors import PATH, signed, trial_door
from tests.pages import PageClient

HELLO = {"MessageSid": "SM1", "From": "+12025550177", "Body": "货没到 <b>"}


@pytest.fixture
def taken(app, database):
    with trial_door(app) as taken:
        yield taken


@pytest.fixture
def admin(app, database, taken):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


def refused(app, base="https://other.test", secret=None, **fields) -> Quarantined:
    more = {"secret": secret} if secret else {}
    app.test_client().post(f"/hooks/{PATH}", **signed(HELLO | fields, base=base, **more))
    return db.session.scalars(select(Quarantined).order_by(Quarantined.id.desc())).first()


def actions():
    return [entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)) if entry.action.startswith("knock.")]


def test_all_is_well(admin):
    page = admin.get("/desk/hotline", links=True)
    for said in ("No refused request waits", "http://redress.test/hooks/trial/box", "No account is connected"):
        assert said in page.text


def test_a_refused_request_is_listed_without_its_words(app, admin):
    refused(app)
    page = admin.get("/desk/hotline", links=True)
    assert "The signature does not fit" in page.text
    assert "+1××××0177" in page.text
    assert "货没到" not in page.html
    assert "2025550177" not in page.html


def test_the_navigation_says_how_many_wait(app, admin):
    refused(app)
    refused(app)
    assert "Lines 2" in admin.get("/desk/settings").text


def test_one_is_read_in_full_and_that_is_recorded(app, admin):
    row = refused(app)
    page = admin.get(f"/desk/hotline/refused/{row.id}", links=True)
    assert "货没到 <b>" in page.text
    assert "+12025550177" in page.text
    assert actions() == ["knock.seen"]


@pytest.mark.parametrize(("how", "says"), [
    ({}, "Nothing proves that the provider sent it."), ({"base": "http://localhost"}, "It was signed for http://localhost."),
    ({"secret": "another"}, "Nothing proves")])
def test_it_says_what_is_probably_wrong(app, admin, how, says):
    assert says in admin.get(f"/desk/hotline/refused/{refused(app, **how).id}").text


def test_after_the_setting_is_mended_the_real_ones_are_marked(app, admin, monkeypatch):
    row = refused(app, base="http://localhost")
    assert "its proof holds now" not in admin.get("/desk/hotline").text
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "http://localhost")
    assert "its proof holds now" in admin.get("/desk/hotline").text
    assert "Its proof holds now." in admin.get(f"/desk/hotline/refused/{row.id}").text


@pytest.mark.parametrize(("button", "state", "count"), [("do=admit", "admitted", 1), ("do=discard", "discarded", 0)])
def test_one_is_decided(app, admin, taken, button, state, count):
    row = refused(app)
    page = admin.submit(admin.get(f"/desk/hotline/refused/{row.id}"), button=button)
    assert "No refused request waits" in page.text
    db.session.refresh(row)
    assert (row.state, len(taken)) == (state, count)
    again = admin.post(f"/desk/hotline/refused/{row.id}", do="admit")
    assert "Somebody has already decided" in again.text
    assert len(taken) == count


@pytest.mark.parametrize(("button", "said"), [("do=admit", "2 requests taken in."), ("do=discard", "2 requests discarded.")])
def test_many_at_once(app, admin, taken, button, said):
    rows = [refused(app, MessageSid=f"SM{number}") for number in range(3)]
    page = admin.submit(admin.get("/desk/hotline"), "/hotline/refused", button=button, pick=[rows[0].id, rows[1].id])
    assert said in page.text
    assert quarantine.waiting_count() == 1


def test_one_that_cannot_be_taken_in_does_not_hold_up_the_others(app, admin, taken):
    rows = [refused(app, MessageSid=f"SM{number}") for number in range(2)]
    rows[0].cut = True
    db.session.flush()
    page = admin.submit(admin.get("/desk/hotline"), "/hotline/refused", button="do=admit", pick=[row.id for row in rows])
    assert "Only the beginning of this request was kept" in page.text
    assert "1 request taken in." in page.text
    assert [row.state for row in rows] == ["waiting", "admitted"]


@pytest.mark.parametrize("fields", [{"do": "admit"}, {"do": "eat", "pick": "1"}, {"do": "admit", "pick": "x"}, {"do": "admit", "pick": "9" * 30},
                                    {"do": "admit", "pick": "999999"}])
def test_nonsense_decides_nothing(app, admin, taken, fields):
    refused(app)
    admin.post("/desk/hotline/refused", **fields)
    assert (quarantine.waiting_count(), taken) == (1, [])


@pytest.mark.parametrize(("body", "content_type"), [(b"\xff\x00", "text/plain"), (b'{"a": {"b": [1]}, "c": "x"}', "application/json"), (b"", "")])
def test_whatever_came_can_be_looked_at(app, admin, body, content_type):
    app.test_client().post(f"/hooks/{PATH}", data=body, content_type=content_type)
    admin.get(f"/desk/hotline/refused/{db.session.scalars(select(Quarantined)).one().id}")


def test_doors_have_their_numbers_of_today_and_of_the_week(app, admin):
    with clock.frozen(clock.now() - timedelta(days=6)):
        quarantine.count("trial", taken=40)
    with clock.frozen(clock.now() - timedelta(days=8)):
        quarantine.count("trial", taken=100)
    app.test_client().post(f"/hooks/{PATH}", **signed(HELLO))
    refused(app)
    assert "1 (41) 1 (1) 0 (0)" in " ".join(admin.get("/desk/hotline").text.split())


def test_comparisons_and_their_faults_in_plain_words(app, admin, queue, monkeypatch):
    line = RecordingLine()
    monkeypatch.setitem(app.extensions, "lines", {"twilio": line})
    line.failures.append(LineFailure(20003, "Authenticate"))
    admin.submit(admin.get("/desk/hotline"), "/hotline/compare")
    assert ("reconcile",) in queue.waiting
    now = clock.now()
    db.session.add(Reconciliation(provider="twilio", since=now, began_at=now, ended_at=now, seen=7, error="calls 20003 Authenticate"))
    db.session.flush()
    page = admin.get("/desk/hotline")
    assert "Phone calls: The provider refuses our credentials" in page.text
    assert "No good comparison for twenty minutes: Twilio." in page.text


@pytest.mark.parametrize(("line", "begins"), [
    ("messages connection ConnectTimeout", "Text messages: The provider could not be reached"),
    ("calls 20500 Oops", "Phone calls: The provider answers with an error"),
    ("recordings RE1 ValueError", "Recordings: This one could not be taken in"), ("", ": This one")])
def test_every_fault_has_words(app, line, begins):
    with app.test_request_context(), i18n.spoken("en"):
        assert str(words.fault(line)[0]).startswith(begins)


def test_what_does_not_exist(admin):
    admin.get("/desk/hotline/refused/999999", status=404)
    admin.post("/desk/hotline/refused/999999", status=404, do="admit")


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "qa", "compliance", "liaison"])
def test_lines_are_for_administrators(app, database, role):
    client = PageClient(app).sign_in(builders.staff(roles=(role,)))
    client.get("/desk/hotline", status=403)
    client.get("/desk/hotline/refused/1", status=403)
    for path in ("/desk/hotline/refused", "/desk/hotline/refused/1", "/desk/hotline/compare"):
        client.post(path, status=403, do="admit", pick="1")


@pytest.mark.parametrize(("door", "name"), [
    ("twilio_sms", "Twilio: text messages"), ("twilio_call_status", "Twilio: news of calls"), ("twilio_voice", "Twilio: calls"),
    ("north_star_sms", "north_star: text messages"), ("trial", "trial")])
def test_doors_have_names_for_people(app, door, name):
    with app.test_request_context(), i18n.spoken("en"):
        assert words.door(door) == name
