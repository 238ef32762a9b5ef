"""Transcripts at the desk: taking one in, confirming it at triage and on its own page, the dictionary."""
import io

import pytest

from core.db import db
from hotline.models import Transcript
from hotline.transcripts import queries as transcripts
from hotline.transcripts.models import DictionaryTerm
from intake.models import IntakeRecord
from tests.builders import opened, retailer, staff, ticket
from tests.hotline.transcripts.talks import CALL, WORDS, agent, filed, number_of
from tests.pages import PageClient
from tests.triage.small import run
from tickets.models import Ticket


@pytest.fixture
def hotline(app, database):
    return PageClient(app).sign_in(agent())


@pytest.fixture
def matter(queue):
    """A filed transcript and its ticket in triage."""
    record, made = filed()
    run(queue)
    return db.session.get(Ticket, record.ticket_id), made


def newest() -> Transcript:
    return db.session.scalar(db.select(Transcript).order_by(Transcript.id.desc()))


def taken(client, **fields):
    """Paste, look, file; the page of the transcript."""
    look = client.submit(client.get("/desk/transcripts/new"), button="step=look", **fields)
    return client.submit(look, button="step=file")


def test_a_pasted_call_is_looked_at_first_and_then_filed(hotline, queue):
    shop = retailer(shop_name="Corner of the Quay")
    look = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", text=CALL, who=shop.licence_no, at="2026-11-20T10:15")
    assert "This is what will be filed" in look.text
    assert "井窍" in look.text
    assert newest() is None
    page = hotline.submit(look, button="step=file")
    assert "Tell the retailer the number" in page.text
    queue.run()
    made = transcripts.ticket_of(newest())
    assert (made.retailer, made.channel, made.messages[0].body) == (shop, "phone", WORDS)
    assert made.received_at.isoformat() == "2026-11-20T02:15:00+00:00"
    assert newest().source == "paste"


def test_a_second_press_files_once(hotline):
    look = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", text=CALL)
    hotline.submit(look, button="step=file")
    hotline.submit(look, button="step=file")
    assert db.session.scalar(db.select(db.func.count()).select_from(IntakeRecord)) == 1


def test_a_file_in_an_old_encoding_is_taken(hotline):
    page = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", files={"upload": [(io.BytesIO(CALL.encode("gb18030")), "call.txt")]})
    assert "三千八百六" in page.text
    hotline.submit(page, button="step=file")
    assert (newest().source, newest().filename, newest().original) == ("upload", "call.txt", CALL)


def test_a_broken_file_says_where_and_is_still_there(hotline):
    broken = '{"sentences": [\n{"transcript": "扣了两次"},\n'
    page = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", status=422, files={"upload": [(io.BytesIO(broken.encode()), "call.json")]})
    assert "Line 3" in page.text
    assert "扣了两次" in page.text
    empty = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", status=422, text=" ", name="Old Li")
    assert "There is nothing in it yet" in empty.text
    assert 'value="Old Li"' in empty.html


def test_a_picture_is_refused_with_a_reason(hotline):
    page = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", status=422, files={"upload": [(io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0\xff"), "a.txt")]})
    assert "nothing was stored" in page.text


def test_a_call_in_the_future_is_refused(hotline):
    page = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", status=422, text=CALL, at="2099-01-01T10:00")
    assert "has not come yet" in page.text
    assert "井窍" in page.text


def test_speakers_without_a_role_are_asked_for(hotline, queue):
    look = hotline.submit(hotline.get("/desk/transcripts/new"), button="step=look", text="SPEAKER_00: Hotline, good morning.\nSPEAKER_01: Nothing came on Tuesday.")
    assert "Who is “SPEAKER_00”?" in look.text
    hotline.submit(look, button="step=file", **{"role-0": "staff", "role-1": "caller"})
    queue.run()
    assert transcripts.ticket_of(newest()).messages[0].body == "Nothing came on Tuesday."


def test_a_telephone_number_finds_the_shop(hotline, queue):
    shop = retailer(phone="+8613800139123")
    taken(hotline, text=CALL, who="138 0013 9123")
    queue.run()
    assert transcripts.ticket_of(newest()).retailer is shop


