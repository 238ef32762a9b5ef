"""Whether a knock comes from the carrier (pure): its network, and a keyed hash over what it sent, no older than some minutes."""
import base64
import hashlib
import hmac
from ipaddress import ip_address
from urllib.parse import unquote_plus

from gateways.http_carrier import Proof
from gateways.knock import Knock

IN_MILLISECONDS = 10**11  # no second of our age is so far from 1970


def refusal(knock: Knock, proof: Proof) -> str | None:
    """None if everything that the mapping asks for holds, else the first thing that does not (a code)."""
    if not (proof.secret or proof.networks):
        return "not_configured"
    if proof.networks and not _from_there(knock.remote, proof):
        return "foreign_network"
    return _unsigned(knock, proof) if proof.secret else None


def _from_there(remote: str, proof: Proof) -> bool:
    try:
        address = ip_address(remote)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in proof.networks)


def _unsigned(knock: Knock, proof: Proof) -> str | None:
    given = told(knock, proof.header)
    if not given:
        return "unsigned"
    if proof.timestamp and not _fresh(knock, proof):
        return "too_old"
    return None if hmac.compare_digest(_plain(given, proof).encode(), signature(knock, proof).encode()) else "wrong_signature"


def signature(knock: Knock, proof: Proof) -> str:
    """What the header must hold, without its prefix."""
    stamp = told(knock, proof.timestamp) if proof.timestamp else ""
    head, body, tail = proof.signed.partition("{body}")
    message = _said(head, stamp, knock) + (_hashed(knock, proof) if body else b"") + _said(tail, stamp, knock)
    digest = hmac.new(proof.secret.encode(), message, getattr(hashlib, proof.algorithm)).digest()
    return digest.hex() if proof.encoding == "hex" else base64.b64encode(digest).decode()


def told(knock: Knock, name: str) -> str:
    """A header, or where there is none of this name the field of a form or a query: a carrier that asks by GET often has no head of its own."""
    return knock.headers.get(name, "") or knock.value(name)


def _hashed(knock: Knock, proof: Proof) -> bytes:
    """The body as it came, without the field that bears the hash: that cannot be under its own hash."""
    if proof.header in knock.headers or proof.header not in knock.form:
        return knock.body
    return b"&".join(pair for pair in knock.body.split(b"&") if unquote_plus(pair.partition(b"=")[0].decode("utf-8", "replace")) != proof.header)


def _said(text: str, stamp: str, knock: Knock) -> bytes:
    return text.replace("{timestamp}", stamp).replace("{url}", knock.url).encode()


def _plain(given: str, proof: Proof) -> str:
    bare = given.strip().removeprefix(proof.prefix)
    return bare.lower() if proof.encoding == "hex" else bare


def _fresh(knock: Knock, proof: Proof) -> bool:
    stamp = told(knock, proof.timestamp).strip()
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 20):
        return False
    seconds = int(stamp) / (1000 if int(stamp) > IN_MILLISECONDS else 1)
    return abs(knock.at.timestamp() - seconds) <= proof.window
