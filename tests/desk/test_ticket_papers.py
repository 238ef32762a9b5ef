"""Files, the arrival as it came, and the reasons of routing: who may open them and what is recorded."""
import io
from datetime import timedelta

import pytest
from PIL import Image

from core import clock, files
from core.audit import AuditEntry, Did
from routing import services as routing
from tests import builders as make
from tests.desk.test_ticket_page import address, person
from tests.pages import PageClient
from tickets.services import triaging


@pytest.fixture
def photo(database):
    """A function that hangs a photo on a ticket's first message."""
    def hang(ticket):
        data = io.BytesIO()
        Image.new("RGB", (4, 4), "white").save(data, "PNG")
        return files.store_image(data.getvalue(), "货单 1.png", ticket_id=ticket.id, message_id=ticket.messages[0].id)
    return hang


def test_a_photo_stands_in_the_thread_and_opens_in_the_browser(app, database, photo):
    handler = make.staff()
    ticket = make.ticket("in_progress", handler=handler)
    attachment = photo(ticket)
    client = PageClient(app).sign_in(handler)
    link = next(a for a in client.get(address(ticket)).tree.all("a") if a.get("href") == f"/desk/files/{attachment.id}")
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
    page = client.get(f"/desk/files/{attachment.id}")
    assert page.headers["Content-Type"] == "image/png"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Content-Disposition"].startswith("inline")
    assert page.data.startswith(b"\x89PNG")


def test_a_photo_is_seen_on_the_page_but_never_by_itself_on_a_sealed_one(app, database, photo):
    open_one, sealed = make.ticket("in_progress", handler=make.staff()), make.opened(anonymous=True)
    loose = photo(open_one)
    loose.message_id = None
    paths = [f"/desk/files/{photo(ticket).id}" for ticket in (open_one, sealed)]
    page = PageClient(app).sign_in(open_one.assignee).get(address(open_one))
    assert {img.get("src") for img in page.tree.all("img")} >= {paths[0], f"/desk/files/{loose.id}"}
    page = PageClient(app).sign_in(person("compliance")).get(address(sealed))
    assert paths[1] in page.links
    assert paths[1] not in [img.get("src") for img in page.tree.all("img")]


def test_a_file_follows_its_ticket(app, database, photo):
    sealed, foreign = make.opened(anonymous=True), make.ticket("in_progress")
    one, two = photo(sealed), photo(foreign)
    for role, status in (("compliance", 200), ("liaison", 200), ("hotline", 404), ("qa", 404), ("admin", 404), ("manager", 404)):
        PageClient(app).sign_in(person(role)).get(f"/desk/files/{one.id}", status)
    PageClient(app).sign_in(make.staff(in_team="finance")).get(f"/desk/files/{two.id}", 404)
    PageClient(app).sign_in(person("admin")).get("/desk/files/999999", 404)
    seen = database.session.scalars(database.select(AuditEntry).filter_by(action=Did.FILE_SEEN).order_by(AuditEntry.id)).all()
    assert [(entry.ticket_id, entry.target) for entry in seen] == [(sealed.id, str(one.id))] * 2


def test_a_file_of_nobody_or_without_its_bytes_does_not_exist(app, database, photo):
    ticket = make.ticket("in_progress")
    attachment = photo(ticket)
    waiting = files.store_image(app.extensions["storage"].get(attachment.storage_key), "waiting.png", upload_token="t")
    app.extensions["storage"].delete(attachment.storage_key)
    client = PageClient(app).sign_in(person("hotline"))
    client.get(f"/desk/files/{attachment.id}", 404)
    client.get(f"/desk/files/{waiting.id}", 404)