def test_triage_shows_the_conversation_and_its_first_doubt(hotline, matter):
    made, _transcript = matter
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "您好，通话有录音。请讲。" in page.text
    assert "must be confirmed before dispatch" in page.text
    assert 'data-key="Y"' in page.html


def test_dispatch_waits_for_the_last_doubt(hotline, matter):
    made, transcript = matter
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    chosen = {"leaf": "PAY.DEBIT", "severity": "S2", "desired_outcome": "money"}
    refused = hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", status=422, **chosen)
    assert "Confirm them first" in refused.text
    assert made.state == "received"
    for _mark in transcript.marks:
        page = hotline.submit(page, f"/transcripts/{transcript.id}", button="choice=heard")
    assert "Everything that had to be confirmed is confirmed." in page.text
    hotline.submit(page, f"/triage/{made.case_no}", button="step=dispatch", **chosen)
    assert made.state == "dispatched"


def keys(page) -> list[str]:
    """The keys of a page that can be pressed."""
    return [one.attrs["data-key"] for kind in ("button", "a", "input", "select", "summary") for one in page.tree.all(kind) if "data-key" in one.attrs]


def test_no_key_of_a_doubt_does_anything_else(hotline, matter):
    made, _transcript = matter
    found = keys(hotline.get(f"/desk/triage?case={made.case_no}"))
    assert {"Y", "D"} <= set(found)
    assert len(found) == len(set(found))


def test_enter_rests_after_the_last_confirmation(hotline, matter):
    made, transcript = matter
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    assert "data-rests" not in page.html
    for _mark in transcript.marks:
        page = hotline.submit(page, f"/transcripts/{transcript.id}", button="choice=heard")
    assert "Enter rests after a confirmation" in page.text


def test_a_proposal_and_typed_words_go_into_the_facts(hotline, matter):
    made, transcript = matter
    page = hotline.get(f"/desk/triage?case={made.case_no}")
    page = hotline.submit(page, f"/transcripts/{transcript.id}", button="choice=proposed:0")
    page = hotline.get(f"/desk/triage?case={made.case_no}&talk={transcript.id}&mark={number_of(transcript, '三千八百六')}")
    page = hotline.submit(page, f"/transcripts/{transcript.id}", button="choice=typed", typed="3860元")
    assert made.messages[0].body.startswith("紧俏的货订不到，扣了3860元")
    assert 'value="3860"' in page.html


def test_nothing_typed_is_no_decision(hotline, matter):
    made, transcript = matter
    page = hotline.submit(hotline.get(f"/desk/transcripts/{transcript.id}"), f"/transcripts/{transcript.id}", button="choice=typed", typed=" ")
    assert "Write what was said there" in page.text
    hotline.post(f"/desk/transcripts/{transcript.id}", mark="99", choice="heard")
    hotline.post(f"/desk/transcripts/{transcript.id}", mark="x", choice="proposed:7")
    assert all(mark["decided"] is None for mark in transcript.marks)


def test_a_name_that_cannot_be_told_keeps_everybody_away(hotline, queue):
    for name in ("何建平", "贺剑萍"):
        staff(name=name, certificates={})
    record, made = filed("来电：我打给何健苹，她让我等。")
    run(queue)
    number = number_of(made, "何健苹")
    assert set(made.marks[number]["proposed"]) == {"何建平", "贺剑萍"}
    case_no = db.session.get(Ticket, record.ticket_id).case_no
    page = hotline.submit(hotline.get(f"/desk/triage?case={case_no}&talk={made.id}&mark={number}"), f"/transcripts/{made.id}", button="choice=any")
    named = next(form for form in page.forms() if form.get("action").endswith(f"/triage/{case_no}"))
    assert len([box for box in named.all("input") if box.get("name") == "named" and "checked" in box.attrs]) == 2


def test_several_denials_of_a_turn_are_each_shown_and_confirmed_by_one_key(hotline, queue):
    record, made = filed("来电：没有送货，没有电话，也没有道歉。")
    run(queue)
    case_no = db.session.get(Ticket, record.ticket_id).case_no
    page = hotline.get(f"/desk/triage?case={case_no}")
    group = page.html[page.html.index("All of this turn as heard"):]
    assert group[:group.index("</p>")].count("rd-doubt") == len(made.marks) > 1
    after = hotline.submit(page, f"/transcripts/{made.id}", button="choice=turn")
    assert [mark["decided"] for mark in made.marks] == [mark["text"] for mark in made.marks]
    assert "All of this turn as heard" not in after.html


