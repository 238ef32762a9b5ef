"""Joined cases: every link shows what was said under its own number, and nothing of the other one."""
import pytest

from core.actor import SYSTEM
from core.db import db
from tests import builders
from tests.portal.filing import FILLED, picture, records, upload
from tests.portal.test_tracking import track
from tickets import case_number
from tickets.models import Ticket
from tickets.services import conversation, merging

VICTIM, STRANGER = "The clerk asked me for money.", "Clerks at the counter."


def joined() -> tuple[Ticket, Ticket]:
    """A case, and one of a stranger who typed the same phone number; (his, the victim's)."""
    shop = builders.retailer()
    fake, real = (builders.opened(words, shop=shop, phone="13800138000") for words in (STRANGER, VICTIM))
    for ticket in (fake, real):
        conversation.say(ticket, SYSTEM, f"We have your case {ticket.case_no}.", "ack")
    return fake, real


def join(ended: Ticket, into: Ticket) -> None:
    """A person of the hotline takes two cases for one matter of one shop."""
    merging.merge(ended, builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={})), into)


@pytest.mark.parametrize("his_ends", [True, False])
def test_a_joined_case_never_tells_of_the_other_one(client, his_ends):
    fake, real = joined()
    join(*((fake, real) if his_ends else (real, fake)))
    page = track(client, fake)
    for secret in (VICTIM, real.token, real.case_no, case_number.show(real.case_no)):
        assert secret not in page.html
    assert STRANGER in page.text
    assert VICTIM in track(client, real).text


def test_joined_cases_in_a_row_keep_each_to_itself(client):
    first, second = joined()
    third = builders.opened("A third story.", shop=first.retailer, phone="13800138000")
    join(first, second)
    join(second, third)
    for own, other in ((first, VICTIM), (second, STRANGER), (third, STRANGER), (third, VICTIM)):
        assert other not in track(client, own).html
    assert VICTIM in track(client, second).text


def test_the_photos_of_a_joined_case_stay_with_its_own_link(client, queue):
    first, second = joined()
    client.submit(track(client, second), "/add", text="Look at this.", files=upload(picture()))
    queue.run()
    join(second, first)
    photo = records()[-1].attachments[0]
    assert "Look at this." in track(client, second).text
    assert "Look at this." not in track(client, first).text
    assert client.browser.get(f"/t/{second.token}/photo/{photo.id}").mimetype == "image/png"
    client.get(f"/t/{first.token}/photo/{photo.id}", status=404)


def test_words_sent_once_more_to_a_joined_case_do_not_show_on_the_other(client, queue):
    form, filled = client.get("/"), FILLED | {"shop": builders.retailer().licence_no}
    client.submit(form, **(filled | {"what": VICTIM}))
    queue.run()
    real = db.session.scalar(db.select(Ticket))
    fake = builders.opened(STRANGER, shop=real.retailer, phone="13800138000")
    join(real, fake)
    db.session.commit()
    client.submit(form, **(filled | {"what": "He asked me again."}))
    queue.run()
    assert "He asked me again." in [m.body for m in fake.messages]
    assert "He asked me again." not in track(client, fake).html


def test_after_a_merge_was_undone_everybody_has_his_words(client):
    fake, real = joined()
    join(real, fake)
    merging.unmerge(real, builders.who(builders.staff(roles=("hotline",), in_team="hotline", certificates={})))
    assert VICTIM in track(client, real).text
    assert VICTIM not in track(client, fake).text


def test_a_joined_case_leads_to_the_page_that_asks_for_number_and_phone(client):
    assert "/track" in track(client, builders.ticket("merged", phone="13800138000")).links
