"""A ticket handled through its page, from the signature to the end, and what the page refuses on the way."""
from datetime import timedelta

import pytest

from catalog import queries as catalog
from core import clock, organisation, settings
from core.db import db
from core.i18n import day_hour, spoken
from tests import builders as make
from tests.desk.test_ticket_page import address, buttons, person
from tests.pages import PageClient
from tickets.models import Extension, Promise, QualityCheck, Reply, Ticket
from tickets.services import extending

GOOD = {"v-found": "The van broke down.", "v-remedy": "It is delivered tomorrow.", "outcome": "upheld",
        "root_cause": "process.no_rule", "remedy": "explained"}


@pytest.fixture
def handler(database):
    return make.staff(name="Zhou Min")


@pytest.fixture
def boss(database):
    return person("manager", in_team="logistics", leads=True)


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as the last request left it."""
    db.session.expire_all()
    return db.session.get(Ticket, ticket.id)


def answer() -> dict:
    return GOOD | {"v-promise_date": (clock.now() + timedelta(days=3)).date().isoformat()}


def boxes(page) -> list[str]:
    return [box.get("value") for box in page.tree.all("input") if box.get("name") == "item"]


def check_everything(client, ticket):
    page = client.get(address(ticket))
    return client.submit(page, "/write/answer", button="do=check", item=boxes(page))


def test_sign_compose_submit_approve_close(app, database, handler, boss, gateways, queue):
    ticket = make.ticket("dispatched", handler=handler)
    desk, review = PageClient(app).sign_in(handler), PageClient(app).sign_in(boss)
    page = desk.submit(desk.get(address(ticket)), "/do/sign")
    assert fresh(ticket).state == "in_progress"
    page = check_everything(desk, ticket)
    page = desk.submit(page, "/write/answer", button="do=preview", **answer())
    assert "The van broke down." in page.text
    page = desk.submit(page, "/write/answer", button="do=answer")
    assert fresh(ticket).state == "in_review"
    page = review.get(address(ticket))
    assert "It is delivered tomorrow." in page.text
    page = review.submit(page, "/do/approve")
    assert fresh(ticket).state == "answered"
    sent = ticket.messages[-1]
    assert (sent.kind, sent.answer_code, sent.answer_version) == ("out", "A-DLV-001", 1)
    assert "The van broke down." in sent.body
    assert "{{" not in sent.body
    review.submit(page, "/do/close", **{"close-cause_note": "one van too few"})
    assert fresh(ticket).state == "closed"
    assert (ticket.outcome, ticket.root_cause, ticket.remedy, ticket.cause_note) == ("upheld", "process.no_rule", "explained", "one van too few")


@pytest.mark.parametrize(("hour", "severity", "rests"), [(23, "S3", True), (12, "S3", False)])
def test_whoever_sends_at_night_reads_when_the_words_go_out(app, database, handler, boss, hour, severity, rests):
    settings.put("quiet_from", "21:00")
    settings.put("quiet_until", "08:00")
    with clock.frozen(clock.now().astimezone(organisation.zone()).replace(hour=hour, minute=0)):
        ticket = make.ticket("in_review", handler=handler, severity=severity)
        review = PageClient(app).sign_in(boss)
        page = review.submit(review.get(address(ticket)), "/do/approve")
        assert fresh(ticket).state == "answered"
    assert ("Texts rest at this hour: the words go out" in page.text and "08:00" in page.text) == rests
    assert ("Approved and sent." in page.text) != rests


def test_a_certified_handler_sends_a_light_answer_himself(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    client.submit(page, "/write/answer", button="do=send", **answer())
    assert fresh(ticket).state == "answered"


def test_a_severe_answer_cannot_be_sent_without_review(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler, severity="S2")
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    assert "do=send" not in [f"{b.get('name')}={b.get('value')}" for b in page.form("/write/answer").all("button")]
    page = client.submit(page, "/write/answer", 422, button="do=answer", do="send", **answer())
    assert fresh(ticket).state == "in_progress"
    assert "The van broke down." in page.html


def test_an_unresolved_placeholder_refuses_and_keeps_the_text(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    page = client.submit(page, "/write/answer", 422, button="do=send", **answer() | {"v-remedy": "  ", "free-0": "Dear shop owner: {{found}}"})
    assert fresh(ticket).state == "in_progress"
    for kept in ("Dear shop owner: 【What was found】", "The van broke down.", answer()["v-promise_date"]):
        assert kept in page.html
    assert 'value="upheld" selected' in page.html
    client.submit(page, "/write/answer", button="do=send", **{"v-remedy": "It comes today."})
    assert "Dear shop owner: The van broke down." in fresh(ticket).messages[-1].body


@pytest.mark.parametrize(("field", "text"), [("v-promise_date", "soon"), ("free-0", "Dear {{nobody knows}}"), ("free-0", "Hello {{item")])
def test_what_does_not_fit_is_refused_in_words(app, database, handler, field, text):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    page = client.submit(page, "/write/answer", 422, button="do=send", **answer() | {field: text})
    assert text in page.html
    assert fresh(ticket).state == "in_progress"


def test_the_lint_refuses_and_names_the_word(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    page = client.submit(page, "/write/answer", 422, button="do=answer", **answer() | {"v-found": "Try our special offer, call 13912345678."})
    marked = [mark.text for mark in page.tree.all("mark")]
    assert marked == ["special offer", "13912345678"]
    assert "Try our special offer" in page.html
    assert fresh(ticket).state == "in_progress"


def test_an_open_checklist_refuses(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket))
    first, second, *_more = (item.en for item in catalog.checklist(ticket.leaf_code))
    page = client.submit(page, "/write/answer", 422, button="do=send", item=boxes(page)[0], **answer())
    assert fresh(ticket).state == "in_progress"
    assert "It is delivered tomorrow." in page.html
    said = page.text[page.text.index("Some points of the checklist are still open:"):].partition("Next step:")[0]
    assert second in said
    assert first not in said


def test_the_checklist_and_the_words_keep_each_other(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket))
    assert not page.tree.text.count("{{")
    page = client.submit(page, "/write/answer", button="do=check", item=boxes(page)[0], **answer())
    for shown in (page, client.get(address(ticket))):
        for kept in ("The van broke down.", answer()["v-promise_date"], 'value="upheld" selected', 'value="process.no_rule" selected',
                     'value="explained" selected'):
            assert kept in shown.html
        assert [box.get("value") for box in shown.tree.all("input") if box.get("name") == "item" and "checked" in box.attrs] == boxes(page)[:1]
    page = client.submit(page, "/write/answer", button="do=preview", item=boxes(page))
    assert all("checked" in box.attrs for box in page.tree.all("input") if box.get("name") == "item")
    client.submit(page, "/write/answer", button="do=send")
    assert fresh(ticket).state == "answered"


def test_beside_a_question_the_checklist_is_kept_and_the_question_stays(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket, "?write=ask"))
    page = client.submit(page, "/write/ask", button="do=check", item=boxes(page), **{"v-questions": "Which van was it?"})
    assert "Which van was it?" in page.html
    assert db.session.scalar(db.select(Reply).filter_by(ticket_id=ticket.id)) is None
    page = client.get(address(ticket, "?write=note"))
    assert all("checked" in box.attrs for box in page.tree.all("input") if box.get("name") == "item")
    client.submit(page, "/checklist", item=[])
    assert not [box for box in client.get(address(ticket)).tree.all("input") if box.get("name") == "item" and "checked" in box.attrs]


def test_what_is_wrong_stands_at_its_blank_in_words(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket))
    page = client.submit(page, "/write/answer", 422, button="do=send", item=boxes(page), **answer() | {"v-promise_date": "soon"})
    assert "The day promised: a day is expected, for example 2026-12-01" in page.text
    assert "#v-promise_date" in [link.get("href") for link in page.tree.all("a")]
    assert [field.get("id") for field in page.tree.all("input", "textarea") if field.get("aria-invalid")] == ["v-promise_date"]


def test_a_label_with_a_slip_in_it_does_not_go_out(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket))
    page = client.submit(page, "/write/answer", 422, button="do=send", item=boxes(page), **answer() | {"free-0": "Dear 【What was fond】"})
    assert "There is no blank called 【What was fond】" in page.text
    client.submit(page, "/write/answer", button="do=send", **{"free-0": "Dear shop owner: 【What was found】"})
    assert "Dear shop owner: The van broke down." in fresh(ticket).messages[-1].body


def test_the_page_says_why_somebody_reads_the_answer_first(app, database, handler):
    light, severe = (make.ticket("in_progress", handler=handler, severity=severity) for severity in ("S3", "S2"))
    client = PageClient(app).sign_in(handler)
    assert "Somebody else reads it" not in client.get(address(light)).text
    assert "the matter is severe, or it is handled again" in client.get(address(severe)).text


def test_a_draft_is_kept_even_unfinished_and_found_again(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    client.submit(client.get(address(ticket)), "/write/answer", button="do=save",
                  **{"v-found": "Half of it is known", "free-0": "Good day. {{found}}", "outcome": "partly"})
    kept = db.session.scalar(db.select(Reply).filter_by(ticket_id=ticket.id))
    assert kept.body == ""  # nothing can be sent from it
    page = client.get(address(ticket))
    for words in ("Half of it is known", "Good day. 【What was found】", 'value="partly" selected'):
        assert words in page.html


def test_another_standard_answer_is_looked_at_before_it_is_sent(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    page = client.submit(page, "/write/answer", 422, button="do=send", **answer() | {"language": "zh"})
    assert fresh(ticket).state == "in_progress"
    assert "您好" in page.html
    assert "The van broke down." in page.html


def test_the_reviewer_sends_back_and_the_author_finds_his_words_and_the_comment(app, database, handler, boss):
    ticket = make.ticket("in_review", handler=handler)
    review = PageClient(app).sign_in(boss)
    page = review.submit(review.get(address(ticket)), "/do/send_back", 422, **{"send_back-comment": " "})
    assert fresh(ticket).state == "in_review"
    review.submit(page, "/do/send_back", **{"send_back-comment": "Say when the van comes."})
    assert fresh(ticket).state == "in_progress"
    page = PageClient(app).sign_in(handler).get(address(ticket))
    assert "Say when the van comes." in page.text
    assert "the van was late" in page.html


def test_a_second_press_is_told_that_the_ticket_has_moved(app, database, handler):
    ticket = make.ticket("dispatched", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket))
    client.submit(page, "/do/sign")
    assert "rd-note--bad" in client.submit(page, "/do/sign", 422).html
    assert fresh(ticket).state == "in_progress"


def test_whoever_sends_has_read_what_came_in_meanwhile(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = check_everything(client, ticket)
    PageClient(app).sign_in(person("hotline")).post(address(ticket, "/do/hear"), **{"hear-text": "It has come after all.", "hear-channel": "phone"})
    page = client.submit(page, "/write/answer", 422, button="do=send", **answer())
    assert "It has come after all." in page.text
    assert fresh(ticket).state == "in_progress"
    client.submit(page, "/write/answer", button="do=send")
    assert fresh(ticket).state == "answered"


NOT_HIS = [("dispatched", "sign", {}), ("dispatched", "return", {"return-reason": "wrong_team", "return-text": "x"}), ("in_review", "approve", {}),
           ("answered", "close", {"close-outcome": "upheld", "close-root_cause": "process.no_rule", "close-remedy": "explained"}),
           ("in_progress", "hand_over", {}), ("dispatched", "reroute", {}), ("in_progress", "supervise", {"supervise-text": "x", "supervise-hours": "8"}),
           ("in_progress", "log_call", {"log_call-text": "x"}),
           ("in_progress", "withdraw", {"withdraw-confirmed": "y"}), ("answered", "check_quality", {"check_quality-passed": "yes"})]


@pytest.mark.parametrize(("state", "name", "fields"), NOT_HIS)
def test_a_colleague_cannot_do_what_is_not_his(app, database, state, name, fields):
    ticket = make.ticket(state)
    client = PageClient(app).sign_in(make.staff())
    client.post(address(ticket, f"/do/{name}"), 403, **fields)
    assert fresh(ticket).state == state
    client.post(address(ticket, "/do/nonsense"), 404)
    client.post("/desk/tickets/26112299/do/note", 404, **{"note-text": "x"})


def test_the_handler_never_closes_his_own_ticket(app, database):
    both = make.staff(roles=("handler", "manager"), leads=True)
    ticket = make.ticket("answered", handler=both, reviewer=person("manager", in_team="logistics", leads=True))
    client = PageClient(app).sign_in(both)
    assert "close" not in buttons(client.get(address(ticket)))
    client.post(address(ticket, "/do/close"), 403, **{"close-outcome": "upheld", "close-root_cause": "process.no_rule", "close-remedy": "explained"})
    assert fresh(ticket).state == "answered"


def test_asking_pauses_and_what_the_retailer_says_on_the_phone_goes_on(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    page = client.get(address(ticket) + "?write=ask")
    client.submit(page, "/write/ask", 422, button="do=ask")
    client.submit(page, "/write/ask", button="do=ask", **{"v-questions": "Which day was it?"})
    assert fresh(ticket).state == "needs_info"
    assert "Which day was it?" in ticket.messages[-1].body
    page = client.get(address(ticket) + "?write=hear")
    client.submit(page, "/do/hear", **{"hear-text": "It was Tuesday.", "hear-channel": "phone"})
    assert fresh(ticket).state == "in_progress"


def test_telling_the_progress_winds_the_clock_up_again(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    client.submit(client.get(address(ticket) + "?write=interim"), "/write/interim", button="do=interim", **{"v-found": "we found the van"})
    assert (fresh(ticket).state, ticket.messages[-1].purpose) == ("in_progress", "interim")
    assert ticket.contacted_at is not None


def test_the_hotline_answers_on_the_spot(app, database):
    ticket = make.opened()
    make.classify(ticket, "DLV.LATE", "S4")
    client = PageClient(app).sign_in(person("hotline"))
    client.submit(client.get(address(ticket) + "?write=spot"), "/write/spot", button="do=spot", **answer())
    assert fresh(ticket).state == "answered"


def test_declining_and_transferring_tell_the_retailer_why(app, database, boss):
    client = PageClient(app).sign_in(boss)
    declined, transferred = make.opened(), make.opened()
    client.submit(client.get(address(declined) + "?write=decline"), "/write/decline", 422, button="do=decline",
                  **{"v-reason": "", "v-body_name": "12345"})
    client.submit(client.get(address(declined) + "?write=decline"), "/write/decline", button="do=decline",
                  **{"v-reason": "the landlord decides", "v-body_name": "12345"})
    client.submit(client.get(address(transferred) + "?write=transfer"), "/write/transfer", button="do=transfer",
                  **{"v-reason": "theirs by law", "v-body_name": "Market regulator", "v-reference": "R-77"})
    assert (fresh(declined).state, fresh(transferred).state) == ("declined", "transferred")
    assert "the landlord decides" in declined.messages[-1].body
    assert "R-77" in transferred.messages[-1].body


def test_returning_claiming_and_assigning(app, database, handler, boss):
    ticket = make.ticket("dispatched", handler=handler)
    client = PageClient(app).sign_in(handler)
    client.submit(client.get(address(ticket)), "/do/return", 422, **{"return-text": "Not ours"})
    client.submit(client.get(address(ticket)), "/do/return",
                  **{"return-reason": "wrong_team", "return-text": "Not ours", "return-leaf": "PAY.DEBIT"})
    assert fresh(ticket).state == "received"
    assert "Not ours" in ticket.messages[-1].body
    queued, taker = make.ticket("dispatched", handler=False), make.staff()
    PageClient(app).sign_in(taker).post(address(queued, "/do/claim"))
    assert fresh(queued).assignee_id == taker.id
    other = make.staff()
    manager = PageClient(app).sign_in(boss)
    manager.submit(manager.get(address(queued)), "/do/hand_over", **{"hand_over-to": other.id, "hand_over-reason": "on a course"})
    assert (fresh(queued).state, queued.assignee_id) == ("dispatched", other.id)
    manager.submit(manager.get(address(queued)), "/do/reroute", **{"reroute-to": taker.id})
    assert fresh(queued).assignee_id == taker.id


def test_a_manager_cannot_assign_to_somebody_who_must_stand_aside(app, database, handler):
    friend = make.staff(certificates={"SVC.RATING": 3}, in_team="marketing")
    ticket = make.ticket("dispatched", leaf="SVC.RATING", shop=make.retailer(account_manager_id=friend.id))
    client = PageClient(app).sign_in(person("manager", in_team="marketing", leads=True))
    page = client.submit(client.get(address(ticket)), "/do/reroute", 422, **{"reroute-to": friend.id, "reroute-reason": "he knows the shop"})
    assert "he knows the shop" in page.html
    assert fresh(ticket).assignee_id != friend.id


def test_severity_note_and_call(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    desk = PageClient(app).sign_in(handler)
    page = desk.submit(desk.get(address(ticket)), "/do/severity", 403, **{"severity-severity": "S4", "severity-reason": "it is small"})
    assert "it is small" in page.html
    desk.submit(page, "/do/severity", **{"severity-severity": "S2", "severity-reason": "the shop stands still"})
    assert fresh(ticket).severity == "S2"
    desk.submit(desk.get(address(ticket) + "?write=note"), "/do/note", 422)
    desk.submit(desk.get(address(ticket) + "?write=note"), "/do/note", **{"note-text": "Spoke with the driver."})
    desk.submit(desk.get(address(ticket) + "?write=log_call"), "/do/log_call", **{"log_call-text": "She wants it by noon."})
    assert [m.kind for m in fresh(ticket).messages][-2:] == ["note", "call"]


def test_a_demand_is_made_answered_and_seen(app, database, handler, boss):
    ticket = make.ticket("in_progress", handler=handler)
    desk, manager = PageClient(app).sign_in(handler), PageClient(app).sign_in(boss)
    page = manager.submit(manager.get(address(ticket)), "/do/supervise", 422, **{"supervise-text": "Call the depot.", "supervise-hours": "soon"})
    assert "Call the depot." in page.html
    assert "Write working hours" in page.text
    page = manager.submit(page, "/do/supervise", **{"supervise-text": "Call the depot.", "supervise-hours": "4"})
    assert "supervise" not in buttons(page)
    assert fresh(ticket).supervised
    page = desk.get(address(ticket))
    assert "Call the depot." in page.text
    page = desk.submit(page, "/do/answer_demand", 422, **{"answer_demand-text": " "})
    page = desk.submit(page, "/do/answer_demand", **{"answer_demand-text": "Called; the van leaves at two."})
    assert not fresh(ticket).supervised
    page = manager.get(address(ticket))
    assert "Called; the van leaves at two." in page.text
    assert "demand_again" not in buttons(desk.get(address(ticket)))
    manager.submit(page, "/do/demand_again")
    assert fresh(ticket).supervised


def test_only_who_has_the_ticket_is_offered_to_answer_a_demand(app, database, handler, boss):
    ticket = make.ticket("in_progress", handler=handler)
    manager, hotline = PageClient(app).sign_in(boss), PageClient(app).sign_in(person("hotline"))
    manager.submit(manager.get(address(ticket)), "/do/supervise", **{"supervise-text": "Call the depot.", "supervise-hours": "4"})
    page = hotline.get(address(ticket))
    assert "Call the depot." in page.text
    assert "answer_demand" not in buttons(page)
    assert "answer_demand" in buttons(PageClient(app).sign_in(handler).get(address(ticket)))


def test_a_demand_is_lifted(app, database, handler, boss):
    ticket = make.ticket("in_progress", handler=handler)
    manager = PageClient(app).sign_in(boss)
    page = manager.submit(manager.get(address(ticket)), "/do/supervise", **{"supervise-text": "Call the depot.", "supervise-hours": "4"})
    page = manager.submit(page, "/do/stop_supervising")
    assert not fresh(ticket).supervised
    assert "lifted on" in page.text
    assert "supervise" in buttons(page)


def test_the_hotline_counts_that_the_retailer_presses(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    desk = PageClient(app).sign_in(person("hotline"))
    page = desk.submit(desk.get(address(ticket)), "/do/urged")
    assert "Chased: 1" in page.text
    desk.submit(page, "/do/urged", 422)
    assert fresh(ticket).urgings == 1


def test_more_time_is_asked_for_and_granted(app, database, handler, boss):
    ticket = make.ticket("in_progress", handler=handler)
    desk, manager = PageClient(app).sign_in(handler), PageClient(app).sign_in(boss)
    late, soon = clock.now() + timedelta(days=200), next(c.due_at for c in ticket.clocks if c.kind == "resolve") + timedelta(hours=4)
    page = desk.submit(desk.get(address(ticket)), "/do/ask_extension", 422,
                       **{"ask_extension-new_due": f"{late:%Y-%m-%dT%H:%M}", "ask_extension-reason": "the lab is slow"})
    assert "the lab is slow" in page.html
    with spoken("en"):
        until = day_hour(extending.latest(ticket))
    assert page.text.count(f"{until} at the latest.") == 2, "in the error, and beside the field"
    assert "open" in next(d for d in page.tree.all("details") if "Ask for an extension" in d.text).attrs
    local = soon.astimezone(organisation.zone())
    desk.submit(page, "/do/ask_extension", **{"ask_extension-new_due": f"{local:%Y-%m-%dT%H:%M}"})
    asked = manager.get(address(ticket))
    assert "Zhou Min asks for more time: grant or refuse it by" in asked.text
    granted = manager.submit(asked, "/do/grant_extension")
    assert "grant or refuse it" not in granted.text
    row = db.session.scalar(db.select(Extension).filter_by(ticket_id=ticket.id))
    assert (row.approved, fresh(ticket).extensions) == (True, 1)
    assert "the lab is slow" in ticket.messages[-1].body


def test_promises_are_entered_and_settled_only_where_they_may_be_made(app, database, handler):
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    day = (clock.now() + timedelta(days=4)).date()
    page = client.submit(client.get(address(ticket)), "/do/promise", **{"promise-text": "A written reply", "promise-due": day.isoformat()})
    row = db.session.scalar(db.select(Promise).filter_by(ticket_id=ticket.id))
    client.submit(page, f"/promises/{row.id}", button="kept=no")
    assert db.session.get(Promise, row.id).kept is False
    silent = make.staff(certificates={"SUP": 3}, in_team="marketing")
    other = make.ticket("in_progress", leaf="SUP.QUOTA", handler=silent)
    PageClient(app).sign_in(silent).post(address(other, "/do/promise"), 403, **{"promise-text": "More", "promise-due": day.isoformat()})
    PageClient(app).sign_in(make.staff()).post(address(ticket, f"/promises/{row.id}"), 403, kept="yes")


def test_qa_judges_and_has_it_handled_again(app, database, handler):
    ticket = make.ticket("answered", handler=handler)
    client = PageClient(app).sign_in(person("qa"))
    client.submit(client.get(address(ticket) + "?write=check_quality"), "/do/check_quality",
                  **{"check_quality-passed": "no", "check_quality-note": "no cause"})
    assert db.session.scalar(db.select(QualityCheck).filter_by(ticket_id=ticket.id)).passed is False
    client.submit(client.get(address(ticket)), "/do/redo", **{"redo-reason": "not_solved", "redo-text": "Find the cause."})
    assert (fresh(ticket).state, ticket.redos) == ("in_progress", 1)


def test_merging_withdrawing_noise_and_sealing_by_the_hotline(app, database):
    client, shop = PageClient(app).sign_in(person("hotline")), make.retailer()
    one, other, gone, noise, hot = (make.opened(shop=shop) for _n in range(5))
    page = client.submit(client.get(address(one)), "/do/merge", 422, **{"merge-into": "12345678"})
    assert 'value="12345678"' in page.html
    client.submit(page, "/do/merge", **{"merge-into": other.case_no})
    assert fresh(one).merged_into_id == other.id
    client.submit(client.get(address(one)), "/do/unmerge")
    assert fresh(one).state == "received"
    client.submit(client.get(address(gone)), "/do/withdraw", 422, **{"withdraw-reason": "he did not say so"})
    client.submit(client.get(address(gone)), "/do/withdraw", **{"withdraw-confirmed": "y"})
    client.submit(client.get(address(noise)), "/do/decline_noise")
    assert (fresh(gone).state, fresh(noise).state) == ("withdrawn", "declined")
    client.submit(client.get(address(hot)), "/do/seal")  # he ends on his own list: the ticket no longer exists for him
    client.get(address(hot), 404)
    keeper = PageClient(app).sign_in(person("compliance"))
    keeper.submit(keeper.get(address(hot)), "/do/unseal")
    client.get(address(hot))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_refused_beside_its_field(app, database, day):
    handler = make.staff()
    ticket = make.ticket("in_progress", handler=handler)
    client = PageClient(app).sign_in(handler)
    for verb, fields in (("promise", {"promise-text": "More", "promise-due": day}),
                         ("ask_extension", {"ask_extension-new_due": f"{day}T12:00", "ask_extension-reason": "The test takes long"})):
        page = client.submit(client.get(address(ticket)), f"/do/{verb}", status=422, **fields)
        assert "Choose a day between" in page.text