def test_the_page_of_a_transcript_shows_it_as_it_came(hotline, matter):
    made, transcript = matter
    page = hotline.get(f"/desk/transcripts/{transcript.id}", links=True)
    assert "[00:03] 坐席：您好" in page.text
    assert f"/desk/transcripts/{transcript.id}" in hotline.get(f"/desk/tickets/{made.case_no}").links


def test_a_sealed_transcript_does_not_exist_for_others(app, hotline, matter):
    made, transcript = matter
    made.sealed = True
    hotline.get(f"/desk/transcripts/{transcript.id}", status=404)
    hotline.post(f"/desk/transcripts/{transcript.id}", status=404, mark="0", choice="heard")
    compliance = PageClient(app).sign_in(staff(roles=("compliance",), in_team="compliance", certificates={}))
    page = compliance.get(f"/desk/triage?case={made.case_no}")
    compliance.submit(page, f"/transcripts/{transcript.id}", button="choice=heard")
    assert transcript.marks[0]["decided"] == transcript.marks[0]["text"]


def test_an_ended_matter_is_only_read(hotline, matter):
    made, transcript = matter
    hotline.submit(hotline.get(f"/desk/triage?case={made.case_no}"), f"/triage/{made.case_no}", button="step=noise")
    page = hotline.get(f"/desk/transcripts/{transcript.id}")
    assert "rd-decide" not in page.html
    hotline.post(f"/desk/transcripts/{transcript.id}", mark="0", choice="heard")
    assert transcript.marks[0]["decided"] is None


def test_words_that_somebody_wrote_stand_beside_the_conversation(hotline, queue):
    record, made = filed()
    run(queue)
    made_ticket = db.session.get(Ticket, record.ticket_id)
    made_ticket.messages[0].body = "He says that his goods are late."
    page = hotline.get(f"/desk/triage?case={made_ticket.case_no}")
    assert "He says that his goods are late." in page.text
    assert "您好，通话有录音" in page.text


def test_who_may_not(app, database):
    outsider = PageClient(app).sign_in(staff(roles=("qa",), certificates={}))
    outsider.get("/desk/transcripts/new", status=403)
    handler = PageClient(app).sign_in(staff())
    handler.get("/desk/transcripts/new")
    handler.get("/desk/transcripts/99999", status=404)
    _record, made = filed()
    handler.get(f"/desk/transcripts/{made.id}", status=404)


def test_ordinary_matters_look_as_before(hotline):
    opened("The goods have not come.")
    ticket("dispatched")
    page = hotline.get("/desk/triage")
    assert "The goods have not come." in page.text
    assert "rd-decide" not in page.html


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(staff(roles=("admin",), in_team=None, certificates={}))


def test_the_dictionary_is_read_changed_and_grows(admin, app):
    page = admin.get("/desk/catalog/dictionary")
    assert "紧俏" in page.text
    term = db.session.scalar(db.select(DictionaryTerm).filter_by(meant="紧俏"))
    admin.submit(admin.get(f"/desk/catalog/dictionary/{term.id}"), heard="井窍\n井窍\n 景翘 ")
    assert term.heard == ["井窍", "景翘"]
    admin.submit(admin.get("/desk/catalog/dictionary/new"), meant="送货箱", heard="宋货箱", domain="delivery", language="zh")
    assert transcripts.dictionary("zh")["宋货箱"] == ("送货箱",)
    again = admin.submit(admin.get("/desk/catalog/dictionary/new"), status=422, meant="送货箱", heard="送货箱")
    assert "in the dictionary already" in again.text
    assert "cannot be among what is heard" in again.text
    admin.get("/desk/catalog/dictionary/99999", status=404)
    manager = PageClient(app).sign_in(staff(roles=("manager",), leads=True, certificates={}))
    assert "Add a term" not in manager.get("/desk/catalog/dictionary").text
    manager.get(f"/desk/catalog/dictionary/{term.id}", status=403)
