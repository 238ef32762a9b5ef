"""Proposals on the triage desk: shown, confirmed or corrected by one key."""
import pytest

from core.db import db
from tests.builders import opened, staff
from tests.pages import PageClient
from tests.triage.small import PLAIN, run, small_model
from triage import queries
from triage.models import TriageExample


@pytest.fixture
def hotline(app, database):
    small_model(threshold=1.0)
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def unsure(hotline, queue):
    made = opened(PLAIN, language="zh")
    run(queue)
    return made


def press(hotline, made, button, **fields):
    return hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button=f"step={button}", **fields)


def test_three_categories_and_the_reason_to_ask_are_shown(hotline, unsure):
    page = hotline.get("/desk/triage", links=True)
    assert page.html.count('value="pick:') == 3
    assert "Late delivery" in page.text or "delivery" in page.text.lower()
    lower = min(int(queries.proposal(unsure).facts["sure"] * 100), 99)
    assert f"is not sure enough: the lower one gives the first category {lower}%." in page.text


def test_one_key_confirms(hotline, unsure):
    press(hotline, unsure, "pick:DLV.LATE")
    proposal = queries.proposal(unsure)
    assert (unsure.state, unsure.leaf_code, unsure.desired_outcome) == ("dispatched", "DLV.LATE", "goods")
    assert (proposal.automatic, proposal.decided_leaf) == (False, "DLV.LATE")


def test_one_key_corrects_with_the_severity_of_that_category(hotline, unsure):
    press(hotline, unsure, "pick:DLV.COUNT")
    row = db.session.scalar(db.select(TriageExample).filter_by(ticket_id=unsure.id))
    assert (unsure.leaf_code, unsure.severity) == ("DLV.COUNT", "S2")
    assert (row.leaf_code, row.corrects) == ("DLV.COUNT", "DLV.LATE")


def test_a_category_that_does_not_exist_is_refused(hotline, unsure):
    hotline.post(f"/desk/triage/{unsure.case_no}", status=422, step="pick:NO.SUCH", leaf="DLV.LATE", severity="S3", desired_outcome="goods")
    assert unsure.state == "received"


def test_the_form_starts_with_the_proposal(hotline, unsure):
    page = hotline.get("/desk/triage")
    assert '<option data-severity="S3" selected value="DLV.LATE">' in page.html
    assert 'value="星期二"' in page.html


def test_the_head_counts_what_went_unseen(hotline, queue):
    small_model(threshold=0.3)
    opened(PLAIN, language="zh")
    run(queue)
    assert "Dispatched today without a person: 1, corrected: 0." in hotline.get("/desk/triage").text


def test_the_head_counts_only_what_its_reader_may_see(app, hotline, queue):
    small_model(threshold=0.3)
    opened(PLAIN, language="zh")
    run(queue)
    liaison = PageClient(app).sign_in(staff(roles=("liaison",), in_team="enforcement", certificates={}))
    assert "Dispatched today without a person" not in liaison.get("/desk/triage").text


def test_noise_is_put_aside_by_one_key(hotline, queue):
    made = opened("你好，是张阿姨吗？我是小陈，今晚来我家吃饭啊", language="zh")
    run(queue)
    press(hotline, made, "pick:OTH.NOISE")
    assert (made.state, made.leaf_code) == ("declined", "OTH.NOISE")


def test_the_word_after_dispatch_leads_to_the_ticket(hotline, unsure):
    page = press(hotline, unsure, "pick:DLV.LATE")
    note = next(one for one in page.tree.all("div") if "rd-note--ok" in one.attrs.get("class", ""))
    assert [link.attrs["href"] for link in note.all("a")] == [f"/desk/tickets/{unsure.case_no}"]


def test_enter_in_a_field_dispatches_what_is_chosen_and_not_the_first_proposal(hotline, unsure):
    form = hotline.get("/desk/triage").form(f"/triage/{unsure.case_no}")
    first = next(form.all("button"))  # browsers press the first button of a form for an Enter in a field
    assert (first.get("name"), first.get("value")) == ("step", "dispatch")
