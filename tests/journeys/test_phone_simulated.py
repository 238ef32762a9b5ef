"""Stories of the telephone told by the simulator: the same markup, signatures, reports and recordings as the provider's."""
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

import pytest

from core import clock, settings
from core.db import db
from core.jobs import run
from hotline.models import Call, Recording
from simulator.server import Simulator
from simulator.wire import Reply
from tests import builders
from tests.hotline.account import Account, sound
from tests.hotline.caller import BASE, TOKEN
from tickets.models import Ticket

TUESDAY = datetime(2026, 11, 17, 10, 30, tzinfo=timezone(timedelta(hours=8)))
NUMBER = "+12025550142"


@pytest.fixture
def simulator(app, database):
    """The provider; its requests come to the application's doors."""
    app.config["TWILIO_AUTH_TOKEN"] = TOKEN
    settings.put("hotline_rings", "+12025550111, +12025550112")
    browser = app.test_client()

    def post(method, url, fields, headers):
        db.session.commit()
        with app.app_context():
            answer = browser.open(urlsplit(url).path, method=method, data=dict(fields), headers=dict(headers))
            return Reply(answer.status_code, answer.get_data(as_text=True), answer.content_type)
    before = app.extensions["lines"]
    app.extensions["lines"] = {"twilio": Account()}
    with clock.frozen(TUESDAY):
        yield Simulator(BASE, "AC" + "1" * 32, TOKEN, post=post)
    app.extensions["lines"] = before


def the_call(talk) -> Call:
    return db.session.scalar(db.select(Call).filter_by(sid=talk.sid).execution_options(populate_existing=True))


def refused(simulator) -> list:
    return [line for line in simulator.wire.log if line.status not in (None, 200, 204)]


def test_a_message_with_words_and_a_recording(app, simulator, queue):
    talk = simulator.handset(NUMBER).call()
    talk.press("93")
    talk.say("The goods have not come since Tuesday.", 0.83)
    talk.say("Please call me in the morning.")
    talk.hang_up()
    simulator.clock.advance(10)
    (recording,) = db.session.scalars(db.select(Recording)).all()
    app.extensions["lines"]["twilio"].held[recording.url] = sound(4)
    queue.run()
    ticket = db.session.scalar(db.select(Ticket).filter_by(channel="phone"))
    assert refused(simulator) == []
    assert (the_call(talk).outcome, the_call(talk).state, recording.state) == ("message", "ended", "stored")
    assert (ticket.messages[0].body, ticket.contact_phone) == ("The goods have not come since Tuesday.", NUMBER)


def test_nobody_answers_and_the_caller_is_called_back(simulator, queue):
    ticket = builders.ticket("in_progress", shop=builders.retailer(phone=NUMBER))
    talk = simulator.handset(NUMBER).call()
    talk.press("92")
    talk.staff("busy")
    simulator.clock.advance(21)
    assert the_call(talk).meta["unreached"] is True
    talk.press("2")
    simulator.clock.advance(5)
    assert talk.over
    queue.run()
    assert (the_call(talk).outcome, the_call(talk).filed_as, the_call(talk).ticket_id) == ("callback", "linked", ticket.id)


def test_a_colleague_answers(simulator, queue):
    talk = simulator.handset(NUMBER).call()
    talk.press("2")
    assert the_call(talk).state == "waiting"
    talk.staff("answer")
    assert the_call(talk).state == "talking"
    talk.hang_up()
    queue.run()
    assert (the_call(talk).outcome, the_call(talk).filed_as) == ("answered", None)


def test_whoever_gives_up_while_it_rings_is_in_the_list(simulator, queue):
    talk = simulator.handset(NUMBER).call()
    talk.press("2")
    talk.hang_up()
    queue.run()
    assert (the_call(talk).outcome, the_call(talk).filed_as) == ("abandoned", None)


def test_silence_goes_the_whole_way_to_a_goodbye(simulator, queue):
    settings.put("hotline_rings", "")
    talk = simulator.handset(NUMBER).call()
    for _second in range(120):
        if talk.over:
            break
        simulator.clock.advance(5)
    assert talk.over
    assert refused(simulator) == []
    simulator.clock.advance(10)
    with clock.frozen(TUESDAY + timedelta(minutes=2)):
        queue.run()
        run("sweep_calls")
    assert the_call(talk).outcome == "missed"


def test_progress_and_a_score_need_nobody(simulator, queue):
    ticket = builders.ticket("answered", shop=builders.retailer(phone=NUMBER))
    db.session.commit()
    queue.run()  # the answer goes out
    talk = simulator.handset(NUMBER).call()
    talk.press(f"91{ticket.case_no}#")
    assert any("We have answered" in words for words in talk.heard)
    talk.hang_up()
    again = simulator.handset(NUMBER).call()
    again.press("945")
    again.hang_up()
    queue.run()
    assert (ticket.score, the_call(talk).outcome, the_call(again).outcome) == (5, "self_served", "self_served")
