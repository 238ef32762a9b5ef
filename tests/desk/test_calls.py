"""The call desk: who stands where, what is kept while one types, and what each button does."""
from datetime import timedelta

import pytest

from core import clock, organisation
from core.audit import AuditEntry
from core.db import db
from hotline.models import Call
from hotline.taking import drafts
from retailers.queries import opted_out
from retailers.services import opt_out
from tests.builders import opened, retailer, staff, ticket, who
from tests.hotline import ringing
from tests.pages import PageClient
from tickets.models import CallTask, Ticket
from tickets.services import conversation
from tickets.values import known


@pytest.fixture
def person(database):
    return staff(roles=("hotline",), in_team="hotline", certificates={})


@pytest.fixture
def agent(app, person):
    return PageClient(app).sign_in(person)


def begin(agent) -> Call:
    """A call begun by hand."""
    page = agent.submit(agent.get("/desk/calls"), "/calls/by-hand")
    return db.session.get(Call, int(page.path.rsplit("/", 1)[1]))


def form_of(agent, call):
    return agent.get(f"/desk/calls/{call.id}")


def press(agent, call, button, status=200, **fields):
    return agent.submit(form_of(agent, call), f"/calls/{call.id}", button=f"step={button}", status=status, **fields)


def test_an_empty_desk_says_what_it_means(agent):
    page = agent.get("/desk/calls", links=True)
    assert "No caller has asked for a person yet today." in page.text
    assert "No calls" in page.text


def test_calls_stand_in_their_groups_with_masked_numbers(agent):
    retailer(phone=ringing.CALLER, shop_name="Harbour Corner")
    ringing.call(ago=20)
    ringing.call("talking", caller="+8613900139002")
    ringing.missed(caller="+8613900139003", ago=300)
    ringing.missed(caller="+8613900139003", ago=200)
    ringing.call("ended", outcome="answered", caller="+8613900139004")
    page = agent.get("/desk/calls", links=True)
    for words in ("Talking 1", "Waiting 1", "To write down 1", "Calls to return 1", "called 2 times", "Harbour Corner", "139××××9001",
                  "Number not in the register"):
        assert words in page.text, words
    assert "13900139001" not in page.html


def test_the_number_of_those_who_wait_stands_in_the_navigation(agent):
    ringing.call()
    ringing.call("talking")
    item = next(a for a in agent.get("/desk/calls").tree.all("a") if a.get("title") == "Calls")
    assert item.text == "Calls 1"


def test_todays_line(agent, monkeypatch):
    noon = clock.now().astimezone(organisation.zone()).replace(hour=12, minute=0)
    with clock.frozen(noon):
        ringing.call("ended", outcome="answered", answered_at=noon, waiting_at=noon - timedelta(seconds=10))
        ringing.missed()
        ringing.missed(ago=60 * 60 * 24)
        assert "Today 2 calls, 50% answered within 15 seconds, 1 not answered" in agent.get("/desk/calls").text
        assert "begun by hand" not in agent.get("/desk/calls").text
        begin(agent)
        assert "Today 2 calls, 50% answered within 15 seconds, 1 not answered · 1 begun by hand, not counted here" in agent.get("/desk/calls").text


def test_the_card_shows_shop_open_tickets_and_last_contacts(agent):
    shop = retailer(phone=ringing.CALLER, shop_name="Harbour Corner", account_manager_id=staff(name="Mary Miller").id)
    opened("Two cartons are missing", shop=shop)
    hidden = opened("They smuggle", shop=shop, kind="report")
    page = form_of(agent, ringing.call())
    for words in ("Harbour Corner", "Mary Miller", "Two cartons are missing", "Web form"):
        assert words in page.text, words
    assert "They smuggle" not in page.text
    assert hidden.case_no not in page.html


def test_words_that_still_wait_to_be_sent_are_no_contact(agent):
    shop = retailer(phone=ringing.CALLER)
    made = opened("Two cartons are missing", shop=shop, language="en")
    said = conversation.say(made, who(staff()), "We look into it.", "interim")
    db.session.commit()
    call = ringing.call()
    assert "from us" not in form_of(agent, call).text
    conversation.record_delivery(said, "sent")
    db.session.commit()
    assert "from us" in form_of(agent, call).text


def test_the_whole_number_costs_a_trace(agent, person):
    call = ringing.call()
    page = press(agent, call, "number")
    assert "139 0013 9001" in page.text
    trace = db.session.scalars(db.select(AuditEntry).filter_by(action="identity.seen")).one()
    assert (trace.actor_id, trace.target) == (person.id, f"call {call.id}")


