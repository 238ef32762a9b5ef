"""A carrier that is spoken to over HTTP, as its mapping describes it (pure); how the mapping is read stands in http_mapping."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network

from gateways.base import GatewayDown, GatewayFailure, PermanentFailure, TemporaryFailure
from gateways.knock import Answer

LONGEST_ID = 200
TOO_MANY = (408, 429)
OUR_FAULT = (400, 422)


@dataclass(frozen=True)
class Sending:
    """How words are handed over, and how the answer is read: `id`, `code` and `words` are paths in it, `taken` the codes that mean yes."""

    url: str
    method: str = "POST"
    format: str = "json"
    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping = field(default_factory=dict)
    templates: str = "none"
    id: str = ""
    code: str = ""
    words: str = ""
    taken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coming:
    """What knocks at one of our doors: the list at `each` holds one text or report an entry, `fields` maps our names to paths in it.

    By the `method` GET everything stands in the query, which is read like a form.
    """

    fields: Mapping[str, str]
    method: str = "POST"
    each: str = "."
    states: Mapping[str, str] = field(default_factory=dict)
    answer: Answer = Answer()


@dataclass(frozen=True)
class Proof:
    """How a knock of the carrier is known: by a keyed hash in a header or a field, by the networks it comes from, or by both."""

    secret: str = ""
    header: str = "X-Signature"
    algorithm: str = "sha256"
    encoding: str = "hex"
    prefix: str = ""
    signed: str = "{body}"
    timestamp: str = ""
    window: int = 300
    networks: tuple[IPv4Network | IPv6Network, ...] = ()


@dataclass(frozen=True)
class Codes:
    """The carrier's codes: those after which another try is of use, and the reason of ours that a code stands for."""

    passing: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict)

    def is_final(self, code: str) -> bool:
        """True unless another try is of use."""
        return code not in self.passing and self.reasons.get(code) != "gateway_down"


@dataclass(frozen=True)
class Carrier:
    """One gateway of the mapping. Its name stands in the routes, in the addresses of its doors, and beside each message that it took."""

    name: str
    send: Sending
    codes: Codes = Codes()
    region: str = "CN"
    sms: Coming | None = None
    receipt: Coming | None = None
    proof: Proof = Proof()

    def failure(self, code: str, words: str, status: int) -> GatewayFailure:
        """What a refusal means. A code of the carrier's counts; without one the HTTP status has to do."""
        if not code:
            return _by_status(status, words)
        reason = self.codes.reasons.get(code, "")
        if reason == "gateway_down":
            return GatewayDown(code, words)
        return (PermanentFailure if self.codes.is_final(code) else TemporaryFailure)(code, words, reason)


def _by_status(status: int, words: str) -> GatewayFailure:
    """An address that is wrong or a key that ran out is not this message's fault, so the others wait with it."""
    if status in OUR_FAULT:
        return PermanentFailure(status, words)
    return TemporaryFailure(status, words, "busy") if status in TOO_MANY else GatewayDown(status, words)
