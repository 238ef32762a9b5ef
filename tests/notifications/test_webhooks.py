"""Delivery reports through the door: the address that the real client gave, as raw as it is asked for, under its signature."""
from urllib.parse import urlsplit

import pytest
from twilio.request_validator import RequestValidator

from core.actor import SYSTEM
from core.db import db
from gateways.models import Quarantined
from gateways.twilio_sms import TwilioSms
from notifications.models import OutboundMessage
from tests import builders
from tests.gateways.fake_twilio import ACCOUNT, TOKEN, FakeTwilio
from tickets.services import conversation

CALLBACK = "http://redress.test/hooks/twilio/message-status/{reference}"


@pytest.fixture
def twilio(app, queue, gateways, monkeypatch):
    monkeypatch.setitem(app.config, "TWILIO_AUTH_TOKEN", f"a-new-one, {TOKEN}")
    with FakeTwilio() as fake:
        monkeypatch.setitem(app.extensions["gateways"], "sms", TwilioSms(ACCOUNT, TOKEN, "+12025550123", CALLBACK, fake.url))
        yield fake


@pytest.fixture
def sent(twilio, queue):
    ticket = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    conversation.say(ticket, SYSTEM, "We are working on it.", "interim")
    db.session.commit()
    queue.run()
    return db.session.scalars(db.select(OutboundMessage)).one()


def report(app, twilio, row, status, secret=TOKEN, **more):
    """Post a report to the very address that the client named."""
    url = twilio.messages[row.gateway_id]["status_callback"]
    form = {"MessageSid": row.gateway_id, "MessageStatus": status, "AccountSid": ACCOUNT} | more
    signature = RequestValidator(secret).compute_signature(url, form)
    path = urlsplit(url).path
    answer = app.test_client().post(path, data=form, headers={"X-Twilio-Signature": signature}, environ_overrides={"RAW_URI": path})
    db.session.expire_all()
    return answer.status_code


def test_a_report_reaches_its_message(app, twilio, sent):
    assert (sent.state, sent.gateway) == ("sent", "twilio")
    assert report(app, twilio, sent, "delivered") == 204
    assert report(app, twilio, sent, "sent") == 204
    assert sent.state == "delivered"


def test_a_final_error_number(app, twilio, sent):
    assert report(app, twilio, sent, "undelivered", ErrorCode="30007") == 204
    assert (sent.state, sent.reason) == ("failed", "filtered")


def test_the_reference_needs_no_escape(twilio, sent):
    address = twilio.messages[sent.gateway_id]["status_callback"]
    assert address.endswith(f"/{sent.reference}-1") and "%" not in address and ":" not in urlsplit(address).path


def test_a_forged_report_changes_nothing_and_is_kept(app, twilio, sent):
    assert report(app, twilio, sent, "failed", secret="guessed", ErrorCode="21610") == 403
    assert sent.state == "sent"
    assert db.session.scalars(db.select(Quarantined.why)).all() == ["wrong_signature"]


@pytest.mark.parametrize("rest", ["", "/nothing", "/" + "0" * 32 + "-1", "/a/b/c"])
def test_reports_about_nothing_are_no_error(app, twilio, database, rest):
    form = {"MessageStatus": "delivered", "MessageSid": "SM1"}
    path = f"/hooks/twilio/message-status{rest}"
    signature = RequestValidator(TOKEN).compute_signature(f"http://redress.test{path}", form)
    answer = app.test_client().post(path, data=form, headers={"X-Twilio-Signature": signature}, environ_overrides={"RAW_URI": path})
    assert answer.status_code == 204