def test_the_arrival_is_shown_unchanged_to_hotline_and_manager_and_recorded(app, database):
    ticket = make.ticket("in_progress", text="the very words")
    for role, status in (("hotline", 200), ("manager", 200), ("qa", 403), ("admin", 403)):
        reader = person(role, in_team="logistics", leads=role == "manager")
        page = PageClient(app).sign_in(reader).get(address(ticket, "/raw"), status)
        assert ("the very words" in page.text) is (status == 200)
    PageClient(app).sign_in(make.staff()).get(address(ticket, "/raw"), 403)
    seen = database.session.scalars(database.select(AuditEntry).filter_by(action=Did.IDENTITY_SEEN, ticket_id=ticket.id).order_by(AuditEntry.id)).all()
    assert [entry.target for entry in seen] == ["raw", "raw"]


def test_the_decision_names_everybody_with_the_reasons(app, database):
    fit, new = make.staff(name="Fit Person"), make.staff(name="New Person", certificates={"SUP": 1})
    ticket = make.opened()
    make.classify(ticket)
    triaging.dispatch(ticket, make.who(person("hotline")))
    routing.route(ticket)
    client = PageClient(app).sign_in(person("hotline"))
    text = client.get(address(ticket, "/routing"), links=True).text
    assert fit.name in text
    assert new.name in text
    assert "has no certificate for this category" in text
    assert fit.name in client.get(address(ticket)).text


def routed(*people, **classified):
    """A ticket that routing has given away, and its decision."""
    ticket = make.opened()
    make.classify(ticket, **classified)
    triaging.dispatch(ticket, make.who(person("hotline")))
    return ticket, routing.route(ticket)


def shown(app, ticket):
    """The page of the decision as the hotline reads it."""
    return PageClient(app).sign_in(person("hotline")).get(address(ticket, "/routing"), links=True)


def test_the_decision_shows_parts_score_and_why(app, database):
    old = make.staff(name="Old Hand", joined_on=clock.now().date() - timedelta(days=800))
    make.staff(name="New Hand")
    ticket, _decision = routed()
    assert ticket.assignee == old
    page = shown(app, ticket)
    assert "Ahead of New Hand, above all by more time here." in page.text
    assert "Ahead of New Hand, above all by more time here." in PageClient(app).sign_in(person("hotline")).get(address(ticket)).text, "beside the thread too"
    first, second = [row.text for row in page.tree.all("tr") if "Hand" in row.text]
    assert "0.72" in first  # 26 of 36 months
    assert "chosen" in first
    assert "could have taken it" in second
    assert "Closed here 25 %" in page.text
    assert [head.text for head in page.tree.all("th")][:3] == ["Person", "Total score", "In hand"], "what decides is seen first on a narrow page too"
    assert "Computed again just now from the stored facts: the same result." in page.text


def test_who_contented_the_shop_before_is_marked_for_those_who_know_the_shop(app, database):
    known = make.staff(name="Known Hand")
    ticket, decision = routed()
    decision.candidates = [row | {"record": row["record"] | {"knows_shop": row["id"] == known.id}} for row in decision.candidates]
    assert shown(app, ticket).text.count("contented this retailer last time") == 1
    ticket.confidential = True
    hidden = PageClient(app).sign_in(known).get(address(ticket, "/routing")).text
    assert "contented this retailer last time" not in hidden


def test_a_decision_that_would_be_another_one_now_says_so(app, database):
    make.staff(), make.staff()
    ticket, decision = routed()
    decision.basis = decision.basis | {"weights": decision.basis["weights"] | {"tenure": 50}}
    page = shown(app, ticket)
    assert "the result is another one" in page.text
    assert "the same result" not in page.text


def test_the_decision_says_what_was_relaxed(app, database):
    make.staff(name="Speaks Chinese", language="zh")
    ticket, decision = routed()
    assert decision.relaxed == ["other_language"]
    assert "an interpreter may be needed" in shown(app, ticket).text
    assert "Nobody else could take it." in shown(app, ticket).text


def test_who_was_weighed_although_he_does_not_fit_is_said_to_be_so(app, database):
    first, second = make.staff(name="Speaks Chinese", language="zh", joined_on=clock.now().date() - timedelta(days=800)), make.staff(name="Chinese Too", language="zh")
    ticket, _decision = routed()
    assert ticket.assignee == first
    rows = {name: next(row for row in shown(app, ticket).tree.all("tr") if name in row.text) for name in (first.name, second.name)}
    assert "although: works in the other language" in rows[first.name].text
    assert "could have taken it, although: works in the other language" in rows[second.name].text
    assert len(list(rows[second.name].all("td"))) == len(list(rows[first.name].all("td"))) > 5, "the figures by which he came second"