def test_of_two_shops_one_is_chosen(agent):
    retailer(phone=ringing.CALLER, shop_name="North Gate")
    south = retailer(phone=ringing.CALLER, shop_name="South Gate")
    call = ringing.call()
    assert "Which shop is it?" in form_of(agent, call).text
    page = press(agent, call, f"shop:{south.licence_no}", text="half a sentence")
    assert "Which shop is it?" not in page.text
    assert "half a sentence" in page.html
    assert db.session.get(Call, call.id).retailer_id == south.id
    press(agent, call, "shop:")
    assert "Number, licence or shop" in form_of(agent, call).text


def test_a_shop_that_does_not_exist_is_not_chosen(agent):
    call = ringing.call()
    agent.post(f"/desk/calls/{call.id}", status=404, step="shop:99", version="0")


def test_by_hand_a_caller_is_found_by_name_and_several_are_offered(agent):
    retailer(shop_name="Harbour Corner"), retailer(shop_name="Harbour Lane")
    call = begin(agent)
    page = press(agent, call, "who", who="Harbour")
    assert "Harbour Corner" in page.text
    assert "Harbour Lane" in page.text
    assert "No single shop" in page.text
    press(agent, call, "who", who="Harbour Lane")
    assert db.session.get(Call, call.id).retailer.shop_name == "Harbour Lane"


def test_the_same_press_begins_one_call(agent):
    page = agent.get("/desk/calls")
    one, two = agent.submit(page, "/calls/by-hand"), agent.submit(page, "/calls/by-hand")
    assert one.path == two.path


def test_answering_takes_whoever_waits_longest(agent, person):
    ringing.call(ago=10)
    longest = ringing.call(ago=60, caller="+8613900139002")
    page = agent.submit(agent.get("/desk/calls"), "/calls/take")
    assert page.path == f"/desk/calls/{longest.id}"
    db.session.refresh(longest)
    assert (longest.state, longest.answered_by_id) == ("talking", person.id)
    assert agent.get("/desk/calls").path == f"/desk/calls/{longest.id}", "the desk opens with the call in hand"
    assert agent.get("/desk/calls?list=1").path == "/desk/calls"
    assert agent.get("/desk/calls/next").path == f"/desk/calls/{longest.id}"


def test_nobody_to_answer_is_said(agent):
    assert "Nobody is waiting." in agent.submit(agent.get("/desk/calls"), "/calls/take").text


def test_a_call_that_a_colleague_took_is_not_taken_again(agent):
    call = ringing.call("waiting")
    page = form_of(agent, call)
    call.answered_by_id, call.answered_at, call.state = staff(name="Ann Arber").id, clock.now(), "talking"
    db.session.flush()
    assert "Ann Arber has taken this call already." in agent.submit(page, f"/calls/{call.id}", button="step=take", status=422, text="mine").text
    assert drafts.fields_of(db.session.get(Call, call.id))["text"] == "mine"


def draft(agent, call, version=0, **fields):
    page = form_of(agent, call)
    token = next(field.get("value") for field in page.tree.all("input") if field.get("name") == "csrf_token")
    sent = {"csrf_token": token, "version": str(version)} | fields
    return agent._fetch("POST", f"/desk/calls/{call.id}/draft", data=sent)


def test_what_is_typed_is_kept_and_is_still_there(agent):
    call = begin(agent)
    answer = draft(agent, call, text="Two cartons", order_no="2611180732", sms="y")
    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert len(answer.json["saved"]) == 8
    page = form_of(agent, call)
    assert ">\nTwo cartons</textarea>" in page.html or ">\r\nTwo cartons</textarea>" in page.html
    assert 'value="2611180732"' in page.html
    assert agreed(page) == {"sms": "y"}


def agreed(page):
    tiles = [box for box in page.tree.all("input") if box.get("name") in ("recording", "identity", "sms")]
    assert {box.get("name") for box in tiles} == {"recording", "identity", "sms"}
    return {box.get("name"): box.get("value") for box in tiles if "checked" in box.attrs}


def test_consent_is_asked_and_not_supposed(agent):
    assert agreed(form_of(agent, begin(agent))) == {}
    assert agreed(form_of(agent, ringing.call("talking"))) == {"recording": "y"}, "the voice menu says that it records"
    opt_out(ringing.CALLER, "sms_word")
    assert agreed(form_of(agent, ringing.call("talking"))) == {"recording": "y", "sms": "n"}


