"""SMS by Twilio's real client, with a time limit, and its error numbers sorted into worth another try or not."""
from urllib.parse import quote

import requests
import urllib3
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from gateways.base import GatewayFailure, Outgoing, PermanentFailure, Receipt, TemporaryFailure, UnknownOutcome
from gateways.twilio_client import TIMEOUT, HttpClient, first_secret

# Twilio's numbers (https://www.twilio.com/docs/api/errors), from the answer to a send or from a delivery report.
FINAL = frozenset({
    21211,  # not a phone number
    21408,  # this country is not permitted
    21610,  # opted out
    21612,  # cannot be reached from this sender
    21614,  # not a number that takes SMS
    21617,  # text too long
    21635,  # a land line
    30004,  # blocked
    30005,  # unknown number
    30006,  # a land line, or a carrier that cannot be reached
    30007,  # filtered by the carrier
    30034,  # sender not registered
})
TEMPORARY = frozenset({
    20003,  # our credentials: a person mends them, and the messages must still be there then
    20429,  # too many requests
    30001,  # queue full
    30002,  # account suspended
    30003,  # handset switched off or out of reach
    30008,  # unknown error
    30017,  # carrier congested
})
_TAKEN = {"sent": "sent", "delivered": "sent"}


def is_final(code: int | str | None, http_status: int = 400) -> bool:
    """True if a Twilio error number says that another try is of no use; an unknown one is judged by the HTTP status."""
    number = int(code) if str(code).isdigit() else 0
    if number in FINAL or number in TEMPORARY:
        return number in FINAL
    return 400 <= http_status < 500 and http_status not in (401, 403, 408, 429)


class TwilioSms:
    """`sender` is a messaging service ("MG...") or one of our numbers in E.164.

    `status_callback` is the address for delivery reports; "{reference}" in it becomes the message's reference, so that
    a report finds its message even if the worker died before it could note Twilio's id. `base_url` replaces Twilio's
    own host (a stand-in server in tests and development).
    """

    name = "twilio"

    def __init__(self, account_sid: str, auth_token: str, sender: str, status_callback: str = "", base_url: str = "",
                 timeout: float = TIMEOUT):
        self.client = Client(account_sid, first_secret(auth_token), http_client=HttpClient(base_url, timeout))
        self.sender = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        self.status_callback = status_callback

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
            raise _disconnected(error) from error
        if message.status in ("failed", "undelivered"):
            failure = PermanentFailure if is_final(message.error_code) else TemporaryFailure
            raise failure(message.error_code or message.status, message.error_message or "")
        return Receipt(message.sid, _TAKEN.get(message.status, "queued"))


def _refused(error: TwilioException) -> GatewayFailure:
    status, code = getattr(error, "status", 500), getattr(error, "code", None)
    words = getattr(error, "msg", None) or getattr(error, "detail", None) or ""
    failure = PermanentFailure if is_final(code, status) else TemporaryFailure
    return failure(code or status, words)


def _disconnected(error: requests.RequestException) -> GatewayFailure:
    """Broken before or after the request was out? Only what certainly never reached Twilio may be tried again."""
    cause = error.args[0] if error.args else None
    unreached = isinstance(error, requests.ConnectionError) and not isinstance(cause, urllib3.exceptions.ProtocolError)
    return (TemporaryFailure if unreached else UnknownOutcome)("connection", type(error).__name__)
