"""How an account at Twilio is set up, read and never changed: itself, a number, a messaging service, permissions by country."""
from dataclasses import dataclass

from twilio.rest import Client

from gateways.line import LineFailure
from gateways.twilio_client import HttpClient, first_secret
from gateways.twilio_refusals import told


@dataclass(frozen=True)
class Account:
    """`status` is active, suspended or closed; `trial` accounts reach only numbers that were verified."""

    name: str
    status: str
    trial: bool


@dataclass(frozen=True)
class Hook:
    """An address that Twilio asks, and how."""

    url: str
    method: str


@dataclass(frozen=True)
class Number:
    """One of the account's numbers: what it can do and whom it tells. `application` or `trunk` say that its addresses do not count."""

    number: str
    can: frozenset[str]
    texts: Hook
    calls: Hook
    call_status: Hook
    application: str = ""
    trunk: str = ""


@dataclass(frozen=True)
class Service:
    """A messaging service: its senders and whom it tells of texts; with `asks_number` the number's own address counts."""

    name: str
    senders: tuple[str, ...]
    texts: Hook
    asks_number: bool


class TwilioAccount:
    """Every method raises LineFailure; what does not exist is None."""

    def __init__(self, account_sid: str, auth_token: str, base_url: str = ""):
        self.http = HttpClient(base_url)
        self.client = Client(account_sid, first_secret(auth_token), http_client=self.http)
        self.sid = account_sid

    @property
    def date(self) -> str:
        """What Twilio's clock said with its last answer, as in an HTTP head."""
        return self.http.date

    def account(self) -> Account:
        """The account itself."""
        found = told(lambda: self.client.api.accounts(self.sid).fetch())
        return Account(found.friendly_name or "", found.status or "", found.type == "Trial")

    def number(self, number: str) -> Number | None:
        """The number in E.164, if the account owns it."""
        found = told(lambda: self.client.incoming_phone_numbers.list(phone_number=number, limit=20))
        return next((_number(one) for one in found if one.phone_number == number), None)

    def service(self, sid: str) -> Service | None:
        """The messaging service with this SID."""
        try:
            found = told(lambda: self.client.messaging.v1.services(sid).fetch())
        except LineFailure as failure:
            if failure.gone:
                return None
            raise
        senders = told(lambda: self.client.messaging.v1.services(sid).phone_numbers.list())
        return Service(found.friendly_name or "", tuple(one.phone_number for one in senders),
                       Hook(found.inbound_request_url or "", found.inbound_method or "POST"), bool(found.use_inbound_webhook_on_number))

    def may_call(self, country: str) -> bool:
        """Whether ordinary numbers of this country (two letters) may be called."""
        return bool(told(lambda: self.client.voice.v1.dialing_permissions.countries(country).fetch()).low_risk_numbers_enabled)

    def may_text(self, country: str) -> bool:
        """Whether numbers of this country may be sent texts."""
        return told(lambda: _enabled(self.client.accounts.v1.messaging_geopermissions.fetch(country_code=country).permissions, country))


def _enabled(permissions, country: str) -> bool:
    """Asked for one country, an answer may name it alone or as a list. Raises TypeError or AttributeError for any other shape."""
    listed = [permissions] if isinstance(permissions, dict) else permissions
    return any(one.get("enabled") for one in listed if one.get("country_code") == country)


def _number(row) -> Number:
    can = frozenset(name.lower() for name, able in (row.capabilities or {}).items() if able)
    return Number(row.phone_number, can, Hook(row.sms_url or "", row.sms_method or "POST"), Hook(row.voice_url or "", row.voice_method or "POST"),
                  Hook(row.status_callback or "", row.status_callback_method or "POST"),
                  row.sms_application_sid or row.voice_application_sid or "", row.trunk_sid or "")
