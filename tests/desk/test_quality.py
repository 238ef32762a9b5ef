"""QA's list: low scores first, judgements with their reason, and having a ticket handled again."""
import pytest

from core import clock
from core.db import db
from satisfaction.models import Survey
from tests.builders import retailer, staff, ticket
from tests.pages import PageClient
from tickets.models import QualityCheck


@pytest.fixture
def inspector(app, database):
    """QA, signed in."""
    return PageClient(app).sign_in(staff(roles=("qa",), in_team="quality", certificates={}))


def rated(text, score, state="answered", **more):
    made, now = ticket(state, text=text, **more), clock.now()
    db.session.add(Survey(ticket_id=made.id, round=1, created_at=now, send_after=now, score=score, scored_at=now))
    db.session.flush()
    return made


def checks(made):
    return db.session.scalars(db.select(QualityCheck).filter_by(ticket_id=made.id).order_by(QualityCheck.id)).all()


def test_low_scores_stand_first(inspector):
    for text, score in (("Fine", 5), ("Bad", 1), ("Middling", 3)):
        rated(text, score)
    text = inspector.get("/desk/quality").text
    assert text.index("Bad") < text.index("Middling") < text.index("Fine")


def test_a_judgement_is_kept_and_leaves_the_list_of_what_is_to_check(inspector):
    made = rated("Judge me", 5)
    page = inspector.get(f"/desk/quality/{made.case_no}")
    after = inspector.submit(page, action=made.case_no, passed="yes", note="clear and complete")
    assert "Judge me" not in after.text
    assert [(check.passed, check.note) for check in checks(made)] == [(True, "clear and complete")]
    assert "Judge me" in inspector.get("/desk/quality?tab=all").text


def test_failed_needs_a_reason_and_keeps_the_choice(inspector):
    made = rated("Judge me", 2)
    shown = inspector.submit(inspector.get(f"/desk/quality/{made.case_no}"), action=made.case_no, passed="no", note=" ")
    assert "Say what was wrong" in shown.text
    assert checks(made) == []
    inspector.submit(shown, action=made.case_no, passed="no", note="promises what it may not")
    assert "Judge me" in inspector.get("/desk/quality?tab=failed").text


def test_judging_again_replaces_the_judgement(inspector):
    made = rated("Judge me", 4)
    for passed, note in (("no", "too long"), ("yes", "after all")):
        inspector.submit(inspector.get(f"/desk/quality/{made.case_no}"), action=made.case_no, passed=passed, note=note)
    assert [(check.passed, check.note) for check in checks(made)] == [(True, "after all")]


@pytest.mark.parametrize("state", ["answered", "closed"])
def test_qa_sends_a_ticket_to_be_handled_again_with_a_reason(inspector, state):
    made = rated("Again please", 1, state)
    page = inspector.get(f"/desk/quality/{made.case_no}")
    refused = inspector.submit(page, action="/redo", reason="")
    assert "Give a reason." in refused.text
    inspector.submit(refused, action="/redo", reason="the question was not answered")
    db.session.refresh(made)
    assert (made.state, made.redos) == ("in_progress", 1)


def test_the_redo_is_refused_in_words_when_somebody_was_quicker(inspector):
    made = rated("Again please", 1)
    page = inspector.get(f"/desk/quality/{made.case_no}")
    inspector.submit(page, action="/redo", reason="first")
    late = inspector.submit(page, action="/redo", reason="second")
    assert "changed here in the meantime" in late.text
    assert "second" in late.html


def test_qa_does_not_see_who_it_was_when_the_name_is_confidential(inspector):
    made = ticket("answered", shop=retailer(shop_name="Secret Shop"), confidential=True)
    for path in ("/desk/quality", f"/desk/quality/{made.case_no}"):
        assert "Secret Shop" not in inspector.get(path).html


def test_sealed_tickets_do_not_exist_for_qa(inspector):
    made = ticket("answered", text="They smuggle at night", leaf="RPT.ILLICIT")
    assert "smuggle" not in inspector.get("/desk/quality?tab=all").text
    inspector.get(f"/desk/quality/{made.case_no}", status=404)
    inspector.post(f"/desk/quality/{made.case_no}/redo", status=404, reason="x")


@pytest.mark.parametrize("role", ["hotline", "handler", "manager", "compliance", "liaison", "admin"])
def test_nobody_else_judges(app, database, role):
    made, client = rated("Judge me", 5), PageClient(app).sign_in(staff(roles=(role,), certificates={}))
    client.get("/desk/quality", status=403)
    client.get(f"/desk/quality/{made.case_no}", status=403)
    client.post(f"/desk/quality/{made.case_no}", status=403, passed="yes")
    client.post(f"/desk/quality/{made.case_no}/redo", status=403, reason="x")
    assert checks(made) == []
