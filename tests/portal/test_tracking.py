"""The tracking page: every state in plain words, what can be done in it, and never what staff write among themselves."""
from datetime import timedelta

import pytest

from core import clock, settings
from core.actor import RETAILER
from core.db import db
from core.files import Attachment
from portal import form_key
from tests import builders
from tests.portal.filing import FILLED, file_complaint, picture, records, upload
from tickets import case_number, lifecycle
from tickets.fitting import TOGETHER
from tickets.models import Promise, Ticket
from tickets.services import closing, conversation, extending

STAFF_WORDS = ("SLA", "ticket", "triage", "dispatch", "in_progress", "callback", "受理", "签收", "工单")


def track(client, ticket, lang: str = "en"):
    """The tracking page of a ticket, after a look at where its links lead."""
    db.session.commit()
    client.get(f"/t/{ticket.token}", links=True)
    with client.browser.session_transaction() as kept:
        kept["lang"] = lang  # one of the links leads to the other language
    return client.get(f"/t/{ticket.token}")


def test_before_the_job_has_run_it_says_received(client):
    page = client.get("/t/" + file_complaint(client).path.split("/")[-1], links=True)
    assert page.heading == "We have it"
    assert FILLED["what"] in page.text
    assert "Take this back" not in page.text


@pytest.mark.parametrize(("state", "heading", "button"), [
    ("received", "We have it", "See how far it is"), ("in_progress", "Somebody is working on it", "See how far it is"),
    ("answered", "We have answered. Is it right?", "Read our answer"), ("closed", "Settled", "See how far it is")])
def test_the_receipt_of_a_case_that_went_on_says_how_far_it_is(client, state, heading, button):
    ticket = builders.ticket(state)
    db.session.commit()
    page = client.get(f"/r/{ticket.token}")
    assert page.heading == heading
    assert button in page.text
    assert ("We look at what it is about" in page.text, "We looked at what it is about" in page.text) == (state == "received", state != "received")
    assert case_number.show(ticket.case_no) in page.text


