"""Stories through the whole wire: the simulator's signed requests come in, the real client's requests go out, one clock moves both."""
import io

import pytest
from PIL import Image

from core import clock, settings
from core.db import db
from gateways.models import Quarantined
from gateways.twilio_line import TwilioLine
from gateways.twilio_sms import TwilioSms
from hotline.models import Call, Recording
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from retailers.models import OptOut
from simulator.page.script import STEPS
from tests.builders import retailer
from tests.simulated import ACCOUNT, TOKEN, simulated
from tickets import case_number
from tickets.models import Ticket

NUMBER = "+12025550142"
LONG = STEPS["zh"][0][1]
SWEEPS = ("sweep_intake", "sweep_messages", "sweep_media", "sweep_calls", "sweep_recordings")


class World:
    """The application, the provider, and the time that both live in."""

    def __init__(self, app, queue, simulator):
        self.app, self.queue, self.simulator = app, queue, simulator
        self.handset = simulator.handset(NUMBER)

    def run(self) -> None:
        """Do what has come due on either side, now."""
        db.session.commit()
        with clock.frozen(self.simulator.clock.now()):
            self.simulator.clock.advance(0)
            self.queue.run()

    def wait(self, seconds: int, step: int = 5) -> None:
        """Let the time pass, in steps, with what the scheduler does in each."""
        for _ in range(0, seconds, step):
            self.simulator.clock.advance(step)
            for job in SWEEPS:
                self.queue.enqueue(job)
            self.run()

    def do(self, job: str) -> None:
        """Run a periodic job now."""
        self.queue.enqueue(job)
        self.run()


@pytest.fixture
def world(app, queue, monkeypatch):
    with simulated(app) as simulator, simulator.serving() as url:
        hotline = simulator.account.number.e164
        callback = app.config["PUBLIC_BASE_URL"] + "/hooks/twilio/message-status/{reference}"
        monkeypatch.setitem(app.extensions, "gateways", app.extensions["gateways"] | {"sms": TwilioSms(ACCOUNT, TOKEN, hotline, callback, url)})
        monkeypatch.setitem(app.extensions, "lines", {"twilio": TwilioLine(ACCOUNT, TOKEN, hotline, url)})
        retailer(phone=NUMBER)
        yield World(app, queue, simulator)


def tickets() -> list[Ticket]:
    return list(db.session.scalars(db.select(Ticket).order_by(Ticket.id)))


def test_scrambled_parts_become_one_complaint_and_the_acknowledgement_is_reported_delivered(world):
    world.handset.text(LONG, "scrambled")
    world.wait(120)
    ticket, = tickets()
    assert ticket.messages[0].body == LONG
    ack, = world.handset.inbox
    assert case_number.show(ticket.case_no) in ack
    assert db.session.scalars(db.select(OutboundMessage)).one().state == "delivered"


def test_a_text_that_was_lost_is_found_in_the_account_and_taken_in_once(world):
    world.handset.text("昨天的货到现在还没有送来", "lost")
    world.wait(120)
    assert tickets() == []
    for _ in range(2):
        world.do("reconcile")
        world.wait(60)
    assert len(tickets()) == len(world.handset.inbox) == 1


def test_the_same_one_twice_and_a_forged_one(world):
    world.handset.text("昨天的货到现在还没有送来", "twice")
    world.handset.text("给我退钱", "forged")
    world.wait(60)
    assert len(tickets()) == db.session.scalar(db.select(db.func.count(IntakeRecord.id))) == 1
    assert db.session.scalars(db.select(Quarantined)).one().why == "wrong_signature"


def test_stop_is_kept_here_as_well_as_there(world):
    world.handset.text("STOP")
    world.wait(60)
    assert db.session.scalars(db.select(OptOut)).one().address == NUMBER
    assert world.handset.inbox == []
    world.handset.text("START")
    world.wait(60)
    assert db.session.scalars(db.select(OptOut)).all() == []
    assert not world.handset.opted_out


def test_a_provider_that_fails_for_twenty_minutes_delays_an_acknowledgement_and_loses_none(world):
    world.simulator.fail_for(20 * 60)
    world.handset.text("昨天的货到现在还没有送来")
    world.wait(19 * 60, step=60)
    assert world.handset.inbox == []
    world.wait(60 * 60, step=60)
    assert len(world.handset.inbox) == 1


def test_reports_out_of_order_and_repeated_change_nothing_in_the_end(world):
    for number, fate in ((NUMBER, "reversed"), ("+12025550143", "repeated")):
        handset = world.simulator.handset(number)
        handset.choices.fate = fate
        handset.text("昨天的货到现在还没有送来")
    world.wait(120)
    assert {row.state for row in db.session.scalars(db.select(OutboundMessage))} == {"delivered"}


def test_a_message_left_by_telephone_is_a_ticket_with_its_recording(world):
    call = world.handset.call()
    call.press("3")
    call.say("昨天那单少了两件，单子上写的是十二件", 0.72)
    call.say("请打电话给我", 0.9)
    call.hang_up()
    world.wait(120)
    ticket, = tickets()
    assert ticket.channel == "phone"
    assert "少了两件" in ticket.messages[0].body
    recording, = db.session.scalars(db.select(Recording))
    assert recording.state == "stored"
    assert case_number.show(ticket.case_no) in world.handset.inbox[0]


def test_nobody_answers_and_the_call_is_on_the_list(world):
    settings.put("hotline_rings", "+12025550111")
    call = world.handset.call()
    call.press("2")  # out of hours the machine says so at once
    if call.call.waiting.kind == "ringing":
        world.simulator.clock.advance(120)
    call.hang_up()
    world.wait(120)
    row = db.session.scalars(db.select(Call)).one()
    assert row.state == "ended"
    assert row.outcome in ("missed", "abandoned")


def test_a_lost_call_is_found_in_the_account(world):
    world.handset.call(lost=True)
    world.wait(120)
    assert db.session.scalars(db.select(Call)).all() == []
    world.do("reconcile")
    assert db.session.scalars(db.select(Call)).one().caller == NUMBER


def test_pictures_are_fetched_from_the_account(world):
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, "JPEG")
    world.handset.text("少了两件，看图", pictures=[(held.getvalue(), "image/jpeg")])
    world.wait(120)
    ticket, = tickets()
    assert len(ticket.messages[0].attachments) == 1
