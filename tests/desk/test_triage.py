"""The triage desk: what is shown, and each step that a key stands for."""
import pytest

from answers import queries as answer_queries
from core.db import db
from intake.models import IntakeRecord
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


def test_who_names_a_colleague_hands_it_to_others(hotline, queue):
    beside = staff(name="Grace Miller", roles=("hotline",), in_team="hotline", certificates={})
    made = opened("She hung up on me.", shop=retailer(tele_orderer_id=beside.id))
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=dispatch", leaf="SVC.MANNER", severity="S3",
                          desired_outcome="apology", named=[beside.id])
    assert "somebody near you" in page.text
    assert (made.state, made.named_ids, made.leaf_code) == ("received", [beside.id], "SVC.MANNER")
    hotline.get(f"/desk/tickets/{made.case_no}", 404)


def test_a_family_name_that_fits_nobody_for_sure_waits_with_those_who_bear_it(hotline, queue):
    somebody = staff(name="何建平", in_team="finance")
    opened("何经理不理我", shop=retailer())
    db.session.commit()
    queue.run()
    page = hotline.get("/desk/triage")
    assert "by a family name" in page.text
    assert f'value="{somebody.id}"' in page.html


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


def test_doubles_are_merged(hotline, queue):
    shop = retailer()
    first, second = opened("The goods have not come.", shop=shop), opened("Still nothing came!", shop=shop)
    db.session.commit()
    queue.run()
    page = hotline.get(f"/desk/triage?case={second.case_no}")
    assert "Perhaps the same matter" in page.text
    hotline.submit(page, f"/triage/{second.case_no}", button="step=merge", other=first.case_no)
    assert second.state == "merged"
    assert "Still nothing came!" in [m.body for m in first.messages]


def test_a_pair_kept_apart_is_not_proposed_again(hotline, queue):
    shop = retailer()
    first, second = opened(shop=shop), opened(shop=shop)
    db.session.commit()
    queue.run()
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


@pytest.fixture
def manager(app, database):
    return PageClient(app).sign_in(staff(roles=("manager",), leads=True, certificates={}))


def confidential(**columns):
    """A matter told in confidence, after an earlier one of the same shop, which has its driver."""
    driver = staff(name="Driver Dong", certificates={})
    shop = retailer(shop_name="Secret Shop", deliverer_id=driver.id)
    opened("An older matter", shop=shop)
    return opened("Please keep my name", shop=shop, confidential=True, name="Old Wang", phone="+8613800138777", **columns)


def test_whoever_may_not_know_the_retailer_learns_it_nowhere_in_triage(manager, hotline):
    made = confidential()
    address = f"/desk/triage?case={made.case_no}"
    hidden = manager.get(address).html.partition('id="matter"')[2]
    shown = hotline.get(address).html.partition('id="matter"')[2]
    for word in ("Secret Shop", "Driver Dong", "An older matter", f"{made.case_no}/raw"):
        assert word not in hidden, word
        assert word in shown, word
    assert "13800138777" not in shown


def test_the_arrival_of_others_in_confidence_is_not_offered_as_a_double(manager):
    made = confidential()
    plain = opened("Another matter of the same shop", shop=made.retailer)
    page = manager.get(f"/desk/triage?case={plain.case_no}").html.partition('id="matter"')[2]
    assert "An older matter" in page
    assert "Please keep my name" not in page


def test_a_sealing_category_hands_the_matter_over(hotline, compliance):
    made = opened()
    chosen = {"leaf": "SVC.CONDUCT", "severity": "S2", "desired_outcome": "goods"}
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=dispatch", **chosen)
    assert "is sealed now" in page.text
    assert (made.state, made.sealed, made.leaf_code) == ("received", True, "SVC.CONDUCT")
    assert made.subject in compliance.get("/desk/triage").text


@pytest.mark.parametrize("step", ["seal", "not_double"])
def test_what_was_dispatched_meanwhile_is_not_decided_again(hotline, step):
    made, other = ticket("dispatched"), opened()
    page = hotline.post(f"/desk/triage/{made.case_no}", step=step, other=other.case_no)
    assert "Something has changed here in the meantime" in page.text
    assert page.path == f"/desk/tickets/{made.case_no}"
    assert not made.sealed


def test_a_question_obeys_the_rules_of_every_text(hotline):
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=ask", status=422, questions="See http://elsewhere.example/x")
    assert "This cannot be sent like that" in page.text
    assert made.state == "received"


def test_without_an_approved_question_the_reason_is_said(hotline, database):
    while (version := answer_queries.first("ask", None)) is not None:
        version.status = "retired"
        database.session.flush()
    made = opened()
    page = hotline.submit(hotline.get("/desk/triage"), f"/triage/{made.case_no}", button="step=ask", status=422, questions="Which day was it?")
    assert "no approved standard answer" in page.text


def test_a_second_matter_after_the_back_button_is_not_swallowed(hotline, database):
    form = hotline.get("/desk/new")
    for text in ("The driver left the goods in the rain.", "The bill is wrong.", "The bill is wrong."):
        hotline.submit(form, text=text, read_back="y")
    texts = [row.raw["text"] for row in database.session.scalars(database.select(IntakeRecord).order_by(IntakeRecord.id))]
    assert texts == ["The driver left the goods in the rain.", "The bill is wrong."]


def test_what_a_machine_may_have_sent_is_marked(hotline):
    opened("Buy our lamps", suspect="honeypot")
    assert "Perhaps sent by a machine" in hotline.get("/desk/triage").text


@pytest.mark.parametrize("path", ["/desk/files/99999999999", "/desk/people/2147483648", "/desk/tasks/99999999999"])
def test_a_number_that_no_row_can_have_is_not_found(app, database, path):
    PageClient(app).sign_in(staff(roles=("admin", "hotline"), certificates={})).get(path, status=404)
