"""A shop whose number another carrier serves: the whole way in and out through a gateway that exists only as a mapping."""
import pytest

from answers import queries as answer_queries
from answers import services as answers
from core import clock
from core.actor import SYSTEM
from core.db import db
from gateways import doors, http_doors
from gateways.http_sms import HttpSms
from gateways.models import Quarantined
from gateways.recording import RecordingGateway
from gateways.routed import RoutedGateway
from hotline.texts import services as texts
from intake.models import IntakeRecord
from notifications import receipts
from notifications.models import OutboundMessage
from tests.builders import retailer
from tests.gateways.fake_carrier import FakeCarrier, carrier, knock_body, signed
from tests.hotline.texts.sending import PHONE, Phone
from tickets.models import CallTask, Ticket


class Line:
    """The carrier between the shop's telephone and our doors; `abroad` is the gateway of every other number."""

    def __init__(self, app, fake, phone, abroad):
        self.app, self.fake, self.phone, self.abroad = app, fake, phone, abroad

    def post(self, what, remote="203.0.113.9", **entries):
        with clock.frozen(self.phone.now):
            body = knock_body(**entries)
            headers = signed(body, str(int(self.phone.now.timestamp())))
            answer = self.app.test_client().post(f"/hooks/paperplane/{what}", data=body, headers=headers, environ_overrides={"REMOTE_ADDR": remote})
        self.phone.wait(200)
        db.session.expire_all()
        return answer.status_code

    def text(self, sid, words, **more):
        return self.post("sms", messages=[{"msgId": sid, "mobile": PHONE.removeprefix("+86"), "content": words}], **more)

    def report(self, sent, state, code=""):
        return self.post("receipt", reports=[{"clientRef": sent["clientRef"], "msgId": "pp-1", "state": state, "errCode": code}])


@pytest.fixture
def line(app, queue, gateways, monkeypatch, tmp_path):
    with FakeCarrier() as fake:
        known, abroad = carrier(tmp_path, fake.url), RecordingGateway()
        ways = RoutedGateway({"*": "abroad", "+86": known.name}, {"abroad": abroad, known.name: HttpSms(known)})
        monkeypatch.setitem(app.extensions["gateways"], "sms", ways)
        monkeypatch.setitem(app.extensions, "doors", {})
        doors.connect(app, [*http_doors.for_texts([known], texts.arrive), *http_doors.for_reports([known], receipts.note)])
        answers.register(SYSTEM, answer_queries.first("ack"), known.name, {"zh": "T-ACK"})
        retailer(phone=PHONE)
        db.session.commit()
        yield Line(app, fake, Phone(queue), abroad)


def the_message():
    return db.session.scalars(db.select(OutboundMessage).filter_by(purpose="ack")).one()


def test_a_text_comes_in_and_its_acknowledgement_goes_out_as_a_registered_template(line):
    assert line.text("in-1", "货没到，已经晚了三天") == 200
    assert line.text("in-1", "货没到，已经晚了三天") == 200
    ticket = db.session.scalars(db.select(Ticket)).one()
    assert (ticket.contact_phone, ticket.retailer.phone) == (PHONE, PHONE)
    (sent,) = line.fake.messages
    assert (sent["templateId"], sent["mobile"]) == ("T-ACK", PHONE.removeprefix("+86"))
    assert sent["templateParams"]["case_no"].replace(" ", "") == ticket.case_no
    assert line.report(sent, "DELIVRD") == 200
    assert (the_message().state, the_message().gateway) == ("delivered", "paperplane")
    assert line.abroad.sent == []


def test_what_the_network_could_not_bring_becomes_a_call(line):
    line.text("in-1", "货没到，已经晚了三天")
    line.report(line.fake.messages[0], "UNDELIV", "3001")
    assert (the_message().state, the_message().reason) == ("failed", "unknown_number")
    assert [task.text for task in db.session.scalars(db.select(CallTask))] == ["unknown_number"]


def test_words_that_are_not_registered_are_said_by_telephone(line):
    answers.register(SYSTEM, answer_queries.first("ack"), "paperplane", {})
    line.text("in-1", "货没到，已经晚了三天")
    assert line.fake.messages == []
    assert (the_message().state, the_message().reason) == ("failed", "no_template")


def test_from_elsewhere_nothing_is_taken_in_and_everything_is_kept(line):
    assert line.text("in-1", "货没到", remote="198.51.100.1") == 403
    assert db.session.scalars(db.select(IntakeRecord)).all() == []
    assert db.session.scalars(db.select(Quarantined.why)).all() == ["foreign_network"]


def test_other_numbers_go_another_way(line, queue):
    abroad = Phone(queue, "+12025550123", line.phone.now)
    abroad.say("The goods have not come for three days")
    assert [outgoing.to for outgoing in line.abroad.sent] == ["+12025550123"]
    assert line.fake.messages == []
