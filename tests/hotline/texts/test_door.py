"""Twilio's texts at their door: signed ones are kept and answered, others are refused."""
import re

import pytest
from twilio.request_validator import RequestValidator

from core.db import db
from gateways import quarantine
from gateways.models import Quarantined
from intake.models import IntakeRecord
from tests.builders import staff, who

TOKEN = "a-token-of-ours"
PATH = "/hooks/twilio/sms"
FIELDS = {"MessageSid": "SM1", "From": "+8613800137001", "To": "+8657112345", "Body": "货没到，晚了三天 ~/%2F", "NumMedia": "0"}


@pytest.fixture
def client(app, database):
    before, app.config["TWILIO_AUTH_TOKEN"] = app.config["TWILIO_AUTH_TOKEN"], TOKEN
    yield app.test_client()
    app.config["TWILIO_AUTH_TOKEN"] = before


def knock(client, fields=FIELDS, token=TOKEN, **headers):
    signature = RequestValidator(token).compute_signature("http://redress.test" + PATH, fields)
    return client.post(PATH, data=fields, headers={"X-Twilio-Signature": signature} | headers)


def stored():
    return db.session.scalars(db.select(IntakeRecord).order_by(IntakeRecord.id)).all()


def test_a_signed_text_is_kept_and_answered_with_nothing(client, queue):
    answer = knock(client)
    assert (answer.status_code, answer.content_type, answer.text) == (200, "text/xml; charset=utf-8", "<Response/>")
    (record,) = stored()
    assert (record.channel, record.external_id, record.raw["text"]) == ("sms", "SM1", FIELDS["Body"])
    assert record.raw["fields"]["To"] == FIELDS["To"]
    assert [entry[1:] for entry in queue.later] == [("advance", record.id)]


def test_the_same_knock_twice_is_one_text(client):
    assert [knock(client).status_code for _turn in range(2)] == [200, 200]
    assert len(stored()) == 1


def test_a_retry_under_another_sid_is_known_by_its_token(client):
    for sid in ("SM1", "SM2"):
        fields = FIELDS | {"MessageSid": sid}
        assert knock(client, fields, **{"I-Twilio-Idempotency-Token": "t-1"}).status_code == 200
    assert len(stored()) == 1


def test_a_forged_text_is_refused_and_can_be_admitted_once(client, app, database):
    assert knock(client, token="of somebody else").status_code == 403
    assert stored() == []
    waiting = db.session.scalar(db.select(Quarantined))
    quarantine.admit(waiting, who(staff(roles=("admin",), in_team=None)))
    (record,) = stored()
    assert record.raw["text"] == FIELDS["Body"]
    assert knock(client).status_code == 200
    assert len(stored()) == 1


@pytest.mark.parametrize("fields", [{}, {"Body": ""}, {"From": "Redress", "Body": "x"}, {"NumMedia": "three", "Body": "x"}, {"MessageSid": "SM1", "Body": "a\0b"}])
def test_signed_nonsense_is_kept(client, fields):
    assert knock(client, fields).status_code == 200
    assert len(stored()) == 1


def test_the_address_is_the_agreed_one(app):
    assert re.fullmatch("/hooks/" + app.extensions["doors"]["twilio_sms"].path, PATH)
