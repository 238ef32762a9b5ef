"""Which gateway serves which channel, from the settings."""
from collections.abc import Mapping

from gateways.base import Gateway
from gateways.console import ConsoleGateway
from gateways.smtp import SmtpGateway
from gateways.twilio_sms import TwilioSms

TWILIO_NEEDS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER")


class BadGatewaySettings(ValueError):
    """Settings that no gateway can be built from; the text names all of one gateway's at once."""


def build(config: Mapping[str, str]) -> dict[str, Gateway]:
    """{"sms": gateway, "email": gateway}. Raises BadGatewaySettings.

    SMS_GATEWAY is console (or empty) or twilio; twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_SENDER,
    and takes TWILIO_STATUS_CALLBACK and TWILIO_BASE_URL. MAIL_URL empty means console; else MAIL_FROM is needed.
    """
    wanted = config.get("SMS_GATEWAY") or "console"
    if wanted not in SMS:
        raise BadGatewaySettings(f"SMS_GATEWAY is {wanted!r}, but must be one of: {', '.join(SMS)}")
    return {"sms": SMS[wanted](config), "email": _email(config)}


def _console(config: Mapping[str, str]) -> Gateway:
    return ConsoleGateway()


def _twilio(config: Mapping[str, str]) -> Gateway:
    _require(config, TWILIO_NEEDS, "SMS_GATEWAY=twilio")
    account, token, sender = (config[name] for name in TWILIO_NEEDS)
    return TwilioSms(account, token, sender, config.get("TWILIO_STATUS_CALLBACK") or "", config.get("TWILIO_BASE_URL") or "")


def _email(config: Mapping[str, str]) -> Gateway:
    url = config.get("MAIL_URL")
    if not url:
        return ConsoleGateway()
    _require(config, ("MAIL_FROM",), "MAIL_URL")
    try:
        return SmtpGateway(url, config["MAIL_FROM"])
    except ValueError as error:
        raise BadGatewaySettings(f"MAIL_URL, MAIL_FROM: {error}") from error


def _require(config: Mapping[str, str], needed: tuple[str, ...], by: str) -> None:
    missing = [name for name in needed if not config.get(name)]
    if missing:
        raise BadGatewaySettings(f"{by} needs {', '.join(missing)}")


SMS = {"console": _console, "twilio": _twilio}