@pytest.mark.parametrize("state", lifecycle.STATES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_state_has_a_page_in_plain_words(client, state, lang):
    page = track(client, builders.ticket(state), lang)
    said = " ".join(element.text for element in page.tree.all("h1", "h2", "ol", "button", "label"))
    assert not [word for word in STAFF_WORDS if word in said]


def test_notes_calls_and_what_happens_among_staff_stay_inside(client):
    ticket = builders.ticket("in_progress")
    conversation.note(ticket, builders.who(ticket.assignee), "He complains every week")
    conversation.log_call(ticket, builders.who(ticket.assignee), "Sounded drunk")
    conversation.system(ticket, RETAILER, "accepted", "secret line")
    page = track(client, ticket)
    for hidden in ("every week", "drunk", "secret line"):
        assert hidden not in page.html
    assert ticket.assignee.name in page.text


def test_the_answer_of_an_earlier_round_is_found_at_once(client):
    ticket = builders.ticket("answered")
    (given,) = [m for m in ticket.messages if m.purpose == "answer"]
    assert "Our earlier answer" not in track(client, ticket).text
    closing.redo(ticket, RETAILER, "not solved")
    page = track(client, ticket)
    assert "Our earlier answer, of" in page.text
    assert page.text.index(given.body.split()[0]) < page.text.index("How far it is")


def test_the_reviewer_is_not_named(client):
    boss = builders.staff(name="Reviewer Wang", roles=("manager",), leads=True, certificates={})
    page = track(client, builders.ticket("answered", reviewer=boss))
    assert "Reviewer Wang" not in page.text


@pytest.mark.parametrize("raw", [{"anonymous": True}, {"kind": "report"}])
def test_sealed_ones_name_nobody(client, raw):
    handler = builders.staff(name="Handler Zhao", roles=("handler", "liaison"), in_team="enforcement", certificates={"RPT": 4})
    page = track(client, builders.ticket("answered", leaf="RPT.MINOR", handler=handler, **raw))
    assert "Handler Zhao" not in page.text
    assert "Enforcement" not in page.text


def test_the_retailer_adds_facts_and_a_photo(client, queue):
    ticket = builders.ticket("in_progress")
    page = client.submit(track(client, ticket), "/add", text="One came today.", files=upload(picture()))
    assert "We have what you added" in page.text
    queue.run()
    page = track(client, ticket)
    assert "One came today." in page.text
    assert [m.body for m in ticket.messages if m.kind == "in"][-1] == "One came today."
    photo = next(img.get("src") for img in page.tree.all("img"))
    assert client.browser.get(photo).mimetype == "image/png"


def test_an_addition_sent_twice_is_one(client, queue):
    ticket = builders.ticket("in_progress")
    page = track(client, ticket)
    for _time in range(2):
        client.submit(page, "/add", text="One came today.")
    queue.run()
    assert len([m for m in ticket.messages if m.body == "One came today."]) == 1


def test_an_empty_addition_is_refused_and_a_bad_photo_keeps_the_words(client):
    ticket = builders.ticket("in_progress")
    assert "Please write something" in client.submit(track(client, ticket), "/add").text
    page = client.submit(track(client, ticket), "/add", text="Look at this", files=upload(b"x"))
    assert "was not added" in page.text
    assert "Look at this" in page.text


def test_an_answer_to_our_question_lets_the_work_go_on(client, queue):
    ticket = builders.ticket("needs_info")
    page = track(client, ticket)
    assert "Which day was it?" in page.text
    client.submit(page, "/add", text="On Monday")
    queue.run()
    db.session.refresh(ticket)
    assert ticket.state == "in_progress"


def test_an_addition_to_a_sealed_one_is_sealed(client):
    ticket = builders.ticket("received", kind="report")
    client.submit(track(client, ticket), "/add", text="They came again")
    assert records()[-1].sealed


def test_photos_of_notes_and_of_others_do_not_exist(client):
    ticket = builders.ticket("received")
    client.submit(client.get("/"), files=upload(picture()), **FILLED)
    theirs = records()[-1].attachments[0]
    client.get(f"/t/{ticket.token}/photo/{theirs.id}", status=404)


def test_an_unknown_link_does_not_exist(client):
    for path in ("/t/nothing", "/r/nothing", "/t/nothing/reject", "/t/nothing/withdraw"):
        client.get(path, status=404)


def test_promises_are_told(client):
    ticket = builders.ticket("in_progress")
    extending.promise(ticket, builders.who(ticket.assignee), "Two cartons come on Friday", ticket.due_at)
    assert "Two cartons come on Friday" in track(client, ticket).text


@pytest.mark.parametrize(("hours", "says"), [(24, "That still holds."), (-1, "We are late; you may call us about it.")])
def test_what_is_still_owed_stands_behind_the_end(client, hours, says):
    ticket = builders.ticket("closed")
    db.session.add(Promise(ticket_id=ticket.id, text="Two cartons on Friday", due_at=clock.now() + timedelta(hours=hours)))
    db.session.add(Promise(ticket_id=ticket.id, text="A call by Han Lei", due_at=clock.now(), kept=True, settled_at=clock.now()))
    db.session.flush()
    text = track(client, ticket).text
    road = text[text.index("How far it is"):]
    assert road.index("A call by Han Lei") < road.index("Settled") < road.index("Two cartons on Friday") < road.index(says)


@pytest.mark.parametrize("raw", [{"anonymous": True, "leaf": "RPT.MINOR"}, {"phone": "13800138000"}])
def test_words_that_came_too_late_tell_their_new_number(client, queue, raw):
    ticket = builders.ticket("in_progress", **raw)
    page = track(client, ticket)
    client.submit(page, "/add", text="One thing more.")
    closing.withdraw(ticket, RETAILER, confirmed=True)
    db.session.commit()
    queue.run()
    page = track(client, ticket)
    made = db.session.scalar(db.select(Ticket).order_by(Ticket.id.desc()))
    assert case_number.show(made.case_no) in page.text
    assert f"/t/{made.token}" in page.links
    assert ("Your PIN opens it too." in page.text) is ("anonymous" in raw)


def test_who_wrote_the_answer_signs_it_also_after_somebody_else_has_the_case(client):
    ticket = builders.ticket("answered", handler=builders.staff(name="Writer Wu", certificates={"DLV": 4}))
    ticket.assignee_id = builders.staff(name="Next Ni").id
    page = track(client, ticket)
    assert "Writer Wu" in next(page.tree.all("section")).text
    assert "Next Ni" not in next(page.tree.all("section")).text


def test_one_answer_to_many_is_signed_by_the_team(client):
    ticket = builders.ticket("answered", handler=builders.staff(name="Writer Wu", certificates={"DLV": 4}))
    next(m for m in ticket.messages if m.purpose == "answer").dedupe_key = f"{TOGETHER}1:{ticket.id}"
    section = next(track(client, ticket).tree.all("section")).text
    assert "Writer Wu" not in section
    assert ticket.team.name_en in section


def test_a_photo_opens_beside_the_page(client, queue):
    ticket = builders.ticket("in_progress")
    client.submit(track(client, ticket), "/add", text="Look", files=upload(picture(), name="x" * 110 + ".png"))
    queue.run()
    link = next(a for a in track(client, ticket).tree.all("a") if a.get("class") == "rd-photo")
    assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")


@pytest.mark.parametrize(("begun_by", "said"), [("retailer", "You said that it was not solved"), ("manager", "We looked at it once more")])
def test_the_title_says_who_had_it_begun_anew(client, begun_by, said):
    ticket = builders.ticket("answered")
    boss = builders.staff(roles=("manager",), leads=True, certificates={})
    closing.redo(ticket, RETAILER if begun_by == "retailer" else builders.who(boss), "not solved")
    page = track(client, ticket)
    assert page.heading == "We handle it again"
    assert said in next(p.text for p in page.tree.all("p") if p.get("class") == "rd-p__lead")


def test_the_ticket_is_found_while_only_its_token_is_known(client, queue):
    page = file_complaint(client)
    queue.run()
    ticket = db.session.scalar(db.select(Ticket))
    assert page.path == f"/r/{ticket.token}"
    assert client.get(page.path).heading == "We have it"


def test_additions_to_one_case_are_limited_and_the_words_stay(client, limits):
    page = track(client, builders.ticket("in_progress"))
    for number in range(30):
        client.submit(page, "/add", text=f"fact {number}", form_key=form_key.new())
    page = client.submit(page, "/add", status=429, text="one more", form_key=form_key.new())
    assert "one more" in page.text
    assert "Very much was added" in page.text


def test_photos_of_an_addition_are_counted_before_they_are_stored(client, limits):
    settings.put("photos_per_address_hour", 1)
    ticket = builders.ticket("in_progress")
    page = client.submit(track(client, ticket), "/add", status=429, text="Look", files=upload(picture(), picture(colour="blue")))
    assert "Very many photos" in page.text
    assert "Look" in page.text
    assert db.session.scalar(db.select(Attachment)) is None
    assert "We have what you added" in client.submit(page, "/add").text


@pytest.mark.parametrize("raw", [{"confidential": True}, {"kind": "report"}])
def test_photos_added_to_a_guarded_one_lose_their_name(client, raw):
    ticket = builders.ticket("received", **raw)
    client.submit(track(client, ticket), "/add", text="Look", files=upload(picture(), name="li-shop.png"))
    assert [photo.filename for photo in records()[-1].attachments] == ["photo-1.png"]


def test_who_waits_may_say_so_and_is_counted_once_in_a_while(client):
    ticket = builders.ticket("in_progress")
    page = client.submit(track(client, ticket), action="/urge")
    assert "We have told the people who are working on it" in page.text
    page = client.submit(page, action="/urge")
    assert "We passed that on at" in page.text
    db.session.refresh(ticket)
    assert ticket.urgings == 1


@pytest.mark.parametrize("state", ["needs_info", "answered", "closed", "withdrawn"])
def test_nothing_is_to_be_hastened_while_we_wait_for_him_or_afterwards(client, state):
    ticket = builders.ticket(state)
    assert "Please hurry" not in track(client, ticket).text
    client.post(f"/t/{ticket.token}/urge")
    db.session.refresh(ticket)
    assert ticket.urgings == 0
