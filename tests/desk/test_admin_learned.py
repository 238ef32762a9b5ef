"""The page of what was learned: by category and by month, with the tickets behind, and nothing of what is sealed."""
from datetime import date

import pytest

from core.db import db
from tests.builders import opened, staff
from tests.pages import PageClient
from tests.triage.small import PLAIN, run, small_model
from triage import drift, queries
from triage.models import TriageProposal


@pytest.fixture
def manager(app, database):
    return PageClient(app).sign_in(staff(roles=("manager",), leads=True, certificates={}))


def test_each_category_says_what_it_was_taken_for(manager):
    model = small_model()
    model.confusion = {"DLV.LATE": {"DLV.LATE": 30, "PAY.DEBIT": 9, "SVC.CONDUCT": 7, "DLV.COUNT": 4}}
    db.session.flush()
    page = manager.get("/desk/catalog/learning", links=True)
    assert "60.0%" in page.text
    late = page.text[page.text.index("DLV.LATE"):]
    assert "taken for" in late
    assert late.index(" 9") < late.index(" 4")
    assert "9</span>、" in manager.get("/desk/catalog/learning?lang=zh").html


def test_on_a_phone_each_number_of_a_version_says_what_it_is(manager):
    small_model()
    page = manager.get("/desk/catalog/learning")
    for name in ("Examples", "Right", "Without a person", "Wrong"):
        assert f'data-label="{name}"' in page.html


def test_of_sealed_categories_nothing_is_measured(manager):
    model = small_model()
    model.confusion = {"SVC.CONDUCT": {"SVC.CONDUCT": 61, "DLV.LATE": 17}, "DLV.LATE": {"DLV.LATE": 1, "SVC.CONDUCT": 73}}
    db.session.flush()
    page = manager.get("/desk/catalog/learning")
    row = page.html[page.html.index("SVC.CONDUCT"):]
    assert "sealed: nothing is shown" in row[:row.index("</tr>")]
    assert not {"17", "73", "78.2%"} & set(page.text.split())


def test_a_number_of_a_month_leads_to_its_tickets(manager, queue):
    small_model(threshold=0.5)
    made = opened(PLAIN, language="zh")
    run(queue)
    assert queries.proposal(made).automatic
    month = drift.months()[-1].first.isoformat()
    page = manager.get("/desk/catalog/learning", links=True)
    assert f"/catalog/learning/automatic/{month}" in page.html
    assert made.subject in manager.get(f"/desk/catalog/learning/automatic/{month}").text
    assert "No ticket to show" in manager.get(f"/desk/catalog/learning/corrected/{month}").text


def test_two_months_are_a_picture(manager, queue):
    small_model(threshold=0.5)
    opened(PLAIN, language="zh")
    opened(PLAIN + "啊", language="zh", contact_phone="+8613900001111")
    run(queue)
    first = db.session.scalar(db.select(TriageProposal).limit(1))
    first.at = first.at.replace(year=first.at.year - 1)
    db.session.flush()
    page = manager.get("/desk/catalog/learning", links=True)
    assert page.html.count("<svg viewBox") >= 1
    last_year = date.today().year - 1
    assert f"{first.at:%b} {last_year}" in page.text
    assert f"{last_year}年{first.at.month}月" in manager.get("/desk/catalog/learning?lang=zh").text


@pytest.mark.parametrize("address", ["automatic/2026-13-01", "automatic/soon", "sealed/2026-11-01"])
def test_what_does_not_exist_is_not_found(manager, address):
    manager.get(f"/desk/catalog/learning/{address}", status=404)
