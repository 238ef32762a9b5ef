"""The pages of hot issues and parents: who may see and act, empty states, what was typed stays, nothing twice."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from core.i18n import spoken
from core.jobs import run
from desk.hot import words
from reporting.hot import queries
from reporting.hot.models import HotIssue
from tests.builders import retailer, staff
from tests.pages import PageClient
from tests.reporting.hot.floods import NOW, arrives, flood, ordinary
from tickets import kin
from tickets.models import Message
from tickets.parents import Parent, ParentTicket
from tickets.services import handling

MINUTE = timedelta(minutes=1)
SEE = ("hotline", "manager", "qa")
ENGLISH = {"found_en": "the van broke down", "remedy_en": "Another one comes.", "outcome": "upheld", "root_cause": "logistics", "remedy": "explained"}
CHINESE = {"found_zh": "车坏了", "remedy_zh": "换一辆车送来。"}
NOT_THEIRS = ("handler", "compliance", "liaison", "admin")


@pytest.fixture
def boss(database):
    return staff(roles=("manager",), leads=True, certificates={})


@pytest.fixture
def issue(queue, boss):
    ordinary()
    flood(12)
    with clock.frozen(NOW + 5 * MINUTE):
        run("watch_hot")
        yield db.session.scalar(db.select(HotIssue))


@pytest.fixture
def manager(app, issue, boss):
    return PageClient(app).sign_in(boss)


def parent_of(manager, issue, **typed):
    page = manager.submit(manager.get(f"/desk/hot/{issue.id}/parent"), button="do=open", **typed)
    return page, db.session.scalar(db.select(Parent).order_by(Parent.id.desc()))


@pytest.mark.parametrize("role", [*SEE, *NOT_THEIRS])
def test_who_may_see(app, issue, role):
    client = PageClient(app).sign_in(staff(roles=(role,), certificates={}))
    for path in ("/desk/hot", "/desk/hot?tab=over", f"/desk/hot/{issue.id}", f"/desk/hot/{issue.id}/tickets"):
        client.get(path, status=200 if role in SEE else 403)


@pytest.mark.parametrize(("role", "team"), [("hotline", "hotline"), ("qa", "quality"), ("handler", "logistics"), ("manager", "marketing")])
def test_who_may_not_act(app, manager, issue, role, team):
    _page, parent = parent_of(manager, issue)
    child = db.session.scalar(kin.children(parent.id, kin.SYSTEM))
    client = PageClient(app).sign_in(staff(roles=(role,), in_team=team, leads=True, certificates={}))
    client.get(f"/desk/hot/{issue.id}/parent", status=403)
    for path in (f"/desk/hot/{issue.id}/parent", f"/desk/parents/{parent.id}/notice"):
        client.post(path, status=403, do="open")
    client.post(f"/desk/parents/{parent.id}/leave/{child.case_no}", status=404 if role == "manager" else 403)
    assert (parent.noticed_at, parent.resolved_at, db.session.query(Parent).count()) == (None, None, 1)


@pytest.mark.parametrize("path", ["/desk/hot/99999", "/desk/hot/99999/tickets", "/desk/hot/99999/parent", "/desk/parents/99999"])
def test_what_does_not_exist(app, boss, path):
    PageClient(app).sign_in(boss).get(path, status=404)


def test_nothing_rises(app, boss):
    client = PageClient(app).sign_in(boss)
    assert "Nothing rises at the moment" in client.get("/desk/hot").text
    assert "Nothing here" in client.get("/desk/hot?tab=over").text


def test_on_a_phone_the_hours_and_the_parent_say_what_they_are(manager, issue):
    page = manager.get("/desk/hot")
    assert [cell.get("data-label") for cell in page.tree.all("td") if cell.get("data-label")] == ["Since", "Last", "Parent"]


def test_the_sentence_the_picture_and_its_numbers(manager, issue):
    page = manager.get(f"/desk/hot/{issue.id}", links=True)
    assert "12 complaints of 12 shops in one hour" in page.text
    assert "<svg" in page.html
    assert page.text.count("Hour from") == 1
    assert "12 tickets so far" in page.text


def test_the_navigation_counts_what_nobody_has_seen_to(manager, issue):
    assert "Hot issues1" in manager.get("/desk/hot").text.replace(" ", "").replace("\n", "").replace("Hotissues", "Hot issues")
    parent_of(manager, issue)
    assert manager.get("/desk/hot").text.count("Hot issues1") == 0


def test_looking_again_with_other_words_opens_nothing(manager, issue):
    arrives(NOW + 4 * MINUTE, text="The van stands at the bridge.", shop=retailer(area="north"))
    page = manager.submit(manager.get(f"/desk/hot/{issue.id}/parent"), button="do=look", words="van，车", title="The van")
    assert "1 ticket attaches" in page.text
    assert "none of the words" in page.text
    assert page.tree is not None
    assert 'value="The van"' in page.html
    assert db.session.query(Parent).count() == 0


def test_what_is_missing_is_said_and_what_was_typed_stays(manager, issue):
    page = manager.submit(manager.get(f"/desk/hot/{issue.id}/parent"), button="do=open", title="", plain_en="the van", since="never")
    assert "Say what happened." in page.text
    assert 'value="the van"' in page.html
    assert db.session.query(Parent).count() == 0


def test_two_managers_open_one_parent(app, manager, issue, boss):
    form = manager.get(f"/desk/hot/{issue.id}/parent")
    parent_of(manager, issue)
    page = manager.submit(form, button="do=open")
    assert "Nothing was done twice" in page.text
    assert db.session.query(Parent).count() == 1


def test_a_tick_taken_away_and_one_left_out_later(manager, issue):
    form = manager.get(f"/desk/hot/{issue.id}/parent")
    ids = [box.get("value") for box in form.tree.all("input") if box.get("name") == "attach"]
    page, parent = parent_of(manager, issue, attach=ids[1:])
    assert db.session.get(ParentTicket, (parent.id, int(ids[0]))).standing == "left_out"
    child = db.session.scalar(kin.children(parent.id, kin.SYSTEM))
    page = manager.submit(page, action=f"/leave/{child.case_no}")
    assert "Left out." in page.text
    assert db.session.get(ParentTicket, (parent.id, child.id)).standing == "left_out"


def test_what_needs_a_person_is_marked(manager, issue):
    arrives(NOW + 4 * MINUTE, shop=retailer(area="north", support_needs=True))
    assert "1 of them needs a person" in manager.get(f"/desk/hot/{issue.id}/parent").text
    page, _parent = parent_of(manager, issue)
    assert "1 of them needs a person" in page.text
    assert "13 tickets" in page.text


@pytest.mark.parametrize(("lang", "tongues"), [("zh", ["zh", "en"]), ("en", ["en", "zh"])])
def test_both_languages_are_named_and_the_readers_comes_first(manager, issue, lang, tongues):
    arrives(NOW + 4 * MINUTE, shop=retailer(area="north"), language="zh")
    page, parent = parent_of(manager, issue)
    look = manager.submit(page, action="/resolve", **ENGLISH, **CHINESE)
    path = f"/desk/parents/{parent.id}?lang={lang}"
    notice = [words.get("lang") for words in manager.get(path).tree.all("p") if words.get("lang")]
    manager.submit(look, button="do=send")
    page = manager.get(path)
    answer = [words.get("lang") for words in page.tree.all("p") if words.get("lang")]
    assert (notice, answer) == (tongues, tongues)
    named = [head.text for head in page.tree.all("h3") if head.text in ("In Chinese", "In English", "中文", "英文")]
    assert len(named) == 2


def test_a_ticket_that_is_handled_again_says_so_once(manager, issue):
    page, parent = parent_of(manager, issue)
    child = db.session.scalar(kin.children(parent.id, kin.SYSTEM))
    child.redos = 1
    db.session.commit()
    said = manager.get(page.path).text
    assert said.count("Redo 1") == 1
    assert "handled again" not in said


def test_who_was_left_out_of_the_answer_and_why_is_said_wherever_somebody_looks(app, manager, issue):
    care = arrives(NOW + 4 * MINUTE, shop=retailer(area="north", support_needs=True))
    handler = staff(certificates={"DLV": 4})
    page, parent = parent_of(manager, issue)
    handling.assign(care, handler)
    db.session.commit()
    own = PageClient(app).sign_in(handler)
    address, mark = f"/desk/tickets/{care.case_no}", "Not answered with the others of its cause"
    assert "neither the notice nor the answer to all goes to this one (the retailer needs special care)" in own.get(address).text
    assert mark not in own.get("/desk/mine").text
    page = manager.submit(manager.submit(page, action="/resolve", **ENGLISH, **CHINESE), button="do=send")
    run("tend_parent", parent.id)
    page = manager.get(page.path)
    assert "1 ticket was left out and is still to be answered" in page.text
    (part,) = [part for part in page.tree.all("div") if part.get("data-part") == "answered"]
    assert (part.text.count("the retailer needs special care"), handler.name in part.text) == (1, True)
    assert "this one was not (the retailer needs special care)" in own.get(address).text
    assert "this one still to be answered" in own.get(address).text
    assert mark in own.get("/desk/mine").text


def test_a_settled_parent_offers_nothing_more(manager, issue):
    page, parent = parent_of(manager, issue)
    page = manager.submit(manager.submit(page, action="/resolve", **ENGLISH, **CHINESE), button="do=send")
    assert "nothing is closed by it" in page.text
    assert [form.get("action") for form in page.forms() if "/parents/" in form.get("action")] == []
    assert "Nothing was done" in manager.post(f"/desk/parents/{parent.id}/notice").text
    assert parent.noticed_at is None


def test_what_goes_out_is_shown_before_it_does_and_what_was_typed_comes_back(manager, issue):
    arrives(NOW + 4 * MINUTE, shop=retailer(area="north"), language="zh")
    page, parent = parent_of(manager, issue)
    look = manager.submit(page, action="/resolve", **ENGLISH, **CHINESE)
    assert "13 shops will be written to" in look.text
    assert "none of these shops reads" not in look.text
    assert "we found the cause: the van broke down" in look.text
    assert "原因查清楚了：车坏了" in look.text
    assert (parent.resolved_at, db.session.query(Message).filter_by(purpose="answer").count()) == (None, 0)
    back = manager.submit(look, button="do=change")
    assert "the van broke down" in back.html
    assert "换一辆车送来。" in back.html
    manager.submit(look, button="do=send")
    assert parent.resolved_at is not None


def test_an_empty_part_of_the_answer_is_marked(manager, issue):
    page, parent = parent_of(manager, issue)
    page = manager.submit(page, action="/resolve", **CHINESE | {"remedy_zh": ""}, **ENGLISH | {"found_en": "", "remedy_en": " "})
    assert page.text.count("Some of these shops read English") == 4  # beside each field and in the summary
    assert page.text.count("Write the cause and what is done in this language.") == 2
    assert parent.resolved_at is None


def test_a_language_that_nobody_reads_may_stay_empty_and_it_is_said(manager, issue):
    page, _parent = parent_of(manager, issue)
    page = manager.submit(page, action="/resolve", **ENGLISH)
    assert "Nothing is written in Chinese: none of these shops reads it." in page.text


def test_what_is_settled_no_longer_runs(manager, issue):
    assert issue.id in [one.id for one in db.session.scalars(queries.listed(False))]
    page, parent = parent_of(manager, issue)
    manager.submit(manager.submit(page, action="/resolve", **ENGLISH, **CHINESE), button="do=send")
    assert (queries.running_count(), list(db.session.scalars(queries.listed(False)))) == (0, [])
    assert "settled" in manager.get("/desk/hot?tab=over").text
    issue.last_at = parent.resolved_at + MINUTE
    db.session.commit()
    assert "settled, and rises again" in manager.get("/desk/hot").text


def test_while_the_answers_are_written_the_page_shows_how_it_goes_on(manager, issue):
    page, parent = parent_of(manager, issue)
    assert "data-live" not in page.html
    page = manager.submit(manager.submit(page, action="/resolve", **ENGLISH, **CHINESE), button="do=send")
    news = f"/desk/parents/{parent.id}/news"
    assert f'data-live="{news}?page=1"' in page.html
    assert "12 tickets are still to be answered" in page.text
    assert "12 tickets are still to be answered" in manager.browser.get(news).json["answered"]
    run("tend_parent", parent.id)
    told = manager.browser.get(news).json
    assert "still to be answered" not in told["answered"]
    assert told["children"].count("Answered") == 12
    assert "data-live" not in manager.get(f"/desk/parents/{parent.id}").html


def test_why_the_parent_is_critical_is_said(manager, issue):
    page, parent = parent_of(manager, issue)
    assert "Critical because 10 different shops or more told of it within 2 hours." in page.text
    parent.severity = parent.leaf.severity
    db.session.commit()
    assert "Critical because" not in manager.get(f"/desk/parents/{parent.id}").text


@pytest.mark.parametrize(("typed", "english", "chinese"), [({}, "Late delivery · north", "送货晚 · north"), ({"title": "The van"}, "The van", "The van")])
def test_a_title_that_nobody_changed_follows_the_language_of_its_reader(manager, issue, typed, english, chinese):
    page, parent = parent_of(manager, issue, **typed)
    issue.leaf.name_en, issue.leaf.name_zh = "Late delivery", "送货晚"
    db.session.commit()
    titles = [next(manager.get(f"/desk/parents/{parent.id}?lang={lang}").tree.all("h1")).text for lang in ("zh", "en")]
    assert titles == [chinese, english]


def test_who_may_make_the_parent_is_named(app, issue, boss):
    page = PageClient(app).sign_in(staff(roles=("qa",), certificates={})).get(f"/desk/hot/{issue.id}")
    assert f"can make one: {boss.name}." in page.text


@pytest.mark.parametrize(("p", "said"), [(0.01, "about once in 100 such windows"), (0.000123, "hardly ever (once in 8,100 such windows)"),
                                         (1e-12, "practically never (less than once in 1,000,000,000 such windows)")])
def test_how_often_chance_makes_it(app, p, said):
    with app.test_request_context("/?lang=en"), spoken("en"):
        assert words.often(p) == said


def test_forbidden_words_come_back_with_what_was_typed(manager, issue):
    page, parent = parent_of(manager, issue)
    page = manager.submit(page, action="/resolve", found_en="see http://elsewhere.test", remedy_en="Wait.", outcome="upheld", root_cause="logistics",
                          remedy="explained")
    assert "Only our own links" in page.text
    assert "see http://elsewhere.test" in page.html
    assert parent.resolved_at is None


def test_the_ticket_names_its_parent(manager, issue):
    _page, parent = parent_of(manager, issue)
    child = db.session.scalar(kin.children(parent.id, kin.SYSTEM))
    assert f"/desk/parents/{parent.id}" in manager.get(f"/desk/tickets/{child.case_no}").links


def test_the_bell_leads_to_the_issue(manager, issue):
    run("tell_hot", issue.id)
    page = manager.get("/desk/notices")
    assert f"Complaints rise unusually {issue.leaf.name_en} · north" in page.text
    form = next(form for form in page.forms() if form.get("action").startswith("/desk/notices/") and not form.get("action").endswith("/read"))
    assert manager.submit(page, action=form.get("action")).path == f"/desk/hot/{issue.id}"