def test_only_a_no_stops_text_messages(agent):
    press(agent, ringing.call("talking"), "ticket", text="The van did not come.")
    assert not opted_out(ringing.CALLER)
    press(agent, ringing.call("talking"), "ticket", text="The van did not come again.", sms="n")
    assert opted_out(ringing.CALLER)


def test_who_is_speaking_is_only_what_was_typed(agent):
    retailer(phone=ringing.CALLER, owner_name="Chen Guilan")
    call = ringing.call("talking")
    press(agent, call, "ticket", text="The van did not come.", identity="y")
    db.session.refresh(call)
    assert call.ticket.contact_name == ""
    assert "Speaker" not in agent.get(f"/desk/tickets/{call.ticket.case_no}").text
    assert known(call.ticket, "en")["contact_name"] == "Chen Guilan", "a letter is addressed to the owner all the same"


def test_the_words_propose_severity_order_and_amount(agent):
    call = begin(agent)
    told = draft(agent, call, text="Order 2611180732: 3,860 yuan were taken twice.", leaf="PAY.DEBIT").json["proposed"]
    assert told == {"severity": "S2", "order_no": "2611180732", "amount": "3860"}
    assert draft(agent, call, version=1, text="The van did not come.").json["proposed"] == {"severity": "", "order_no": "", "amount": ""}


def test_a_second_window_overwrites_nothing_unseen(agent):
    call = begin(agent)
    draft(agent, call, text="first window")
    answer = draft(agent, call, text="second window")
    assert (answer.status_code, answer.json["version"]) == (409, 1)
    assert "Nothing was overwritten" in answer.json["why"]
    assert draft(agent, call, version=1, text="second window").status_code == 200


def test_a_button_pressed_in_an_old_window_changes_nothing_and_loses_nothing(agent):
    call = begin(agent)
    old = form_of(agent, call)
    draft(agent, call, text="first window")
    page = agent.submit(old, f"/calls/{call.id}", button="step=ticket", status=422, text="second window")
    assert "Nothing was overwritten" in page.text
    assert "second window" in page.html
    assert "data-unkept" in page.html
    assert db.session.get(Call, call.id).filed_as is None
    agent.submit(page, f"/calls/{call.id}", button="step=ticket")
    assert db.session.get(Call, call.id).ticket.subject == "second window"


def test_filing_gives_the_sentence_to_read_out(agent, person):
    shop = retailer(phone=ringing.CALLER)
    call = ringing.call("talking", answered_by_id=person.id)
    page = press(agent, call, "ticket", text="The van did not come.", leaf="DLV.LATE", severity="S3", identity="y", sms="y")
    db.session.refresh(call)
    made = call.ticket
    assert (made.state, made.retailer_id, made.captured_by_id, made.channel) == ("dispatched", shop.id, person.id, "phone")
    assert "Read this out to him:" in page.text
    assert "Logistics will get in touch by" in page.text
    assert made.case_no in page.html.replace("</span><span>", "")
    assert "Next call" in page.text
    assert not list(page.tree.all("textarea")), "what was typed is in the ticket now"


def test_the_sentence_is_in_the_callers_language(agent):
    page = press(agent, begin(agent), "ticket", text="没有送到。", language="zh", identity="y")
    assert next(page.tree.all("blockquote")).get("lang") == "zh-CN"
    assert "给您记下了" in page.text


def test_what_the_machine_filed_has_no_sentence(agent):
    call = ringing.missed(filed_as="linked", ticket_id=ticket("in_progress").id)
    page = agent.get(f"/desk/calls/{call.id}")
    assert "Read this out" not in page.text
    assert "Open ticket" in page.text


def test_filing_twice_makes_one(agent):
    call = begin(agent)
    page = form_of(agent, call)
    agent.submit(page, f"/calls/{call.id}", button="step=ticket", text="The van did not come.")
    before = db.session.scalar(db.select(db.func.count(Ticket.id)))
    again = agent.submit(page, f"/calls/{call.id}", button="step=ticket", text="The van did not come.")
    assert "Read this out to him:" in again.text
    assert db.session.scalar(db.select(db.func.count(Ticket.id))) == before


def test_without_words_nothing_is_filed_and_nothing_is_lost(agent):
    call = begin(agent)
    page = press(agent, call, "ticket", status=422, text="", wish="my money back")
    assert "Write down what he says." in page.text
    assert "my money back" in page.html
    db.session.refresh(call)
    assert (call.filed_as, drafts.fields_of(call)["wish"]) == (None, "my money back")


