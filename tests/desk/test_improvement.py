"""The improvement pages: who may see and act, the sheet in every state, exactly the tickets behind a figure, forms with what is missing."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from reporting.improvement import services
from reporting.improvement.models import ImprovementItem, TrendLook
from tests.builders import retailer, staff, who
from tests.pages import PageClient
from tests.reporting.improvement.stories import CHECK, FOUND, accepted, agreement, boss, found, inspector, judged, waiting
from tests.reporting.planting import FIRST, morning, plant

NOT_THEIRS = ["hotline", "handler", "liaison"]
SEE_ONLY = ["compliance", "admin"]
STEPS = ["propose", "accept", "reject", "plan", "give", "watch", "standardise", "reopen"]


@pytest.fixture(autouse=True)
def _frozen(database):
    with clock.frozen(morning(FOUND + 1)):
        yield


def signed_in(app, user):
    return PageClient(app).sign_in(user)


@pytest.fixture
def manager(app, database):
    return boss(name="Mina Boss")


@pytest.mark.parametrize("role", NOT_THEIRS)
def test_who_may_not_see(app, queue, role):
    item, client = found(queue), signed_in(app, staff(roles=(role,), certificates={}))
    for path in ("", f"/{item.id}", f"/{item.id}/tickets"):
        client.get(f"/desk/improvement{path}", status=403)


@pytest.mark.parametrize("role", [*NOT_THEIRS, *SEE_ONLY])
def test_who_may_not_act(app, queue, role):
    item, client = found(queue), signed_in(app, staff(roles=(role,), certificates={}))
    for step in STEPS:
        client.post(f"/desk/improvement/{item.id}/{step}", status=403)
    client.post(f"/desk/improvement/{item.id}/actions/1", status=403)
    db.session.refresh(item)
    assert item.state == "candidate"


@pytest.mark.parametrize("role", SEE_ONLY)
def test_those_who_only_look_are_offered_nothing(app, queue, role):
    item = found(queue)
    page = signed_in(app, staff(roles=(role,), certificates={})).get(f"/desk/improvement/{item.id}", links=True)
    assert [form for form in page.forms() if "/improvement/" in form.get("action")] == []


def test_what_does_not_exist(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    client.get("/desk/improvement/999999", status=404)
    client.post(f"/desk/improvement/{item.id}/actions/999999", status=404, **{"on": "2026-06-01"})
    for wrong in ("week=yesterday", "of=everything", "of=signal&round=nine"):
        client.get(f"/desk/improvement/{item.id}/tickets?{wrong}", status=404 if "round" not in wrong else 200)


def test_an_empty_list_says_whether_it_is_too_early(app, queue):
    client = signed_in(app, inspector())
    assert "Too early to tell" in client.get("/desk/improvement").text
    db.session.add(TrendLook(week=FIRST, at=clock.now(), charts=50, rose=0))
    text = client.get("/desk/improvement").text
    assert "No rise was found" in text
    assert "50 charts" in text


def test_the_list_shows_by_whose_turn_it_is(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    text = client.get("/desk/improvement", links=True).text
    assert "more complaints in east" in text
    assert item.number in text
    assert "Nothing in this view" in client.get("/desk/improvement?tab=confirm").text
    assert item.number in client.get("/desk/improvement?tab=decide").text


def test_the_sheet_tells_the_problem_and_every_point_leads_to_its_tickets(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    page = client.get(f"/desk/improvement/{item.id}", links=True)
    week = item.trigger_last.isoformat()
    assert page.html.count(f"tickets?week={week}") == 2  # the point, and the number beneath
    assert f'tabindex="-1" href="/desk/improvement/{item.id}/tickets?week={week}"' in page.html
    assert "vega.github.io" not in page.html
    assert "Logistics" in page.text
    shown = client.get(f"/desk/improvement/{item.id}/tickets?week={week}")
    assert "The goods came late." in shown.text


def test_nothing_is_approved_without_cause_criterion_and_date_and_what_was_typed_stays(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    page = client.get(f"/desk/improvement/{item.id}")
    refused = client.submit(page, action="/accept", **{"accept-title": "Late in the east", "accept-owner": 0, "accept-cause": "", "accept-whys": "",
                                                       "accept-most": "", "accept-check": ""})
    for words in ("Say who is responsible.", "Say which cause lies behind it.", "Ask why until", "Say how far the rate must fall", "Choose a day."):
        assert words in refused.text
    assert "Late in the east" in refused.html
    near = client.submit(refused, action="/accept", **{"accept-owner": manager.id, "accept-cause": "logistics", "accept-whys": "One van",
                                                       "accept-most": 70, "accept-check": morning(FOUND + 3).date()})
    assert "at least four weeks" in near.text
    db.session.refresh(item)
    assert item.state == "candidate"


def test_from_approval_to_the_watch_on_the_page(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    page = client.get(f"/desk/improvement/{item.id}")
    page = client.submit(page, action="/accept", **{"accept-title": "Late in the east", "accept-owner": manager.id,
                                                    "accept-whys": "One van\nOne rule"})
    assert "Approved. Now plan the actions." in page.text
    db.session.refresh(item)
    assert (item.cause_code, item.most, item.comparison_areas) == ("logistics", 0.7, ["west"])
    late = client.submit(page, action="/plan", **{"plan-text": "Part the routes", "plan-due": item.check_date + timedelta(days=1)})
    assert "before the check date" in late.text
    page = client.submit(late, action="/plan", **{"plan-due": item.check_date})
    assert "Begin the watch" not in page.text
    action = db.session.scalar(db.select(ImprovementItem)).actions[0]
    tomorrow = clock.now().date() + timedelta(days=1)
    refused = client.submit(page, action=f"/actions/{action.id}", **{f"done{action.id}-on": tomorrow})
    assert "cannot have been done in the future" in refused.text
    page = client.submit(page, action=f"/actions/{action.id}")
    page = client.submit(page, action="/watch")
    assert "Under watch" in page.text
    db.session.refresh(item)
    assert item.state == "waiting"


def test_somebody_else_becomes_responsible(app, queue, manager):
    item, other = accepted(queue, manager), boss()
    client = signed_in(app, manager)
    page = client.submit(client.get(f"/desk/improvement/{item.id}"), action="/give", **{"give-owner": other.id})
    assert "Given to somebody else." in page.text
    db.session.refresh(item)
    assert item.owner_id == other.id
    item.state, item.ended_at, item.reason = "rejected", clock.now(), "x"
    assert "changed here" in client.submit(page, action="/give", **{"give-owner": manager.id}).text


def test_rejecting_needs_a_reason(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    refused = client.submit(client.get(f"/desk/improvement/{item.id}"), action="/reject", **{"reject-reason": " "})
    assert "Please give a reason." in refused.text
    page = client.submit(refused, action="/reject", **{"reject-reason": "The road was closed"})
    assert "The road was closed" in page.text
    assert page.forms() == [form for form in page.forms() if "/improvement/" not in form.get("action")]


def test_qa_proposes(app, queue, manager):
    item, client = found(queue), signed_in(app, inspector())
    page = client.submit(client.get(f"/desk/improvement/{item.id}"), action="/propose", **{"propose-title": "Look at the east"})
    assert page.heading == "Look at the east"
    assert "Proposed. The managers decide." in page.text


def test_qa_confirms_the_verdict_and_the_sheet_says_it_in_its_title(app, queue, manager):
    item, qa = judged(queue, manager, agreed=agreement(comparison_areas=("west",))), inspector()
    with clock.frozen(morning(CHECK)):
        client = signed_in(app, qa)
        page = client.get(f"/desk/improvement/{item.id}", links=True)
        assert page.heading == "Late deliveries doubled in the east: it helped"
        assert "computed; not confirmed yet" in page.text
        refused = client.submit(page, action="/standardise", **{"standardise-lesson": ""})
        assert "Say what becomes the rule" in refused.text
        page = client.submit(refused, action="/standardise", **{"standardise-lesson": "Count the stops, not the miles"})
        assert "Count the stops, not the miles" in page.text
        assert f"confirmed by {qa.name}" in page.text
        assert item.number in client.get("/desk/improvement?tab=ended").text


def test_the_owner_is_not_offered_the_confirmation_and_cannot_force_it(app, queue):
    both = staff(roles=("manager", "qa"), leads=True, certificates={})
    item = judged(queue, both)
    with clock.frozen(morning(CHECK)):
        client = signed_in(app, both)
        assert "Confirm and standardise" not in client.get(f"/desk/improvement/{item.id}").text
        forced = client.post(f"/desk/improvement/{item.id}/standardise", **{"standardise-lesson": "I was right"})
        assert "somebody whose work it was not" in forced.text
    db.session.refresh(item)
    assert item.state == "verdict"


def test_what_did_not_help_goes_into_a_new_round(app, queue, manager):
    item = judged(queue, manager, after=[30, 28, 33, 29, 31, 26, 30, 34, 29, 31, 30, 28, 32, 30])
    with clock.frozen(morning(CHECK)):
        client = signed_in(app, inspector())
        page = client.get(f"/desk/improvement/{item.id}")
        assert "it did not help" in page.heading
        assert "Confirm and standardise" not in page.text
        page = client.submit(page, action="/reopen", **{"reopen-reason": "Another cause"})
        assert "Another cause" in page.text
        again = signed_in(app, manager).get(f"/desk/improvement/{item.id}", links=True)
        assert "Not effective" in again.text
        assert again.form("/accept")


def test_whoever_was_quicker_is_told_so(app, queue, manager):
    item, client = found(queue), signed_in(app, manager)
    page = client.get(f"/desk/improvement/{item.id}")
    client.submit(page, action="/reject", **{"reject-reason": "first"})
    late = client.submit(page, action="/reject", **{"reject-reason": "second"})
    assert "changed here in the meantime" in late.text


def test_tickets_that_the_reader_may_not_see_are_counted_but_not_shown(app, queue, manager):
    plant(retailer(area="east", shop_name="Secret Shop"), [0] * (FOUND - 1) + [2], confidential=True, subject="Keep my name")
    item = found(queue)
    path = f"/desk/improvement/{item.id}/tickets"
    seen = signed_in(app, manager).get(path).text
    assert "2 more are counted that you may not see" in seen
    assert "Keep my name" not in seen
    other = signed_in(app, staff(roles=("manager",), in_team="marketing", leads=True, certificates={}))
    assert "No ticket to show" in other.get(path).text
    with_hotline = signed_in(app, staff(roles=("qa", "hotline"), in_team="quality", certificates={})).get(f"{path}?week={item.trigger_last}")
    assert "may not see" not in with_hotline.text


def test_the_frozen_numbers_and_their_lists_agree(app, queue, manager):
    item = judged(queue, manager)
    events = item.verdict.numbers["after"]["events"]
    with clock.frozen(morning(CHECK)):
        page = signed_in(app, manager).get(f"/desk/improvement/{item.id}/tickets?of=after&round=1")
    assert f"{events} tickets" in page.text
    assert f"Page 1 of {-(-events // 50)}" in page.text


def test_the_causes_lead_to_their_tickets(app, queue, manager):
    item = accepted(queue, manager)
    client = signed_in(app, manager)
    assert "Nothing" not in client.get(f"/desk/improvement/{item.id}/tickets?of=signal&cause=logistics").heading
    assert "No ticket to show" in client.get(f"/desk/improvement/{item.id}/tickets?of=signal&cause=-").text


def test_the_number_beside_the_navigation_is_whose_turn_it_is(app, queue, manager):
    item = found(queue)
    for user, said in ((manager, "Improvement items1"), (inspector(), "Improvement items")):
        text = signed_in(app, user).get("/desk/notices").text.replace(" ", "")
        assert said.replace(" ", "") in text
        assert (said.replace(" ", "") + "1" in text) is False
    assert item.state == "candidate"


@pytest.mark.parametrize("make", [found, waiting, judged])
def test_the_sheet_stands_in_chinese_in_every_state(app, queue, manager, make):
    item = make(queue) if make is found else make(queue, manager)
    page = signed_in(app, manager).get(f"/desk/improvement/{item.id}?lang=zh")
    assert '<html lang="zh-CN">' in page.html


def test_a_step_of_another_state_is_refused(app, queue, manager):
    item, client = accepted(queue, manager), signed_in(app, manager)
    assert "changed here" in client.post(f"/desk/improvement/{item.id}/watch").text
    with pytest.raises(Exception, match="wrong_state"):
        services.reject(item, who(manager), "no")
