"""The triage desk: something else is told beside the matter, and one key says what becomes of it."""
import pytest

from core import clock
from core.db import db
from tests.builders import opened, staff
from tests.pages import PageClient
from tickets.models import Ticket
from tickets.services import second_matters
from triage.models import TriageProposal

LATE, RUDE = "It came two days late,", "and the driver shouted at my wife."
TEXT = f"{LATE} {RUDE}"


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def compliance(app, database):
    return PageClient(app).sign_in(staff(roles=("compliance",), in_team="compliance", certificates={}))


def told(leaf: str = "SVC.MANNER", words: str = RUDE, **opening) -> tuple[Ticket, str]:
    made = opened(**({"text": TEXT} | opening))
    (matter,) = second_matters.propose(made, [(leaf, words, 0.93)])
    return made, str(matter.id)


def press(page, made: Ticket, step: str, client: PageClient, **typed):
    return client.submit(page, f"/triage/{made.case_no}", button=f"step={step}", **typed)


def linked(made: Ticket) -> Ticket | None:
    return second_matters.of(made)[0].linked


def typed(page) -> str:
    """What stands in the field for the words of another matter."""
    return next(field for field in page.tree.all("textarea") if field.get("id") == "also-words").text.strip()


def test_it_is_shown_with_its_words_and_category(hotline):
    told()
    page = hotline.get("/desk/triage")
    assert "Also told here" in page.text
    assert RUDE in page.text
    assert "93%" in page.text
    assert [b.get("data-key") for b in page.tree.all("button") if b.text.startswith(("Its own", "Answer along", "No matter"))] == ["T", "W", "D"]


def test_one_key_makes_it_a_ticket_of_its_own_and_the_matter_stays(hotline):
    made, number = told()
    page = press(hotline.get("/desk/triage"), made, f"own:{number}", hotline, wish="typed already")
    other = linked(made)
    assert "It has a ticket of its own now" in page.text
    assert "typed already" in page.html
    assert (other.state, other.leaf_code, other.team.code) == ("dispatched", "SVC.MANNER", other.leaf.team.code)
    assert made.state == "received"
    assert f'value="own:{number}"' not in page.html


def test_the_category_can_be_changed_with_the_same_key(hotline):
    made, number = told()
    press(hotline.get("/desk/triage"), made, f"own:{number}", hotline, **{f"second-leaf-{number}": "DLV.COUNT"})
    assert linked(made).leaf_code == "DLV.COUNT"


def test_along_and_no_matter(hotline):
    for step, standing in (("along", "along"), ("drop", "refused")):
        made, number = told("DLV.COUNT")
        press(hotline.get(f"/desk/triage?case={made.case_no}"), made, f"{step}:{number}", hotline)
        assert [m.standing for m in second_matters.of(made)] == [standing]


def test_what_the_machine_did_not_see_is_entered_by_hand(hotline):
    made = opened(text=TEXT)
    page = press(hotline.get("/desk/triage"), made, "also", hotline, **{"also-leaf": "SVC.MANNER", "also-words": RUDE})
    (matter,) = second_matters.of(made)
    assert (matter.leaf_code, matter.words, matter.standing) == ("SVC.MANNER", RUDE, "proposed")
    assert "Also told here" in page.text
    assert typed(page) == ""
    press(page, made, f"own:{matter.id}", hotline)
    assert linked(made).leaf_code == "SVC.MANNER"


@pytest.mark.parametrize(("leaf", "words", "said"), [("", RUDE, "Choose the category of the other matter."), ("SVC.MANNER", " ", "words")])
def test_half_entered_it_is_asked_for_and_what_was_typed_stays(hotline, leaf, words, said):
    made = opened(text=TEXT)
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=also", status=422, **{"also-leaf": leaf, "also-words": words})
    assert said in page.text
    assert typed(page) == words.strip()
    assert second_matters.of(made) == []


def test_nothing_is_dispatched_before_it_is_decided(hotline):
    made, number = told()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=dispatch", status=422, leaf="DLV.LATE", severity="S3", desired_outcome="goods")
    assert "First say what becomes of it" in page.text
    page = press(page, made, f"drop:{number}", hotline)
    hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", leaf="DLV.LATE", severity="S3", desired_outcome="goods")
    assert made.state == "dispatched"


def test_pressed_twice_it_is_one_ticket(hotline):
    made, number = told()
    page = hotline.get("/desk/triage")
    press(page, made, f"own:{number}", hotline)
    hotline.submit(page, f"/triage/{made.case_no}", button=f"step=own:{number}", status=422)
    assert db.session.scalar(db.select(db.func.count()).select_from(Ticket)) == 2


def test_a_sealed_one_takes_the_ticket_with_it_and_the_open_rest_leaves(hotline, compliance):
    made, number = told("SVC.CONDUCT", "He asked me for a Quarzwort.", text=f"{LATE} He asked me for a Quarzwort.")
    page = hotline.get("/desk/triage")
    hotline.submit(page, f"/triage/{made.case_no}", button=f"step=own:{number}", status=422)  # nobody knows yet what the rest is
    with_main(made)
    page = press(page, made, f"own:{number}", hotline)
    other = linked(made)
    assert (made.sealed, made.leaf_code, made.state) == (True, "SVC.CONDUCT", "received")
    assert (other.sealed, other.subject, other.state) == (False, LATE.rstrip(","), "received")
    hotline.get(f"/desk/tickets/{made.case_no}", 404)
    text = hotline.get(f"/desk/tickets/{other.case_no}").text + hotline.get(f"/desk/triage?case={other.case_no}").text
    assert "Quarzwort" not in text
    assert "told with" not in text.lower()
    assert "Also told here" in compliance.get(f"/desk/triage?case={made.case_no}").text
    assert page.status == 200


def test_what_has_left_a_sealed_matter_is_no_longer_proposed_for_it(hotline, compliance):
    made, number = told("SVC.CONDUCT", RUDE)
    with_main(made)
    press(hotline.get("/desk/triage"), made, f"own:{number}", hotline)
    page = compliance.get(f"/desk/triage?case={made.case_no}")
    assert [button.get("value") for button in page.tree.all("button") if button.get("value").startswith("pick:")] == ["pick:SVC.CONDUCT"]
    assert "90%" not in page.text


def test_a_sealed_matter_goes_to_nobody_who_may_not_see_it(compliance):
    made = opened(TEXT, kind="report")
    page = compliance.submit(compliance.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=dispatch", status=422,
                             leaf="DLV.LATE", severity="S3", desired_outcome="goods")
    assert "nobody who handles this category may see it" in page.text
    db.session.refresh(made)
    assert (made.state, made.sealed) == ("received", True)


def with_main(made: Ticket) -> None:
    """What triage would have read."""
    db.session.add(TriageProposal(ticket_id=made.id, at=clock.now(), ranking=[{"leaf": "DLV.LATE", "p": 0.9}], severity="S3", hits=[], facts={}, outcome="goods"))
    db.session.flush()
