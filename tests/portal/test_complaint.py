"""The complaint form: one form, one case, and nothing that was typed is lost."""
from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer
from PIL import Image

from core import clock, files, settings
from core.db import db
from tests.pages import PageClient
from tests.portal.filing import FILLED, file_complaint, picture, records, upload
from tickets import case_number
from tickets.models import Ticket


def test_the_words_are_stored_first_and_become_a_ticket(client, queue):
    page = file_complaint(client, kind="request", occurred="yesterday", order_no="2611180732", email="li@example.com", name="Li")
    stored = records()[0]
    assert page.path == f"/r/{stored.token}"
    assert case_number.show(stored.case_no) in page.text
    assert stored.channel == "web"
    assert stored.raw == {"text": FILLED["what"], "kind": "request", "language": "en", "shop": "Laojiekou Grocery", "phone": "+8613800138000",
                          "occurred": "yesterday", "order_no": "2611180732", "wish": "Bring them", "email": "li@example.com", "name": "Li",
                          "confidential": False, "anonymous": False}
    queue.run()
    assert db.session.get(Ticket, stored.ticket_id).contact_phone == "+8613800138000"


@pytest.mark.parametrize(("field", "value", "said"), [
    ("what", "", "Please tell us what happened"),
    ("shop", " ", "Please give the shop name"),
    ("phone", "", "Please give a phone number"),
    ("phone", "138001380", "A mobile number has 11 digits, you typed 9. Please look again."),
    ("phone", "call me", "This does not look like a phone number"),
    ("email", "li at example", "An e-mail address looks like"),
])
def test_an_error_says_what_to_do_and_keeps_the_rest(client, field, value, said):
    page = file_complaint(client, **{"occurred": "on Monday", field: value})
    assert said in page.text
    assert 'value="on Monday"' in page.html
    assert value.strip() in page.html
    assert records() == []


def test_good_photos_survive_an_error_and_bad_ones_are_named(client):
    page = client.submit(client.get("/"), files=upload(picture(), b"no photo at all"), **(FILLED | {"phone": "1"}))
    assert "“note.png” was not added. This file cannot be opened as a photo." in page.text
    assert "note.png, " in page.text and "kept" in page.text
    client.submit(page, **FILLED)
    assert [photo.filename for photo in records()[0].attachments] == ["note.png"]


def test_a_kept_photo_can_be_taken_off(client):
    page = client.submit(client.get("/"), files=upload(picture()), what="")
    photo = db.session.scalar(db.select(files.Attachment))
    client.submit(page, remove_photo=photo.id, **FILLED)
    assert records()[0].attachments == []


def test_a_bad_photo_alone_stops_the_form_once(client):
    page = client.submit(client.get("/"), files=upload(b"%PDF-1.7"), **FILLED)
    assert "was not added" in page.text
    assert client.submit(page).heading == "We have it"


def test_at_most_four_photos(client):
    colours = ("red", "green", "blue", "black", "white")
    page = client.submit(client.get("/"), files=upload(*(picture(colour=c) for c in colours)), **FILLED)
    assert "No more than 4 photos" in page.text
    client.submit(page)
    assert len(records()[0].attachments) == 4


def test_a_form_sent_twice_makes_one_case(client):
    form = client.get("/")
    first, second = client.submit(form, **FILLED), client.submit(form, **FILLED)
    assert first.path == second.path
    assert len(records()) == 1


def test_the_form_is_still_the_same_one_when_the_retailer_goes_back_to_it(client):
    assert "no-store" not in client.get("/").headers["Cache-Control"]
    assert client.get(file_complaint(client).path).headers["Cache-Control"] == "no-store"


def _numbers(page) -> list[str]:
    """Case number, and the PIN if there is one."""
    return [p.text for p in page.tree.all("p") if p.get("class") == "rd-caseno"]


@pytest.mark.parametrize("who", ["open", "anonymous"])
def test_the_same_words_in_a_form_fetched_anew_give_the_same_receipt(client, who):
    first, second = file_complaint(client, who=who), file_complaint(client, who=who)
    assert first.path == second.path
    assert len(records()) == 1
    assert _numbers(first) == _numbers(second)