@pytest.mark.parametrize(("confidential", "verdict"), [(False, "could have taken it, although: works in the other language"), (True, "could have taken it")])
def test_the_panel_says_the_same_of_who_came_second_as_its_sentence(app, database, confidential, verdict):
    make.staff(name="Speaks Chinese", language="zh", joined_on=clock.now().date() - timedelta(days=800))
    make.staff(name="Chinese Too", language="zh")
    reader = make.staff(certificates={})
    ticket, _decision = routed()
    ticket.confidential = confidential
    for path in ("", "/routing"):
        page = PageClient(app).sign_in(reader).get(address(ticket, path))
        row = next(row.text for row in page.tree.all("tr") if "Chinese Too" in row.text)
        assert "Ahead of Chinese Too" in page.text
        assert verdict in row
        assert "cannot take this one" not in row
        assert ("although" in row) is not confidential


def test_few_scores_are_not_shown(app, database):
    able = make.staff(name="Able Hand")
    ticket, decision = routed()
    (mine,) = [row for row in decision.candidates if row["id"] == able.id]
    for count, dashes in ((4, 1), (5, 0)):
        decision.candidates = [mine | {"record": mine["record"] | {"scores": count}}]
        cells = [cell.text for row in shown(app, ticket).tree.all("tr") if "Able Hand" in row.text for cell in row.all("td")]
        assert cells.count("–") == dashes


def test_a_decision_of_earlier_days_is_shown_without_scores(app, database):
    make.staff(name="Fit Person")
    ticket, decision = routed()
    decision.basis = {}
    decision.candidates = [{key: row[key] for key in ("id", "name", "level", "load", "cap", "reasons", "chosen")} for row in decision.candidates]
    page = shown(app, ticket)
    assert "Fit Person" in page.text
    assert "Computed again" not in page.text


def test_the_reasons_do_not_betray_who_serves_a_confidential_shop(app, database):
    place = {"in_team": "compliance", "certificates": {"SVC": 3}}
    driver, handler = make.staff(name="Driver Dong", **place), make.staff(name="Fit Person", **place)
    ticket = make.opened(shop=make.retailer(deliverer_id=driver.id), confidential=True)
    make.classify(ticket, "SVC.MANNER")
    triaging.dispatch(ticket, make.who(person("hotline")))
    routing.route(ticket)
    for path in ("", "/routing"):
        assert "serves this shop" in PageClient(app).sign_in(person("compliance")).get(address(ticket, path)).text
        hidden = PageClient(app).sign_in(handler).get(address(ticket, path)).text
        assert "serves this shop" not in hidden
        assert "cannot take this one" in hidden


def test_without_a_decision_the_page_says_so(app, database):
    ticket = make.opened()
    page = PageClient(app).sign_in(person("hotline")).get(address(ticket, "/routing"))
    assert "<table" not in page.html
    assert "rd-empty" in page.html


def test_earlier_matters_of_the_shop_stand_with_their_scores(app, database):
    shop = make.retailer()
    earlier = make.ticket("answered", shop=shop, text="Last month's matter")
    earlier.score = 4
    ticket = make.ticket("in_progress", shop=shop)
    page = PageClient(app).sign_in(person("hotline")).get(address(ticket))
    assert "Last month's matter" in page.text
    assert address(earlier) in page.links
    assert "rd-rate" in page.html


@pytest.mark.parametrize(("state", "shown"), [("in_progress", True), ("closed", True), ("withdrawn", False), ("transferred", False)])
def test_the_checklist_is_there_where_an_answer_was_or_will_be(app, database, state, shown):
    page = PageClient(app).sign_in(person("hotline")).get(address(make.ticket(state)))
    assert ("To check before the answer" in page.text) is shown
