"""Stories of the line to the provider: a webhook that was lost, a forged one, a setting that was wrong for an hour."""
from datetime import timedelta

import pytest

from app import _carriers_doors
from core import clock
from core.db import db
from gateways.line import Listed
from gateways.models import Quarantined
from gateways.recording_line import RecordingLine
from hotline.models import Reconciliation
from intake.models import IntakeRecord
from tests.builders import staff
from tests.gateways.doors import signed
from tests.gateways.fake_carrier import carrier, knock_body
from tests.gateways.fake_carrier import signed as carried
from tests.pages import PageClient
from tickets.models import Ticket

TOKEN, DOOR, SENDER, HOTLINE = "the token of a journey", "twilio/sms", "+8613800135577", "+12025550100"
WORDS = "星期二该送的货到今天还没送来"


@pytest.fixture
def line(app, database, monkeypatch):
    """Our account at the provider."""
    made = RecordingLine()
    monkeypatch.setitem(app.extensions, "lines", {"twilio": made})
    monkeypatch.setitem(app.config, "TWILIO_AUTH_TOKEN", TOKEN)
    return made


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(staff(roles=("admin",), in_team=None))


def fields(sid="SM" + "7" * 32, **more) -> dict:
    return {"MessageSid": sid, "From": SENDER, "To": HOTLINE, "Body": WORDS, "NumMedia": "0"} | more


def text(app, told, **how):
    return app.test_client().post(f"/hooks/{DOOR}", **signed(told, DOOR, **({"secret": TOKEN} | how))).status_code


def tickets():
    return db.session.scalars(db.select(Ticket).order_by(Ticket.id)).all()


def settle(queue):
    """What waits for further parts of a text waits no more."""
    queue.run()
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        queue.enqueue("sweep_intake")
        queue.run()


def test_a_text_whose_webhook_was_lost(app, line, queue, gateways, admin):
    line.has["messages"].append(Listed("SM" + "7" * 32, clock.now() - timedelta(minutes=10), fields()))
    for _every_five_minutes in range(2):
        queue.enqueue("reconcile")
        settle(queue)
    (ticket,) = tickets()
    assert (ticket.contact_phone, [one.to for one in gateways["sms"].sent]) == (SENDER, [SENDER])
    assert [row.admitted for row in db.session.scalars(db.select(Reconciliation).order_by(Reconciliation.id))] == [1, 0]
    assert text(app, fields()) == 200  # the provider's own late repeat
    settle(queue)
    assert (len(tickets()), len(gateways["sms"].sent)) == (1, 1)


def test_a_text_by_a_mapped_carrier(app, line, queue, gateways, monkeypatch, tmp_path):
    """The same road from another provider's door: stored, acknowledged, and the carrier's repeat changes nothing."""
    known = carrier(tmp_path)
    monkeypatch.setitem(app.config, "SMS_CARRIERS", {known.name: known})
    monkeypatch.setitem(app.extensions, "doors", {door.name: door for door in _carriers_doors(app)})
    body = knock_body(messages=[{"msgId": "in-1", "mobile": "13800135588", "content": WORDS}])
    for _twice in range(2):
        stamp = str(int(clock.now().timestamp()))
        answer = app.test_client().post("/hooks/paperplane/sms", data=body, headers=carried(body, stamp),
                                        environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
        assert (answer.status_code, answer.json) == (200, {"code": "0"})
        settle(queue)
    (ticket,) = tickets()
    assert (ticket.contact_phone, [one.to for one in gateways["sms"].sent]) == ("+8613800135588", ["+8613800135588"])


def test_a_forged_text_goes_nowhere(app, line, queue, gateways, admin):
    assert text(app, fields(), secret="a guess") == 403
    settle(queue)
    assert (tickets(), gateways["sms"].sent) == ([], [])
    row = db.session.scalars(db.select(Quarantined)).one()
    page = admin.get(f"/desk/hotline/refused/{row.id}")
    assert "Nothing proves that the provider sent it." in page.text
    admin.submit(page, button="do=discard")
    settle(queue)
    assert tickets() == []


def test_an_hour_with_a_wrong_address_costs_nothing(app, line, queue, gateways, admin, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "http://wrong.test")
    for number in range(3):
        assert text(app, fields(f"SM{number:032}", From=f"+861380013558{number}")) == 403
    monkeypatch.setitem(app.config, "PUBLIC_BASE_URL", "http://redress.test")
    page = admin.get("/desk/hotline")
    assert page.text.count("its proof holds now") == 3
    admin.submit(page, "/hotline/refused", button="do=admit", pick=[row.id for row in db.session.scalars(db.select(Quarantined).order_by(Quarantined.id))])
    settle(queue)
    assert {ticket.contact_phone for ticket in tickets()} == {f"+861380013558{number}" for number in range(3)}
    assert len(gateways["sms"].sent) == 3
    line.has["messages"] += [Listed(row.external_id, row.received_at, row.raw["fields"]) for row in db.session.scalars(db.select(IntakeRecord).order_by(IntakeRecord.id))]
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        queue.enqueue("reconcile")
        settle(queue)
    assert len(tickets()) == 3
