"""Registered templates: which words go out as which template, and what a carrier refuses that demands them."""
import pytest

from answers import placeholders
from answers import services as answers
from answers.models import AnswerVersion
from core.actor import SYSTEM
from core.db import db
from gateways.base import PermanentFailure
from notifications import delivery, outbox
from notifications.models import OutboundMessage
from tests import builders
from tickets.models import CallTask
from tickets.services import conversation


@pytest.mark.parametrize(("parts", "text", "found"), [
    ([{"locked": "编号{{case_no}}，{{day:date}}前答复。"}], "编号611，11月12日前答复。", {"case_no": "611", "day": "11月12日"}),
    ([{"free": "A {{x}}"}, {"locked": "and {{x}}."}], "A b and b.", {"x": "b"}),
    ([{"free": "A {{x}}"}, {"locked": "and {{x}}."}], "A b and c.", None),
    ([{"free": "No gap (*)"}], "No gap (*)", {}),
    ([{"free": "No gap"}], "No gap!", None),
    ([{"free": "{{a}} {{b}}"}], "1 2 3", {"a": "1", "b": "2 3"}),
])
def test_reading_back(parts, text, found):
    assert placeholders.read_back(parts, text, "en") == found


@pytest.fixture
def ticket(queue, gateways):
    made = builders.ticket("in_progress")
    db.session.commit()
    queue.clear()
    return made


def claimed(ticket, body=None):
    composed = builders.standard(ticket, "interim")
    version = db.session.get(AnswerVersion, composed.version_id)
    answers.register(SYSTEM, version, "recording", {ticket.language: "T-7", "zh": "T-8"})
    message = conversation.say(ticket, SYSTEM, body or composed.body, "interim", answer_code=composed.code, answer_version=composed.version)
    outgoing = delivery.claim(outbox.prepare(message.id))
    db.session.commit()
    return outgoing, version


def test_registered_words_go_out_as_their_template(ticket):
    outgoing, version = claimed(ticket)
    assert outgoing.template == "T-7"
    filled = placeholders.join(version.parts("en"), "en")
    for name, type in placeholders.names(filled):
        filled = filled.replace("{{%s}}" % (name if type == "text" else f"{name}:{type}"), outgoing.variables[name])
    assert filled == outgoing.body


def test_words_that_somebody_changed_are_no_template(ticket):
    outgoing, _version = claimed(ticket, "Something quite different.")
    assert (outgoing.template, outgoing.variables) == ("", {})


def test_a_carrier_that_demands_templates_refuses_and_somebody_calls(ticket, queue, gateways):
    gateways["sms"].failures = [PermanentFailure("no_template", "not registered", "no_template")]
    message = conversation.say(ticket, SYSTEM, "My own words.", "interim")
    db.session.commit()
    queue.run()
    assert (message.delivery, message.delivery_note) == ("failed", "no_template")
    assert [task.text for task in db.session.scalars(db.select(CallTask))] == ["no_template"]
    assert db.session.scalars(db.select(OutboundMessage.state)).all() == ["failed"]


def test_registering_is_kept_and_taken_back(database):
    version = db.session.scalars(db.select(AnswerVersion).filter_by(status="approved").limit(1)).one()
    assert answers.register(SYSTEM, version, "paper", {"zh": "1", "en": ""})
    assert not answers.register(SYSTEM, version, "paper", {"zh": "1", "en": ""})
    assert version.provider_ids == {"paper": {"zh": "1"}}
    assert answers.register(SYSTEM, version, "paper", {"zh": "", "en": ""})
    assert version.provider_ids == {}