@pytest.mark.parametrize("other", [{"what": "Another story."}, {"order_no": "2611180733"}, {"phone": "139 0013 9000"}])
def test_other_words_in_a_form_fetched_anew_are_a_case_of_their_own(client, other):
    assert file_complaint(client).path != file_complaint(client, **other).path


def test_the_same_words_an_hour_later_or_from_another_telephone_are_a_case_of_their_own(app, client):
    start = clock.now()
    with clock.frozen(start):
        paths = {file_complaint(client).path, file_complaint(PageClient(app)).path}
    with clock.frozen(start + timedelta(hours=1)):
        paths.add(file_complaint(client).path)
    assert len(paths) == 3


def test_a_form_sent_again_with_other_words_adds_them_to_the_same_case(client, queue):
    form = client.get("/")
    first = client.submit(form, **FILLED)
    queue.run()
    second = client.submit(form, **(FILLED | {"what": "It was three cartons."}))
    queue.run()
    assert first.path == second.path
    ticket = db.session.scalar(db.select(Ticket))
    assert [m.body for m in ticket.messages if m.kind == "in"] == [FILLED["what"], "It was three cartons."]


def test_a_form_sent_again_with_one_more_photo_adds_only_the_photo(client, queue):
    form = client.get("/")
    for photos in ([picture()], [picture()], [picture(), picture(colour="blue")], [picture(colour="blue")]):
        client.submit(form, files=upload(*photos), **FILLED)
        queue.run()
    ticket = db.session.scalar(db.select(Ticket))
    assert [(m.body, len(m.attachments)) for m in ticket.messages if m.kind == "in"] == [(FILLED["what"], 1), ("One more photo", 1)]


def test_a_key_that_is_not_ours_is_replaced_and_the_words_stay(client):
    page = client.submit(client.get("/"), form_key="made-up", **FILLED)
    assert "Please send it once more" in page.text
    assert FILLED["what"] in page.text
    assert client.submit(page).heading == "We have it"


def test_a_filled_honeypot_is_marked_but_never_lost(client):
    assert file_complaint(client, website="http://spam.example").heading == "We have it"
    assert records()[0].raw["suspect"] == "honeypot"


def test_a_filled_honeypot_is_marked_on_an_anonymous_one_too(client):
    file_complaint(client, who="anonymous", website="x")
    assert records()[0].raw["suspect"] == "honeypot"


def test_an_anonymous_report_leaves_no_identity(client, queue):
    page = file_complaint(client, who="anonymous", name="Li", email="li@", phone="138", order_no="2611180732")
    stored = records()[0]
    assert set(stored.raw) == {"text", "kind", "language", "wish", "confidential", "anonymous"}
    assert stored.sealed
    assert stored.pin_hash.startswith("$argon2id$")
    queue.run()
    ticket = db.session.get(Ticket, stored.ticket_id)
    assert (ticket.sealed, ticket.contact_phone, ticket.shop_text) == (True, None, "")
    assert "Your PIN" in page.text
    assert "Your PIN" not in client.get(page.path).text


@pytest.mark.parametrize("guard", [{"who": "anonymous"}, {"who": "confidential"}, {"kind": "report"}])
@pytest.mark.parametrize("kind", ["JPEG", "MPO"])
def test_the_photo_of_a_guarded_one_loses_its_metadata_and_name(client, guard, kind):
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\x00\x00\x00\x04ABC\x00\x00\x00\x00\x00"
    more = {"save_all": True, "append_images": [Image.new("RGB", (40, 30))]} if kind == "MPO" else {}
    client.submit(client.get("/"), files=upload(picture(kind, exif=exif, **more), name="li-shop.jpg"), **guard, **FILLED)
    photo = records()[0].attachments[0]
    data = files.storage().get(photo.storage_key)
    assert photo.filename == "photo-1.jpeg"
    assert b"ABC" not in data
    assert files.image_type(data) == "image/jpeg"
    assert photo.size == len(data)


def test_a_confidential_one_keeps_the_name_apart(client, queue):
    file_complaint(client, who="confidential", name="Li")
    queue.run()
    ticket = db.session.scalar(db.select(Ticket))
    assert (ticket.confidential, ticket.contact_name, ticket.sealed) == (True, "Li", False)


