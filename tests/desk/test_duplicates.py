"""A pair of tickets that may be one matter: on the triage desk, on the ticket's page, decided by one key."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.jobs import run
from desk.shown.doubles import REASONS
from tests.builders import opened, retailer, staff, ticket, walk
from tests.pages import PageClient
from tickets import case_number
from tickets.models import MergeRefusal
from tickets.second import SecondMatter
from triage.duplicates import likeness

LATE, RETOLD = "昨天该送的货到现在还没到，少了利群", "喂你好我那个货说好昨天送的怎么还没来啊利群都卖完了"


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))


@pytest.fixture
def pair(database):
    shop = retailer()
    made = opened(LATE, shop=shop, language="zh"), opened(RETOLD, shop=shop, language="zh", channel="phone")
    for one in made:
        run("compare", one.id)
    return made


def address(one) -> str:
    return f"/desk/tickets/{one.case_no}"


def same(one, other) -> str:
    return f"{address(one)}/same/{other.case_no}"


def test_triage_shows_how_sure_why_and_both_texts(hotline, pair):
    first, second = pair
    page = hotline.get(f"/desk/triage?case={second.case_no}", links=True)
    assert "Perhaps the same matter" in page.text
    assert "the same product: 利群" in page.text
    assert page.text.count(LATE) >= 1
    assert page.text.count(RETOLD) >= 2
    assert 'value="merge"' in page.html
    assert 'data-key="X"' in page.html


def test_of_both_the_number_and_the_shop_are_shown_and_first_by_what_they_are_of_one_sender(hotline, pair):
    first, second = pair
    first.retailer, first.shop_text, first.contact_phone = None, "利民超市", second.contact_phone
    db.session.flush()
    for page in (hotline.get(f"/desk/triage?case={second.case_no}"), hotline.get(address(second))):
        said = " ".join(page.text.split())
        assert "the same telephone number, " in said
        assert "but: different shop names" in said
        (theirs,) = [part for part in page.tree.all("section") if part.get("aria-label") == "The other ticket"]
        (mine,) = [part for part in page.tree.all("section") if part.get("aria-label") == "This ticket"]
        assert "利民超市" in theirs.text
        assert case_number.show(first.case_no).replace(" ", "") in theirs.text.replace(" ", "")
        assert second.retailer.shop_name in mine.text


def test_of_one_shop_that_is_the_reason(hotline, pair):
    said = " ".join(hotline.get(address(pair[0])).text.split())
    assert "the same shop, " in said
    assert "different shop names" not in said


def test_the_ticket_page_shows_it_and_merges_the_later_into_the_earlier(hotline, pair):
    first, second = pair
    page = hotline.get(address(first), links=True)
    assert "Perhaps the same matter" in page.text
    hotline.submit(page, same(first, second), button="do=merge")
    assert (first.state, second.state, second.merged_into_id) == ("received", "merged", first.id)


LISTS = ("/desk/triage", "/desk/search")


@pytest.mark.parametrize("path", LISTS)
def test_lists_say_quietly_that_two_may_be_one(hotline, pair, path):
    first, second = pair
    page = hotline.get(path)
    for one in pair:
        assert f"Perhaps the same as {case_number.show(one.case_no)}" in page.text


def test_what_was_decided_is_marked_no_more(hotline, pair):
    hotline.submit(hotline.get(address(pair[0])), same(*pair), button="do=not_double")
    assert "Perhaps the same as" not in hotline.get("/desk/search").text


def test_the_mark_tells_no_secret(app, pair):
    """Whoever may not know the shop of one of the two does not learn that they are of one shop; sealed, the other one does not exist."""
    first, second = pair
    boss = PageClient(app).sign_in(staff(roles=("manager",), in_team=None, certificates={}))
    assert "Perhaps the same as" in boss.get("/desk/search").text
    first.confidential = True
    assert "Perhaps the same as" not in boss.get("/desk/search").text
    first.confidential, first.sealed = False, True
    assert "Perhaps the same as" not in boss.get("/desk/search").text


def test_lists_say_how_often_a_matter_was_told(app, hotline):
    shop = retailer()
    with clock.frozen(clock.now() - timedelta(days=9)):
        before = ticket("closed", shop=shop)
    again = ticket("in_progress", shop=shop)
    run("compare", again.id)
    assert "Told 2 times within 30 days" in hotline.get("/desk/search").text
    mine = PageClient(app).sign_in(again.assignee)
    assert "Told 2 times within 30 days" in mine.get("/desk/mine").text
    before.confidential = True
    assert "Told 2 times" not in mine.get("/desk/mine").text  # whose the earlier one is, is not his to know


def test_it_is_undone_on_the_page_of_the_one_that_ended(hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(first, second), button="do=merge")
    hotline.submit(hotline.get(address(second)), "/do/unmerge")
    assert (first.state, second.state) == ("received", "received")
    assert "Perhaps the same matter" not in hotline.get(address(first)).text


def test_undoing_says_that_they_are_kept_apart_and_leaves_one_click_to_merge(hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(first, second), button="do=merge")
    page = hotline.submit(hotline.get(address(second)), "/do/unmerge")
    assert "count as not the same" in page.text
    assert "Kept apart" in page.text
    (form,) = [form for form in page.tree.all("form")
               if any((field.get("name"), field.get("type")) == ("merge-into", "hidden") for field in form.all("input"))]
    hotline.post(form.get("action"), **{"merge-into": first.case_no})
    db.session.refresh(second)
    assert second.merged_into_id == first.id


def test_what_is_kept_apart_tells_no_secret_and_nothing_of_what_was_taken_out(app, hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(*pair), button="do=not_double")
    boss = PageClient(app).sign_in(staff(roles=("manager",), in_team=None, certificates={}))
    assert "Kept apart" in boss.get(address(first)).text
    second.confidential = True
    assert "Kept apart" not in boss.get(address(first)).text
    matter = SecondMatter(ticket_id=first.id, leaf_code="SVC.MANNER", words="x", standing="own", linked_id=second.id,
                          at=clock.now(), decided_at=clock.now())
    second.confidential = False
    db.session.add(matter)
    db.session.flush()
    assert "Kept apart" not in boss.get(address(first)).text


def test_a_merged_ticket_names_the_other_one_to_whoever_may_see_it(hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(first, second), button="do=merge")
    assert f"/desk/tickets/{first.case_no}" in hotline.get(address(second)).html
    assert case_number.show(first.case_no) in hotline.get(address(second)).text
    first.sealed = True
    db.session.flush()
    assert first.case_no not in hotline.get(address(second)).html


def test_after_a_day_it_is_not_undone_any_more(hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(first, second), button="do=merge")
    second.ended_at -= timedelta(hours=25)
    db.session.flush()
    hotline.post(f"{address(second)}/do/unmerge", status=403)
    assert second.state == "merged"


def test_one_key_keeps_them_apart_for_good(hotline, pair):
    first, second = pair
    hotline.submit(hotline.get(address(first)), same(first, second), button="do=not_double")
    assert db.session.scalar(db.select(db.func.count()).select_from(MergeRefusal)) == 1
    for one in pair:
        assert "Perhaps the same matter" not in hotline.get(address(one)).text


def test_a_second_press_is_told_that_it_was_decided(hotline, pair):
    first, second = pair
    page = hotline.get(address(first))
    hotline.submit(page, same(first, second), button="do=not_double")
    again = hotline.submit(page, same(first, second), button="do=merge", status=422)
    assert "no longer proposed" in again.text
    assert second.state == "received"


def test_what_cannot_end_takes_the_other_in(hotline, pair):
    first, second = pair
    walk(second, "in_review")
    db.session.flush()
    hotline.submit(hotline.get(address(second)), same(second, first), button="do=merge")
    assert (first.state, second.state) == ("merged", "in_review")


def test_a_handler_sees_the_pair_and_decides_nothing(app, pair):
    first, second = pair
    handler = staff(certificates={"DLV": 4})
    for one in pair:
        walk(one, "dispatched", handler=handler)
        run("compare", one.id)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(first))
    assert "Perhaps the same matter" in page.text
    assert not [form for form in page.forms() if "/same/" in form.get("action")]
    client.post(same(first, second), do="merge", status=403)
    client.post(same(first, second), do="not_double", status=403)
    assert (first.state, second.state) == ("dispatched", "dispatched")


def test_who_may_not_see_the_other_is_told_nothing(app, pair):
    first, second = pair
    named = staff(roles=("hotline",), in_team="hotline", certificates={})
    first.named_ids = [named.id]
    db.session.flush()
    client = PageClient(app).sign_in(named)
    for page in (client.get(address(second)), client.get(f"/desk/triage?case={second.case_no}")):
        assert "Perhaps the same matter" not in page.text
        assert "is it the same one?" not in page.text
        assert first.case_no not in page.html
    client.post(same(second, first), do="merge", status=404)


def test_what_was_told_before_stands_on_the_page(hotline):
    shop = retailer()
    with clock.frozen(clock.now() - timedelta(days=5)):
        earlier = [ticket("closed", shop=shop, text=f"{LATE}，单号5540217", language="zh") for _time in range(2)]
    again = opened("还是那批货，单号5540217，到现在没到", shop=shop, language="zh")
    run("compare", again.id)
    first_seen = hotline.get(f"/desk/triage?case={again.case_no}").text
    assert "told for the 3. time" in first_seen
    assert "level raised" not in first_seen
    walk(again, "dispatched")
    run("compare", again.id)
    page = hotline.get(address(again), links=True)
    assert "level raised" in page.text
    assert all(one.case_no in page.html for one in earlier)


def test_every_reason_has_its_words():
    assert likeness.REASONS == REASONS.keys()
