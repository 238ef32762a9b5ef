"""The triage desk: what is shown, and each step that a key stands for."""
import pytest

from tests.builders import opened, retailer, staff, ticket
from tests.pages import PageClient


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def compliance(app, database):
    return PageClient(app).sign_in(staff(roles=("compliance",), in_team="compliance", certificates={}))


def test_the_empty_queue_says_what_it_means(hotline):
    assert "Nothing waits for a decision" in hotline.get("/desk/triage").text


def test_the_queue_shows_the_words_and_the_shop(hotline):
    made = opened("Two cartons are missing, order 2611180732, that is 1,260 yuan", shop=retailer(shop_name="Harbour Corner"))
    page = hotline.get("/desk/triage", links=True)
    assert "Harbour Corner" in page.text
    assert "Two cartons are missing" in page.text
    assert 'value="2611180732"' in page.html
    assert 'value="1260"' in page.html
    assert made.contact_phone not in page.html


def test_one_form_dispatches(hotline, queue):
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=dispatch", leaf="DLV.LATE", severity="S2", desired_outcome="goods")
    assert "was dispatched to Logistics" in page.text
    assert (made.state, made.leaf_code, made.severity, made.desired_outcome) == ("dispatched", "DLV.LATE", "S2", "goods")
    assert ("route", made.id) in queue.waiting


def test_an_incomplete_form_comes_back_with_what_was_typed(hotline):
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=dispatch", status=422, leaf="", wish="two cartons, please")
    assert "Choose a category." in page.text
    assert "two cartons, please" in page.html
    assert made.state == "received"


def test_a_question_pauses_the_matter(hotline):
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=ask", questions="Which day was it?")
    assert made.state == "needs_info"
    assert "Which day was it?" in made.messages[-1].body
    assert "is asked" in page.text


def test_an_empty_question_is_refused(hotline):
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=ask", status=422)
    assert "Write what you want to know" in page.text
    assert made.state == "received"


def test_noise_is_put_aside(hotline):
    made = opened("wrong number, sorry")
    hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=noise")
    assert (made.state, made.leaf_code) == ("declined", "OTH.NOISE")


def test_doubles_are_merged(hotline):
    shop = retailer()
    first, second = opened("The goods have not come.", shop=shop), opened("Still nothing came!", shop=shop)
    page = hotline.get(f"/desk/triage?case={second.case_no}")
    assert "Perhaps the same matter" in page.text
    hotline.submit(page, f"/triage/{second.case_no}", button="step=merge", other=first.case_no)
    assert second.state == "merged"
    assert "Still nothing came!" in [m.body for m in first.messages]


def test_a_pair_kept_apart_is_not_proposed_again(hotline):
    shop = retailer()
    first, second = opened(shop=shop), opened(shop=shop)
    page = hotline.get(f"/desk/triage?case={second.case_no}")
    hotline.submit(page, f"/triage/{second.case_no}", button="step=not_double", other=first.case_no)
    assert "Perhaps the same matter" not in hotline.get(f"/desk/triage?case={second.case_no}").text


def test_a_word_seals_and_compliance_releases(hotline, compliance):
    made = opened("He demanded a red envelope, a bribe, or no goods.")
    assert made.sealed
    assert made.subject not in hotline.get("/desk/triage").text
    hotline.get(f"/desk/triage?case={made.case_no}", status=404)
    page = compliance.get("/desk/triage")
    assert made.subject in page.text
    compliance.submit(page, f"/triage/{made.case_no}", button="step=release")
    assert not made.sealed
    assert made.subject in hotline.get("/desk/triage").text


def test_compliance_does_not_triage_ordinary_matters(compliance):
    made = opened()
    assert made.subject not in compliance.get("/desk/triage").text


def test_a_handler_has_no_triage(app, database):
    PageClient(app).sign_in(staff()).get("/desk/triage", status=403)


def test_the_page_of_a_matter_decided_meanwhile_leads_to_its_ticket(hotline):
    made = ticket("dispatched")
    assert made.case_no in hotline.get(f"/desk/triage?case={made.case_no}").path


def test_a_complaint_is_entered_for_a_retailer(hotline, queue, database):
    from intake.models import IntakeRecord
    shop = retailer()
    page = hotline.submit(hotline.get("/desk/new"), channel="visit", text="The driver left the goods in the rain.", shop=shop.licence_no, read_back="y",
                          phone="138 0013 9999", language="en")
    queue.run()
    stored = database.session.scalar(database.select(IntakeRecord).where(IntakeRecord.channel == "visit"))
    assert stored.case_no in page.html.replace("<span>", "").replace("</span>", "")
    assert (stored.captured_by_id, stored.raw["phone"]) != (None, "138 0013 9999")
    made = database.session.get(type(opened()), stored.ticket_id)
    assert (made.retailer, made.channel, made.captured_by_id) == (shop, "visit", stored.captured_by_id)
    assert any(m.purpose == "ack" for m in made.messages)


def test_an_entry_with_a_wrong_number_keeps_the_words(hotline):
    page = hotline.submit(hotline.get("/desk/new"), status=422, text="The driver left the goods in the rain.", phone="138001", read_back="y")
    assert "The driver left the goods in the rain." in page.html
    assert "not complete" in page.text