def test_a_wrong_number_to_call_back_is_said(agent):
    page = press(agent, begin(agent), "ticket", status=422, text="The van did not come.", callback="12")
    assert "not complete or has a wrong digit" in page.text


def test_the_number_to_call_back_is_the_tickets(agent):
    call = ringing.call("talking")
    press(agent, call, "ticket", text="The van did not come.", callback="138 0013 8000", callback_time="after five", sms="y")
    db.session.refresh(call)
    assert call.ticket.contact_phone == "+8613800138000"
    assert any("after five" in message.body for message in call.ticket.messages if message.kind == "note")


def test_whoever_must_not_be_named_is_confidential(agent):
    call = begin(agent)
    press(agent, call, "ticket", text="The van did not come.", identity=None)
    assert db.session.get(Call, call.id).ticket.confidential


def test_words_are_added_to_his_open_ticket(agent):
    other = ticket("in_progress", shop=retailer(phone=ringing.CALLER))
    call = ringing.call("talking")
    page = press(agent, call, "link", text="It is the brown box.")
    assert "I have added it to case" in page.text
    assert other.messages[-1].body == "It is the brown box."


def test_a_ticket_can_be_named_by_its_number(agent):
    other = ticket("in_progress")
    press(agent, begin(agent), "link", text="It is the brown box.", other_no=f"{other.case_no[:5]} {other.case_no[5:]}")
    assert other.messages[-1].body == "It is the brown box."


@pytest.mark.parametrize("number", ["", "1234567890"])
def test_without_a_ticket_nothing_is_added(agent, number):
    page = press(agent, begin(agent), "link", status=422, text="It is the brown box.", other_no=number)
    assert ("There is no ticket with this number." if number else "Choose one of his tickets") in page.text
    assert "It is the brown box." in page.html


def test_noise_and_nothing_leave_the_desk(agent):
    for button, words in (("noise", "Put aside as noise."), ("nothing", "nothing was filed")):
        call = begin(agent)
        page = press(agent, call, button)
        assert (page.path, words in page.text) == ("/desk/calls", True)
        assert db.session.get(Call, call.id).filed_as == button


def test_a_call_back_is_promised_and_stands_in_the_list(agent):
    call = begin(agent)
    at = (clock.now() + timedelta(days=1)).astimezone(organisation.zone())
    page = press(agent, call, "promise", who="139 0013 9001", back_at=f"{at:%Y-%m-%dT%H:%M}")
    assert "Calls to return 1" in page.text
    assert f"promised for {at:%a}" in page.text
    press(agent, call, "ticket", text="The van did not come.", sms="y", identity="y")
    assert db.session.scalars(db.select(CallTask).filter_by(reason="promised_call")).one().ticket_id == db.session.get(Call, call.id).ticket_id


def test_a_promise_needs_its_time(agent):
    assert "Say when you will call back." in press(agent, begin(agent), "promise", status=422).text


def test_nobody_there_keeps_the_number_on_the_list(agent):
    call = ringing.missed()
    page = press(agent, call, "unreached")
    assert "1 try to call back" in page.text
    press(agent, call, "nothing")
    assert "Calls to return" not in agent.get("/desk/calls").text


def test_words_that_were_heard_are_marked_where_they_are_doubtful(agent):
    call = ringing.call("talking")
    ringing.says(call, "Good morning, what is it?", 0.99, speaker="staff")
    ringing.says(call, "Three thousand yuan were taken.", 0.7)
    ringing.says(call, "I did not get it", 0.9, words=[{"text": "I", "confidence": 0.99}, {"text": "get", "confidence": 0.66}])
    page = form_of(agent, call)
    marked = " ".join(mark.text for mark in page.tree.all("mark"))
    for words in ("Three thousand yuan were taken. 70%", "not (a denial)", "get 66%"):
        assert words in marked, words
    assert "are not sure" in page.text


def test_after_filing_the_way_leads_to_what_must_be_confirmed(agent):
    call = ringing.call("talking")
    ringing.says(call, "Three thousand yuan were taken.", 0.7)
    page = press(agent, call, "ticket", text="Three thousand yuan were taken.", identity="y", sms="y")
    assert "must be confirmed before dispatch" in page.text
    assert "Confirm what is doubtful" in page.text
    agent.get(f"/desk/calls/{call.id}", links=True)


