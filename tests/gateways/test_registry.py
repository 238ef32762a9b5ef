"""Gateways from settings: the defaults, each choice, and one message for all that is missing."""
import pytest

from gateways import routed
from gateways.registry import BadGatewaySettings, build
from tests.gateways.fake_carrier import carrier

TWILIO = {"SMS_GATEWAY": "twilio", "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_SENDER": "MG1"}
MAIL = {"MAIL_URL": "smtps://mail.example.com", "MAIL_FROM": "a@example.com"}


@pytest.mark.parametrize(
    ("config", "sms", "email"),
    [
        ({}, "console", "console"),
        ({"SMS_GATEWAY": "", "MAIL_URL": ""}, "console", "console"),
        (TWILIO, "twilio", "console"),
        (MAIL, "console", "smtp"),
        (TWILIO | MAIL, "twilio", "smtp"),
    ],
)
def test_build(config, sms, email):
    gateways = build(config)
    assert {channel: gateway.name for channel, gateway in gateways.items()} == {"sms": sms, "email": email}


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"SMS_GATEWAY": "pigeon"}, "console, twilio"),
        ({"SMS_ROUTES": "86=console"}, "SMS_ROUTES"),
        (TWILIO | {"TWILIO_AUTH_TOKEN": "", "TWILIO_SENDER": ""}, "TWILIO_AUTH_TOKEN, TWILIO_SENDER"),
        (MAIL | {"MAIL_FROM": ""}, "MAIL_FROM"),
        (MAIL | {"MAIL_URL": "ftp://x"}, "MAIL_URL"),
    ],
)
def test_what_is_missing_or_wrong_is_named(config, words):
    with pytest.raises(BadGatewaySettings, match=words):
        build(config)


def test_numbers_go_different_ways(tmp_path):
    config = TWILIO | {"SMS_ROUTES": "+86=paperplane", "SMS_CARRIERS": {"paperplane": carrier(tmp_path)}, "PUBLIC_BASE_URL": "https://redress.test/"}
    sms = build(config)["sms"]
    assert routed.serving(sms, "+12025550123").name == "twilio"
    home = routed.serving(sms, "+8613800001234")
    assert (home.name, home.receipt_url) == ("paperplane", "https://redress.test/hooks/paperplane/receipt")
    assert routed.demanding(sms) == ["paperplane"]


def test_everything_wrong_is_named_at_once():
    with pytest.raises(BadGatewaySettings) as caught:
        build({"SMS_ROUTES": "+86=yunxin,+1=twilio", "TWILIO_SENDER": "MG1"})
    assert "'yunxin'" in str(caught.value) and "TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN" in str(caught.value)


def test_of_several_secrets_the_first_signs():
    assert build(TWILIO | {"TWILIO_AUTH_TOKEN": "new, old"})["sms"].client.password == "new"


@pytest.mark.parametrize(("base", "callback"), [
    ("https://redress.test/", "https://redress.test/hooks/twilio/message-status/{reference}"), ("http://127.0.0.1:8000", "")])
def test_reports_come_to_our_door_where_twilio_can_reach_it(base, callback):
    assert build(TWILIO | {"PUBLIC_BASE_URL": base})["sms"].status_callback == callback


def test_settings_reach_the_gateways():
    options = {"TWILIO_STATUS_CALLBACK": "https://a/{reference}", "TWILIO_BASE_URL": "http://127.0.0.1:9"}
    sms = build(TWILIO | options)["sms"]
    assert sms.status_callback == "https://a/{reference}"
    assert sms.client.http_client.base.netloc == "127.0.0.1:9"
    assert sms.sender == {"messaging_service_sid": "MG1"}
