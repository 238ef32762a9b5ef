"""The search box: what finds a ticket, for whom, and what it never gives away."""
import pytest

from core.db import db
from tests.builders import retailer, staff, ticket
from tests.pages import PageClient
from tickets import case_number
from tickets.services import conversation


@pytest.fixture
def made(database):
    """A ticket with everything that can be searched."""
    return ticket("in_progress", text="The refrigerator arrived broken 冰箱坏了", shop=retailer(shop_name="Harbour Corner", owner_name="Chen Gui",
                  phone="+8613800001234"), order_no="88120045")


def search(app, user, text, **options):
    return PageClient(app).sign_in(user).get("/desk/search", query_string={"q": text}, **options)


def hotline():
    return staff(roles=("hotline",), in_team="hotline", certificates={})


@pytest.mark.parametrize("text", ["refrigerator", "refrig", "冰箱", "Harbour", "Chen Gui", "13800001234", "1234", "88120045"])
def test_number_phone_shop_name_and_words_find_it(app, made, text):
    assert "The refrigerator arrived broken" in search(app, hotline(), text).text


@pytest.mark.parametrize("text", ["bicycle", "9999", "%", "' OR 1=1 --", "()&|!:*"])
def test_what_is_not_there_is_not_found(app, made, text):
    shown = search(app, hotline(), text)
    assert "Nothing found" in shown.text
    assert text in shown.html or "&#39;" in shown.html or "&amp;" in shown.html


def test_a_case_number_finds_its_ticket_however_it_is_written(app, made):
    for text in (made.case_no, case_number.show(made.case_no)):
        assert "The refrigerator arrived broken" in search(app, hotline(), text).text


@pytest.mark.parametrize("order_no", ["A20261121-7", "20261121-7", "a-b", "NO.88-12"])
@pytest.mark.parametrize("confidential", [False, True])
def test_an_order_number_with_a_hyphen_is_found_whole(app, database, order_no, confidential):
    ticket("in_progress", text="The kettle is cold", shop=retailer(), order_no=order_no, confidential=confidential)
    assert ("The kettle is cold" in search(app, hotline(), order_no).text) == (not confidential or sum(c.isdigit() for c in order_no) >= 4)
    assert "The kettle is cold" not in search(app, hotline(), order_no.replace("-", "-9")).text


def test_words_of_a_message_with_a_hyphen_are_found(app, database):
    ticket("in_progress", text="单号A20261121-7少了")
    for text in ("A20261121-7", "a20261121", "A20261121-7少了"):
        assert "单号A20261121-7" in search(app, hotline(), text).text


def test_a_sealed_ticket_is_not_found_even_by_its_number(app, database):
    sealed = ticket("in_progress", text="They smuggle refrigerators", leaf="RPT.ILLICIT")
    for text in (sealed.case_no, "smuggle"):
        assert "They smuggle" not in search(app, hotline(), text).text


@pytest.mark.parametrize("text", ["少送", "少送了", "货少"])
def test_a_piece_of_a_sentence_is_found_however_the_sentence_is_cut(app, database, text):
    ticket("in_progress", text="昨天的货少送了，单子写三千八百六")
    assert "昨天的货少送了" in search(app, hotline(), text).text


def test_a_piece_of_a_sealed_sentence_is_not_found(app, database):
    made = ticket("in_progress", text="昨天的货少送了")
    made.sealed = True
    conversation.index(made)
    assert "昨天的货少送了" not in search(app, hotline(), "少送").text


def test_the_hotline_finds_a_confidential_ticket_by_its_shop(app, database):
    ticket("in_progress", text="Do not tell", shop=retailer(shop_name="祥隆百货", owner_name="Chen Gui"), confidential=True)
    for text in ("祥隆百货", "祥隆", "chen gui"):
        assert "Do not tell" in search(app, hotline(), text).text
        assert "Do not tell" not in search(app, staff(roles=("qa",)), text).text


def test_who_may_not_search_has_no_box(app, database):
    page = PageClient(app).sign_in(staff(roles=("admin",))).get("/desk/people")
    assert 'id="q-head"' not in page.html


def test_a_handler_does_not_find_people_by_their_number(app, made):
    assert "The refrigerator" not in search(app, staff(), "13800001234").text


def test_a_confidential_ticket_is_not_found_by_its_owner(app, database):
    ticket("in_progress", text="Do not tell", shop=retailer(shop_name="Secret Shop", phone="+8613800005678"), confidential=True)
    boss = staff(roles=("manager",), leads=True)
    for text in ("Secret", "13800005678"):
        assert "Do not tell" not in search(app, boss, text).text
    assert "Do not tell" in search(app, boss, "tell").text


def test_filters_narrow_what_was_found(app, made):
    ticket("answered", text="Another refrigerator")
    shown = PageClient(app).sign_in(hotline()).get("/desk/search?q=refrigerator&state=answered")
    assert "Another refrigerator" in shown.text
    assert "arrived broken" not in shown.text


def test_without_words_the_newest_stand_there(app, made):
    assert "The refrigerator" in PageClient(app).sign_in(hotline()).get("/desk/search").text


def test_an_administrator_searches_no_tickets(app, made):
    PageClient(app).sign_in(staff(roles=("admin",), certificates={})).get("/desk/search?q=refrigerator", status=403)


@pytest.mark.parametrize("query", ["page=0", "page=-3", "page=99999999999999999999", "page=x", "_external=1", "endpoint=x", "lang=xx"])
def test_a_strange_address_breaks_nothing(app, made, query):
    for _number in range(2):
        ticket("received")
    db.session.commit()
    PageClient(app).sign_in(hotline()).get(f"/desk/search?{query}")


def test_what_no_column_can_hold_is_not_searched(app, made):
    PageClient(app).sign_in(hotline()).get("/desk/search?q=%00", status=400)