def test_a_report_is_sealed_at_once(client):
    file_complaint(client, kind="report")
    assert records()[0].sealed


def test_the_other_language_keeps_what_is_typed(client):
    page = client.submit(client.get("/"), files=upload(picture()), switch="zh", what="Half a sent")
    assert 'lang="zh-CN"' in page.html
    assert "Half a sent" in page.text
    assert "note.png" in page.text
    assert records() == []


def test_a_number_may_send_only_so_many_a_day_and_nothing_typed_is_lost(client, limits):
    settings.put("forms_per_phone_day", 1)
    file_complaint(client)
    page = client.submit(client.get("/"), status=429, **(FILLED | {"what": "Another story."}))
    assert "from this phone number today" in page.text
    assert "Another story." in page.text
    assert file_complaint(client, phone="13900139000").heading == "We have it"


def test_an_address_may_send_only_so_many_an_hour(client, limits):
    settings.put("forms_per_address_hour", 2)
    file_complaint(client)
    file_complaint(client, phone="13900139000")
    page = client.submit(client.get("/"), status=429, **(FILLED | {"phone": "13700137000"}))
    assert "from your connection" in page.text
    assert len(records()) == 2


def test_photos_are_counted_before_they_are_stored_and_the_words_may_go_without(client, limits):
    settings.put("photos_per_address_hour", 2)
    client.submit(client.get("/"), files=upload(picture(), picture(colour="blue")), what="")
    page = client.submit(client.get("/"), status=429, files=upload(picture(colour="green")), **FILLED)
    assert "Very many photos" in page.text
    assert len(db.session.scalars(db.select(files.Attachment)).all()) == 2
    assert client.submit(page).heading == "We have it"


@pytest.mark.parametrize("token", [None, "made-up"])
def test_a_form_that_was_open_too_long_comes_back_with_its_words(client, token):
    old = client.get("/")
    key = next(i.get("value") for i in old.tree.all("input") if i.get("name") == "form_key")
    page = client.submit(old, status=400, csrf_token=token, **FILLED)
    assert "This page had been open for too long" in page.text
    assert FILLED["what"] in page.text
    assert key not in page.html
    assert client.submit(page).heading == "We have it"
    assert len(records()) == 1


def test_a_token_of_yesterday_counts_as_too_long(client, monkeypatch):
    page = client.get("/")
    monkeypatch.setattr(URLSafeTimedSerializer.default_signer, "get_timestamp", lambda signer: 10 ** 12)
    assert "开得太久" in client.submit(page, status=400, **FILLED).text  # the cookie with the language is too old as well


def test_other_pages_still_say_that_they_were_open_too_long(client):
    assert client.submit(client.get("/track"), status=400, csrf_token=None).heading == "We could not read that"


def test_photos_too_large_together_are_named_as_the_reason(client, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    page = client.submit(client.get("/"), status=413, files=upload(b"x" * 2000), **FILLED)
    assert page.heading == "The photos are too big together"
    assert "what you typed is still in the form" in page.text


def test_nul_in_the_form_costs_nothing_else(client):
    page = client.submit(client.get("/"), files=upload(picture(), name="no\0te.png"), **(FILLED | {"what": "Two\0 cartons", "shop": "Lao\0"}))
    assert page.heading == "We have it"
    assert (records()[0].raw["text"], records()[0].raw["shop"]) == ("Two cartons", "Lao")


@pytest.mark.parametrize("path", ["/t/a%00b", "/r/%00", "/track?number=%00", "/?%00=1", "/nowhere/%00", "/t/a%00/photo/1"])
def test_nul_in_an_address_is_refused(client, path):
    assert client.get(path, status=400).heading == "We could not read that"


def test_the_receipt_repeats_the_story(client):
    assert FILLED["what"] in file_complaint(client).text


def test_who_may_see_it_is_asked_before_shop_and_number(client):
    names = [element.get("name") for element in client.get("/").tree.all("input", "textarea")]
    assert names.index("what") < names.index("kind") < names.index("who") < names.index("shop") < names.index("phone")


def test_the_receipt_of_an_anonymous_one_says_what_the_button_copies(client):
    said = "copies the case number only, not the PIN"
    page = file_complaint(client, who="anonymous")
    assert said in page.text
    assert said not in client.get(page.path).text