def test_news_of_the_desk(agent):
    call = ringing.call()
    ringing.says(call, "Good morning")
    news = agent._fetch("GET", f"/desk/calls/board?call={call.id}").json
    assert news["waiting"] == 1
    assert "139××××9001" in news["calls"]
    assert "Good morning" in news["said"]
    assert agent._fetch("GET", "/desk/calls/board").json["said"] is None
    assert agent._fetch("GET", "/desk/calls/board?call=99999999999").status_code == 200


def test_asking_for_news_keeps_nobody_signed_in(agent):
    with clock.frozen(clock.now() + timedelta(hours=11)):
        assert agent._fetch("GET", "/desk/calls/board").status_code == 200
    with clock.frozen(clock.now() + timedelta(hours=13)):
        assert agent._fetch("GET", "/desk/calls/board").status_code == 302


def sealed_call(person):
    call = ringing.call("ended", outcome="answered", answered_by_id=person.id)
    hidden = opened("They smuggle", kind="report")
    call.ticket_id, call.filed_as, call.filed_by_id, call.filed_at = hidden.id, "ticket", person.id, clock.now()
    ringing.says(call, "They smuggle at night")
    return call


def test_what_was_sealed_is_not_shown_to_whoever_took_the_call(agent, person):
    page = form_of(agent, sealed_call(person))
    assert "Only people who look after such matters will read it" in page.text
    assert "smuggle" not in page.text


def test_a_sealed_call_does_not_exist_for_others(app, agent, person):
    call = sealed_call(person)
    other = PageClient(app).sign_in(staff(roles=("hotline",), in_team="hotline", certificates={}))
    other.get(f"/desk/calls/{call.id}", status=404)
    log = other.get("/desk/calls/log", links=True)
    assert "139××××9001" not in log.text
    assert "139××××9001" not in other._fetch("GET", "/desk/calls/log.csv").get_data(as_text=True)


def test_the_log_says_who_waited_and_talked_how_long(agent, person):
    shop = retailer(phone=ringing.CALLER, shop_name="Harbour Corner")
    began = clock.now() - timedelta(minutes=9)
    done = ringing.call("ended", outcome="answered", began_at=began, waiting_at=began, answered_at=began + timedelta(seconds=12),
                        ended_at=began + timedelta(seconds=192), answered_by_id=person.id, filed_as="linked", ticket_id=opened(shop=shop).id)
    page = agent.get("/desk/calls/log", links=True)
    for words in ("Harbour Corner", "0:12", "3:00", person.name, "Added to a ticket"):
        assert words in page.text, words
    assert done.ticket.case_no in page.html
    csv = agent._fetch("GET", "/desk/calls/log.csv")
    assert csv.mimetype == "text/csv"
    assert "139××××9001" in csv.get_data(as_text=True)


def test_the_log_is_narrowed(agent, person):
    ringing.call("ended", outcome="answered", answered_by_id=person.id, caller="+8613900139002")
    ringing.missed(caller="+8613900139003")
    ringing.missed(caller="+8613900139004", ago=60 * 60 * 24 * 3)
    local = clock.now().astimezone(organisation.zone())
    assert "139××××9002" in agent.get(f"/desk/calls/log?who={person.id}").text
    assert "139××××9003" not in agent.get(f"/desk/calls/log?who={person.id}").text
    assert "139××××9002" not in agent.get("/desk/calls/log?outcome=missed").text
    old = agent.get(f"/desk/calls/log?day={local - timedelta(days=3):%Y-%m-%d}").text
    assert ("139××××9004" in old, "139××××9003" in old) == (True, False)
    assert "No call fits these conditions" in agent.get("/desk/calls/log?day=2020-01-01").text
    for odd in ("day=yesterday", "day=9999-12-31", "who=99999999999", "who=x", "outcome=x", "page=7"):
        agent.get(f"/desk/calls/log?{odd}")


@pytest.mark.parametrize("role", ["handler", "qa", "compliance", "liaison", "admin"])
def test_other_roles_have_no_calls(app, database, role):
    client, call = PageClient(app).sign_in(staff(roles=(role,), certificates={})), ringing.call()
    for path in ("/desk/calls", f"/desk/calls/{call.id}", "/desk/calls/log", "/desk/calls/log.csv", "/desk/calls/board", "/desk/calls/next"):
        client.get(path, status=403)
    for path in ("/desk/calls/take", "/desk/calls/by-hand", f"/desk/calls/{call.id}", f"/desk/calls/{call.id}/draft"):
        client.post(path, status=403)


def test_what_does_not_exist(agent):
    agent.get("/desk/calls/999999", status=404)
    agent.post("/desk/calls/999999", status=404, step="take")
    agent.post("/desk/calls/999999/draft", status=404)
