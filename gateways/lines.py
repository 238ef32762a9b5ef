"""Which accounts at providers of numbers can be read, from the settings."""
from collections.abc import Mapping

from gateways.line import Line
from gateways.twilio_line import TwilioLine


def build(config: Mapping[str, str]) -> dict[str, Line]:
    """{name: line} of every account whose settings are there. An account is read even while words go out by another way."""
    account, token = config.get("TWILIO_ACCOUNT_SID"), config.get("TWILIO_AUTH_TOKEN")
    if not account or not token:
        return {}
    return {"twilio": TwilioLine(account, token, own_number(config), config.get("TWILIO_BASE_URL") or "")}


def own_number(config: Mapping[str, str]) -> str:
    """The hotline's own number in E.164; empty where only a messaging service is named."""
    sender = config.get("TWILIO_SENDER") or ""
    return config.get("TWILIO_NUMBER") or (sender if sender.startswith("+") else "")
