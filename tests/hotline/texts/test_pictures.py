"""Pictures of texts: fetched from the provider alone, checked, shown in the thread; or a line that says they could not be had."""
import io
from datetime import timedelta

import pytest
from PIL import Image

from core import clock
from core.db import db
from core.jobs import run
from gateways.line import Line, LineFailure
from hotline.texts.models import Picture
from tests.builders import retailer, ticket
from tests.hotline.texts.picture_line import PictureLine
from tests.hotline.texts.sending import PHONE, Phone

URL = "https://api.twilio.test/Media/ME{}"


@pytest.fixture
def line(app, database):
    lines, app.extensions["lines"] = app.extensions["lines"], {"twilio": PictureLine()}
    yield app.extensions["lines"]["twilio"]
    app.extensions["lines"] = lines


@pytest.fixture
def phone(queue):
    return Phone(queue)


def photo(colour="red") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(held, "JPEG")
    return held.getvalue()


def media(*urls) -> dict:
    return {"NumMedia": str(len(urls))} | {f"MediaUrl{place}": url for place, url in enumerate(urls)}


def pictures():
    return db.session.scalars(db.select(Picture).order_by(Picture.id)).all()


def test_the_line_of_these_tests_is_a_line():
    assert isinstance(PictureLine(), Line)


def test_pictures_stand_in_the_thread(phone, line):
    line.behind = {URL.format(1): photo(), URL.format(2): photo("blue")}
    made = phone.say("货破了，看照片", **media(URL.format(1), URL.format(2)))
    (message,) = [message for message in made.messages if message.kind == "in"]
    assert [file.content_type for file in message.attachments] == ["image/jpeg", "image/jpeg"]
    assert {file.ticket_id for file in message.attachments} == {made.id}
    assert [picture.state for picture in pictures()] == ["kept", "kept"]


def test_the_ticket_does_not_wait_for_a_picture(phone, line):
    line.behind = {URL.format(1): LineFailure("timeout")}
    made = phone.say("货破了，看照片", **media(URL.format(1)))
    assert made.messages[0].attachments == []
    line.behind = {URL.format(1): photo()}
    phone.wait(200)
    with clock.frozen(phone.now):
        run("sweep_media")
    phone.run()
    db.session.expire(made.messages[0], ["attachments"])
    assert len(made.messages[0].attachments) == 1


def test_a_picture_is_fetched_once_however_often_its_job_comes(phone, line):
    line.behind = {URL.format(1): photo()}
    phone.say("货破了，看照片", **media(URL.format(1)))
    run("fetch_media", pictures()[0].id)
    run("sweep_media")
    assert line.asked == [URL.format(1)]


def test_a_lost_job_is_found_by_the_sweep(phone, queue, line):
    line.behind = {URL.format(1): photo()}
    phone.wait(1)
    with clock.frozen(phone.now):
        from hotline.texts import services
        services.arrive("twilio", {"MessageSid": "SM1", "From": PHONE, "Body": "货破了"} | media(URL.format(1)), clock.now())
        db.session.commit()
        queue.clear()
        run("sweep_media")
        queue.run()
    assert pictures()[0].state == "kept"


@pytest.mark.parametrize("found", [b"not a picture", b"", LineFailure("gone", gone=True), LineFailure("foreign"), LineFailure("too_big")])
def test_what_cannot_be_had_leaves_a_line(phone, line, found):
    line.behind = {URL.format(1): found}
    made = phone.say("货破了，看照片", **media(URL.format(1)))
    with clock.frozen(phone.now):
        run("sweep_media")
    phone.run()
    assert [message.purpose for message in made.messages if message.kind == "system"] == ["picture_refused"]
    assert pictures()[0].state == "told"
    run("fetch_media", pictures()[0].id)
    assert len([message for message in made.messages if message.kind == "system"]) == 1
    assert len(line.asked) == 1


def test_it_is_tried_five_times_with_growing_pauses(phone, line):
    line.behind = {URL.format(1): LineFailure("503")}
    made = phone.say("货破了，看照片", **media(URL.format(1)))
    for _turn in range(60):
        phone.wait(90)
        with clock.frozen(phone.now):
            run("sweep_media")
        phone.run()
    assert len(line.asked) == 5
    assert "picture_refused" in [message.purpose for message in made.messages]


def test_no_other_host_is_ever_asked(app, phone):
    lines, app.extensions["lines"] = app.extensions["lines"], {}
    try:
        phone.say("看照片", **media("http://169.254.169.254/latest/meta-data"))  # the tests' socket guard would refuse it as well
    finally:
        app.extensions["lines"] = lines
    assert (pictures()[0].state, pictures()[0].why) == ("announced", "no_line")


def test_a_picture_alone_goes_to_the_open_matter(phone, line):
    shop = retailer(phone=PHONE)
    open_one = ticket("in_progress", shop=shop, language="zh")
    line.behind = {URL.format(1): photo()}
    made = phone.say("", **media(URL.format(1)))
    assert made is open_one
    last = [message for message in made.messages if message.kind == "in"][-1]
    assert len(last.attachments) == 1
    assert last.body in ("[图片]", "[picture]")


def test_a_picture_alone_from_a_stranger_is_a_matter_and_no_noise(phone, line, gateways):
    line.behind = {URL.format(1): photo()}
    made = phone.say("", **media(URL.format(1)))
    assert made.facts == {}
    assert len(gateways["sms"].sent) == 1


def test_the_picture_of_a_piece_goes_with_the_whole(phone, line):
    from tests.hotline.texts.test_stitching import LONG, TAIL
    line.behind = {URL.format(1): photo()}
    phone.text(LONG)
    made = phone.say(TAIL, **media(URL.format(1)))
    (message,) = [message for message in made.messages if message.kind == "in"]
    assert message.body == LONG + TAIL
    assert len(message.attachments) == 1


def test_a_worker_that_went_away_while_fetching_loses_nothing(phone, queue, line):
    from hotline.texts import pictures as service
    line.behind = {URL.format(1): photo()}
    made = phone.say("货破了，看照片")
    record = made.messages[0].intake_id
    picture = Picture(intake_id=record, place=0, provider="twilio", url=URL.format(1), state="announced", tries=0, why="", not_before=clock.now())
    db.session.add(picture)
    db.session.commit()
    with clock.frozen(phone.now):
        assert service.claim(picture.id) is not None
        db.session.commit()
        assert service.claim(picture.id) is None
    with clock.frozen(phone.now + timedelta(minutes=6)):
        run("sweep_media")
        queue.run()
    assert picture.state == "kept"
