"""SMS by Twilio's real client, with a time limit."""
from urllib.parse import quote, urlsplit

import requests
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from gateways import broken_line, twilio_codes
from gateways.base import GatewayDown, GatewayFailure, Outgoing, PermanentFailure, Receipt, TemporaryFailure
from gateways.twilio_client import TIMEOUT, HttpClient, first_secret

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_TAKEN = {"sent": "sent", "delivered": "sent"}


class TwilioSms:
    """`sender` is a messaging service ("MG...") or one of our numbers in E.164.

    `status_callback` is the address for delivery reports; "{reference}" in it becomes the message's reference, so that
    a report finds its message even if the worker died before it could note Twilio's id. `base_url` replaces Twilio's
    own host (a stand-in server in tests and development); on this machine it reaches nobody, which `stands_in` says.
    """

    name = "twilio"

    def __init__(self, account_sid: str, auth_token: str, sender: str, status_callback: str = "", base_url: str = "",
                 timeout: float = TIMEOUT):
        self.client = Client(account_sid, first_secret(auth_token), http_client=HttpClient(base_url, timeout))
        self.sender = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        self.status_callback = status_callback
        self.stands_in = urlsplit(base_url).hostname in THIS_MACHINE

    def send(self, outgoing: Outgoing) -> Receipt:
        """Ask Twilio to send. Raises a GatewayFailure."""
        options = dict(self.sender)
        if self.status_callback:
            options["status_callback"] = self.status_callback.replace("{reference}", quote(outgoing.reference, safe=""))
        try:
            message = self.client.messages.create(to=outgoing.to, body=outgoing.body, **options)
        except TwilioException as error:
            raise _refused(error) from error
        except requests.RequestException as error:
            raise broken_line.failure(error) from error
        if message.status in ("failed", "undelivered"):
            raise _failure(message.error_code or message.status, message.error_message or "", 400)
        return Receipt(message.sid, _TAKEN.get(message.status, "queued"))


def _refused(error: TwilioException) -> GatewayFailure:
    status, code = getattr(error, "status", 500), getattr(error, "code", None)
    words = getattr(error, "msg", None) or getattr(error, "detail", None) or ""
    return _failure(code or status, words, status)


def _failure(code: int | str, words: str, status: int) -> GatewayFailure:
    if twilio_codes.is_final(code, status):
        return PermanentFailure(code, words, twilio_codes.reason(code))
    if twilio_codes.is_down(code, status):
        return GatewayDown(code, words)
    return TemporaryFailure(code, words, twilio_codes.reason(code))
