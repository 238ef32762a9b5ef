"""Which gateway serves which channel, from the settings."""
from collections.abc import Mapping

from gateways.base import Gateway
from gateways.console import ConsoleGateway
from gateways.http_sms import HttpSms
from gateways.routed import BadRoutes, RoutedGateway, read
from gateways.smtp import SmtpGateway
from gateways.twilio_sms import TwilioSms

TWILIO_NEEDS = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER")


class BadGatewaySettings(ValueError):
    """Settings that no gateway can be built from; the text names all that is wrong at once."""


def build(config: Mapping) -> dict[str, Gateway]:
    """{"sms": gateway, "email": gateway}. Raises BadGatewaySettings.

    SMS_GATEWAY is console (or empty), twilio, or a carrier of SMS_CARRIERS (the mapping as http_mapping.read gives it); SMS_ROUTES
    sends some numbers by another one. Twilio needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_SENDER, and takes
    TWILIO_STATUS_CALLBACK and TWILIO_BASE_URL. MAIL_URL empty means console; else MAIL_FROM is needed.
    """
    wrong = faults(config)
    if wrong:
        raise BadGatewaySettings("; ".join(wrong))
    return {"sms": _sms(config), "email": _email(config)}


def faults(config: Mapping) -> list[str]:
    """Everything that keeps the gateways for text messages from being built."""
    try:
        wanted = set(_routes(config).values())
    except BadRoutes as error:
        return [str(error)]
    known = {"console", "twilio", *_carriers(config)}
    strange = [f"SMS_GATEWAY or SMS_ROUTES names {name!r}, but there are only: {', '.join(sorted(known))}" for name in sorted(wanted - known)]
    missing = [name for name in TWILIO_NEEDS if "twilio" in wanted and not config.get(name)]
    return strange + ([f"twilio needs {', '.join(missing)}"] if missing else [])


def _routes(config: Mapping) -> dict[str, str]:
    return read(config.get("SMS_ROUTES") or "", config.get("SMS_GATEWAY") or "console")


def _carriers(config: Mapping) -> Mapping:
    return config.get("SMS_CARRIERS") or {}


def _sms(config: Mapping) -> Gateway:
    routes = _routes(config)
    gateways = {name: _named(name, config) for name in set(routes.values())}
    return RoutedGateway(routes, gateways) if len(gateways) > 1 else next(iter(gateways.values()))


def _named(name: str, config: Mapping) -> Gateway:
    if name == "console":
        return ConsoleGateway()
    if name == "twilio":
        return _twilio(config)
    base = (config.get("PUBLIC_BASE_URL") or "").rstrip("/")
    return HttpSms(_carriers(config)[name], f"{base}/hooks/{name}/receipt")


def _twilio(config: Mapping) -> Gateway:
    account, tokens, sender = (config[name] for name in TWILIO_NEEDS)
    # Several secrets may be believed while one follows another; the first signs what we ask for.
    token = tokens.partition(",")[0].strip()
    return TwilioSms(account, token, sender, config.get("TWILIO_STATUS_CALLBACK") or _reports(config), config.get("TWILIO_BASE_URL") or "")


def _reports(config: Mapping) -> str:
    """Our own door, where Twilio can reach it: it refuses every message whose callback is no public address."""
    base = (config.get("PUBLIC_BASE_URL") or "").rstrip("/")
    return f"{base}/hooks/twilio/message-status/{{reference}}" if base.startswith("https://") else ""


def _email(config: Mapping) -> Gateway:
    url = config.get("MAIL_URL")
    if not url:
        return ConsoleGateway()
    if not config.get("MAIL_FROM"):
        raise BadGatewaySettings("MAIL_URL needs MAIL_FROM")
    try:
        return SmtpGateway(url, config["MAIL_FROM"])
    except ValueError as error:
        raise BadGatewaySettings(f"MAIL_URL, MAIL_FROM: {error}") from error
