"""What every way out of the house has in common: the message, the receipt, and the three ways of failing."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

# Why a message was not delivered, in words of our own: each gateway sorts its codes into these, and the desk has a sentence for each.
REASONS = ("bad_number", "unknown_number", "landline", "opted_out", "out_of_reach", "blocked", "filtered", "not_registered", "no_permission",
           "too_long", "busy", "gateway_down", "no_template")


@dataclass(frozen=True)
class Outgoing:
    """Words for one address. `to` is E.164 or an e-mail address; `reference` is our own id of this try, unique and fit for any address.

    `subject` and `reply_to` mean nothing to an SMS. `template` is the id under which the gateway has these words registered, empty if it
    has not; `variables` are what stands in its gaps.
    """

    channel: Literal["sms", "email"]
    to: str
    body: str
    reference: str
    subject: str = ""
    reply_to: str = ""
    template: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """The gateway took the message: `queued` means that a delivery report may follow, `sent` that none will."""

    gateway_id: str
    state: Literal["sent", "queued"]


class GatewayFailure(Exception):
    """The message was not taken; `code` is the gateway's own, `reason` one of REASONS or empty.

    `message` is for staff and never for the recipient.
    """

    def __init__(self, code: str | int, message: str = "", reason: str = ""):
        super().__init__(f"{code} {message}".strip())
        self.code, self.message, self.reason = str(code), message, reason


class TemporaryFailure(GatewayFailure):
    """Certainly not sent, and worth another try later: no connection, too busy, our own credentials refused."""


class GatewayDown(TemporaryFailure):
    """Not about this message: nothing goes through this gateway now. The others wait behind this one instead of failing one by one."""

    def __init__(self, code: str | int, message: str = ""):
        super().__init__(code, message, "gateway_down")


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
