"""What every way out of the house has in common: the message, the receipt, and the three ways of failing."""
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True)
class Outgoing:
    """Words for one address. `to` is E.164 or an e-mail address; `reference` is our own id of the message, unique.

    `subject` and `reply_to` mean nothing to an SMS.
    """

    channel: Literal["sms", "email"]
    to: str
    body: str
    reference: str
    subject: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class Receipt:
    """The gateway took the message: `queued` means that a delivery report may follow, `sent` that none will."""

    gateway_id: str
    state: Literal["sent", "queued"]


class GatewayFailure(Exception):
    """The message was not taken; `code` is the gateway's own, `message` is for staff and never for the recipient."""

    def __init__(self, code: str | int, message: str = ""):
        super().__init__(f"{code} {message}".strip())
        self.code, self.message = str(code), message


class TemporaryFailure(GatewayFailure):
    """Certainly not sent, and worth another try later: no connection, too busy, our own credentials refused."""


class PermanentFailure(GatewayFailure):
    """Trying again is of no use: no such address, opted out, refused."""


class UnknownOutcome(PermanentFailure):
    """The connection broke after the words were handed over: perhaps sent, so never to be sent again by itself."""


@runtime_checkable
class Gateway(Protocol):
    """A way out. `send` returns once the message is taken, within about ten seconds, or raises a GatewayFailure."""

    name: str

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the message over, once."""
        ...
