"""A carrier by mapping: what is sent in which shape, which answer means what, and that secrets come from the environment."""
import json
import socket

import pytest

from gateways.base import GatewayDown, Outgoing, PermanentFailure, TemporaryFailure, UnknownOutcome
from gateways.http_sms import HttpSms
from tests.gateways.fake_carrier import ENVIRONMENT, FakeCarrier, carrier

WORDS = Outgoing("sms", "+8613800001234", "您好，12 号送到。", "ab12-1", template="T-7", variables={"day": "12 号"})


@pytest.fixture
def fake():
    with FakeCarrier() as server:
        yield server


def gateway(fake, tmp_path, **changed):
    return HttpSms(carrier(tmp_path, fake.url, **changed), "https://redress.example.com/hooks/paperplane/receipt")


def test_json_with_every_gap_filled(fake, tmp_path):
    receipt = gateway(fake, tmp_path).send(WORDS)
    assert fake.messages == [{"mobile": "13800001234", "content": "您好，12 号送到。", "clientRef": "ab12-1", "templateId": "T-7",
                              "templateParams": {"day": "12 号"}}]
    assert (receipt.gateway_id, receipt.state) == ("pp-1", "queued")


def test_a_form_holds_the_variables_as_json(fake, tmp_path):
    fields = {"mobile": "{national}", "all": "{to} {digits} {receipt_url}", "vars": "{variables}"}
    gateway(fake, tmp_path, send__format="form", send__fields=fields).send(WORDS)
    (sent,) = fake.messages
    assert sent["all"] == "+8613800001234 8613800001234 https://redress.example.com/hooks/paperplane/receipt"
    assert json.loads(sent["vars"]) == {"day": "12 号"}


def test_get_puts_the_fields_into_the_address(fake, tmp_path):
    gateway(fake, tmp_path, send__method="GET").send(WORDS)
    assert fake.messages[0]["content"] == WORDS.body


def test_without_reports_nothing_more_is_expected(fake, tmp_path):
    assert gateway(fake, tmp_path, receipt=None).send(WORDS).state == "sent"


def test_words_that_are_not_registered_never_leave(fake, tmp_path):
    with pytest.raises(PermanentFailure) as caught:
        gateway(fake, tmp_path).send(Outgoing("sms", "+8613800001234", "x", "r"))
    assert (caught.value.code, caught.value.reason, fake.messages) == ("no_template", "no_template", [])
    assert gateway(fake, tmp_path, send__templates="none").send(Outgoing("sms", "+8613800001234", "x", "r")).gateway_id == "pp-1"


@pytest.mark.parametrize(("status", "body", "failure", "code", "reason"), [
    (200, {"code": "3001", "message": "no such number"}, PermanentFailure, "3001", "unknown_number"),
    (400, {"code": 3009, "message": "spam"}, PermanentFailure, "3009", "filtered"),
    (200, {"code": "9999"}, PermanentFailure, "9999", ""),
    (200, {"code": "2001", "message": "slow down"}, TemporaryFailure, "2001", "busy"),
    (503, {"code": "2009"}, TemporaryFailure, "2009", ""),
    (200, {"code": "1401"}, GatewayDown, "1401", "gateway_down"),
    (500, "oops", GatewayDown, "500", "gateway_down"),
    (404, "<html>", GatewayDown, "404", "gateway_down"),
    (302, "elsewhere", GatewayDown, "302", "gateway_down"),
    (429, "", TemporaryFailure, "429", "busy"),
    (400, "", PermanentFailure, "400", ""),
    (200, "all is well", UnknownOutcome, "unreadable", ""),
])
def test_which_answer_means_what(fake, tmp_path, status, body, failure, code, reason):
    fake.answer_next(status, body)
    with pytest.raises(failure) as caught:
        gateway(fake, tmp_path).send(WORDS)
    assert type(caught.value) is failure
    assert (caught.value.code, caught.value.reason) == (code, reason)


def test_a_wrong_key_is_ours_to_mend(fake, tmp_path):
    with pytest.raises(GatewayDown) as caught:
        gateway(fake, tmp_path, environ=ENVIRONMENT | {"PAPERPLANE_KEY": "old"}).send(WORDS)
    assert caught.value.code == "1401"


def test_nobody_there_and_nobody_answering(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(UnknownOutcome):
            HttpSms(carrier(tmp_path, url), timeout=0.2).send(WORDS)
    with pytest.raises(GatewayDown):
        HttpSms(carrier(tmp_path, url), timeout=0.2).send(WORDS)
