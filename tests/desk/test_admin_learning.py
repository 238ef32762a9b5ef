"""The pages about what triage has learned and which words count."""
import pytest

from core.db import db
from tests.builders import staff
from tests.pages import PageClient
from tests.triage.small import small_model
from triage import learning, queries
from triage.duplicates import queries as compared
from triage.models import TriageCue, TriageModel


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(staff(roles=("admin",), in_team=None, certificates={}))


def test_without_a_model_the_page_says_so(admin):
    assert "Nothing has been learned yet" in admin.get("/desk/catalog/learning").text


def test_versions_are_listed_and_one_click_goes_back(admin):
    first = small_model()
    second = learning.learn()
    page = admin.get("/desk/catalog/learning", links=True)
    assert f"version {second.id}" in page.text
    page = admin.submit(page, f"/learning/{first.id}/live")
    assert queries.live_model().id == first.id
    assert f"Version {first.id} is in use" in page.text


def test_a_version_without_its_model_cannot_be_used(admin):
    model = small_model()
    model.blob, model.live = b"", False
    db.session.flush()
    admin.post(f"/desk/catalog/learning/{model.id}/live", status=404)
    admin.post("/desk/catalog/learning/999999/live", status=404)


def test_learn_now_starts_a_job(admin, queue):
    small_model()
    admin.submit(admin.get("/desk/catalog/learning"), "/catalog/learning")
    assert ("relearn_triage",) in queue.waiting
    queue.run()
    assert db.session.scalar(db.select(db.func.count()).select_from(TriageModel)) == 2


def test_words_that_count_are_edited(admin):
    page = admin.get("/desk/catalog/cues", links=True)
    assert "Somebody's safety" in page.text
    admin.submit(admin.get("/desk/catalog/cues/severity/safety"), words="  受伤 \nhurt\n\nhurt", severity="S2")
    row = db.session.get(TriageCue, ("severity", "safety"))
    assert (row.words, row.severity) == (["受伤", "hurt"], "S2")


def test_the_words_of_an_outcome_have_no_severity(admin):
    page = admin.get("/desk/catalog/cues/outcome/money")
    assert 'name="severity"' not in page.html
    admin.get("/desk/catalog/cues/outcome/nothing", status=404)


def test_what_is_spoken_of_is_edited(admin):
    assert "Late or not come" in admin.get("/desk/catalog/cues").text
    page = admin.get("/desk/catalog/cues/subject/late")
    assert 'name="severity"' not in page.html
    admin.submit(page, words="没到\nstood empty", common="y")
    (late,) = (one for one in compared.vocabulary().subjects if one.code == "late")
    assert (late.words, late.common) == (("没到", "stood empty"), True)


def test_managers_look_and_only_administrators_change(app, database):
    small_model()
    manager = PageClient(app).sign_in(staff(roles=("manager",), leads=True, certificates={}))
    assert "Learn now" not in manager.get("/desk/catalog/learning").text
    manager.post("/desk/catalog/learning", status=403)
    manager.get("/desk/catalog/cues/severity/safety", status=403)
    PageClient(app).sign_in(staff()).get("/desk/catalog/learning", status=403)
