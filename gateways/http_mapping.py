"""Reading the mapping file of carriers: YAML, with secrets from the environment, every fault named at once."""
import re
from collections.abc import Callable, Mapping
from dataclasses import fields as columns
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from gateways import http_fields
from gateways.base import REASONS
from gateways.http_carrier import Carrier, Codes, Coming, Proof, Sending
from gateways.knock import Answer

GAPS = {"to", "digits", "national", "body", "reference", "template", "variables", "receipt_url"}
NEEDED = {"sms": ("MessageSid", "From", "Body"), "receipt": ("MessageStatus",)}
STATES = ("accepted", "sent", "delivered", "failed", "undelivered")
TAKEN_NAMES = ("twilio", "console", "smtp", "demo", "recording")
CHOICES = {"method": ("POST", "GET", "PUT"), "format": ("json", "form"), "templates": ("none", "required"), "encoding": ("hex", "base64"),
           "algorithm": ("sha1", "sha256", "sha512")}
COMING = ("POST", "GET")
ANSWERS = {"send": ("id", "code", "words", "taken"), "sms": ("status", "body", "type"), "receipt": ("status", "body", "type")}
_ENVIRONMENT = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")


class BadMapping(ValueError):
    """The mapping cannot be used; `faults` says everything that is wrong with it."""

    def __init__(self, faults: list[str]):
        super().__init__("; ".join(faults))
        self.faults = faults


def read(path: str, environ: Mapping[str, str]) -> dict[str, Carrier]:
    """{name: carrier} of the file. Raises BadMapping."""
    try:
        tree = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadMapping([f"SMS_HTTP_MAPPING cannot be read: {error}"]) from None
    if not isinstance(tree, dict) or not tree:
        raise BadMapping(["SMS_HTTP_MAPPING names no gateway"])
    faults = sorted({f"{name} is not set, but SMS_HTTP_MAPPING needs it" for name in _wanted(tree) if not environ.get(name)})
    known = {name: _carrier(str(name), entry, faults) for name, entry in _expanded(tree, environ).items()}
    if faults:
        raise BadMapping(faults)
    return known


def _wanted(tree) -> list[str]:
    return _ENVIRONMENT.findall(yaml.safe_dump(tree, allow_unicode=True, width=10**6))


def _expanded(tree, environ: Mapping[str, str]):
    if isinstance(tree, dict):
        return {key: _expanded(value, environ) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_expanded(value, environ) for value in tree]
    return _ENVIRONMENT.sub(lambda match: environ.get(match[1], ""), tree) if isinstance(tree, str) else tree


def _carrier(name: str, entry, faults: list[str]) -> Carrier | None:
    """One gateway; None, with the faults noted, if it is not to be understood."""
    told = [f"SMS_HTTP_MAPPING {name}: {fault}" for fault in _faults(name, entry)]
    faults.extend(told)
    if told:
        return None
    sending, coming = dict(entry["send"]), {kind: _coming(entry[kind]) for kind in NEEDED if kind in entry}
    answer = sending.pop("answer", {})
    send = Sending(**sending | answer | {"taken": tuple(str(code) for code in answer.get("taken", ()))})
    return Carrier(name, send, _codes(entry.get("codes", {})), entry.get("region", "CN"), proof=_proof(entry.get("proof", {})), **coming)


def _codes(entry: dict) -> Codes:
    reasons = {str(code): reason for reason, codes in entry.items() if reason != "passing" for code in codes}
    return Codes(frozenset(str(code) for code in entry.get("passing", ())), reasons)


def _coming(entry: dict) -> Coming:
    told = entry.get("answer", {})
    answer = Answer(told.get("body", ""), told.get("type", "text/plain; charset=utf-8"), told.get("status", 200))
    states = {str(code): state for code, state in entry.get("states", {}).items()}
    return Coming(entry["fields"], entry.get("method", "POST"), entry.get("each", "."), states, answer)


def _proof(entry: dict) -> Proof:
    return Proof(**entry | {"networks": tuple(ip_network(network) for network in entry.get("networks", ()))})


def _faults(name: str, entry) -> list[str]:
    """Everything that is wrong with one gateway; a rule that cannot even be asked is a fault of its own."""
    if not isinstance(entry, dict) or not isinstance(entry.get("send"), dict):
        return ["it needs a part `send`"]
    found = []
    for rule in RULES:
        try:
            found.extend(rule(name, entry))
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            found.append(f"cannot be understood ({error})")
    return found


def _bad_name(name: str, _entry: dict) -> list[str]:
    fits = _NAME.fullmatch(name) and name not in TAKEN_NAMES
    return [] if fits else ["a name has small letters, digits and hyphens, and is none of " + ", ".join(TAKEN_NAMES)]


def _strange_keys(_name: str, entry: dict) -> list[str]:
    known = {"send": (*_names(Sending), "answer"), "codes": (*REASONS, "passing"), "sms": _names(Coming), "receipt": _names(Coming),
             "proof": _names(Proof)}
    strange = [key for key in entry if key not in (*known, "region")]
    strange += [f"{part}.{key}" for part, keys in known.items() for key in entry.get(part, {}) if key not in keys]
    strange += [f"{part}.answer.{key}" for part, keys in ANSWERS.items() for key in entry.get(part, {}).get("answer", {}) if key not in keys]
    return [f"{key} is unknown" for key in strange]


def _names(kind) -> list[str]:
    return [column.name for column in columns(kind)]


def _bad_choices(_name: str, entry: dict) -> list[str]:
    wrong = [f"{part}.{key} must be one of {', '.join(CHOICES[key])}" for part in ("send", "proof") for key, value in entry.get(part, {}).items()
             if key in CHOICES and value not in CHOICES[key]]
    return wrong + [f"{part}.method must be one of {', '.join(COMING)}" for part in NEEDED if entry.get(part, {}).get("method", "POST") not in COMING]


def _bad_address(_name: str, entry: dict) -> list[str]:
    url = urlsplit(str(entry["send"].get("url", "")))
    safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost"))
    return [] if safe and url.hostname else ["send.url must begin with https://"]


def _strange_gaps(_name: str, entry: dict) -> list[str]:
    used = [*http_fields.gaps(entry["send"].get("fields", {})), *http_fields.gaps(entry["send"].get("headers", {}))]
    return [f"{{{gap}}} is unknown; there are {', '.join(sorted(GAPS))}" for gap in used if gap not in GAPS]


def _missing_fields(_name: str, entry: dict) -> list[str]:
    return [f"{kind}.fields must say where {field} stands" for kind, needed in NEEDED.items() if kind in entry
            for field in needed if not entry[kind].get("fields", {}).get(field)]


def _bad_states(_name: str, entry: dict) -> list[str]:
    states = entry.get("receipt", {}).get("states", {})
    missing = ["receipt.states must say what the carrier's states mean"] if "receipt" in entry and not states else []
    return missing + [f"receipt.states: {state} must be one of {', '.join(STATES)}" for state in states.values() if state not in STATES]


def _no_proof(_name: str, entry: dict) -> list[str]:
    """Nothing is taken in from somebody unknown."""
    proof = entry.get("proof", {})
    [ip_network(network) for network in proof.get("networks", ())]
    known = proof.get("secret") or proof.get("networks")
    return [] if known or not NEEDED.keys() & entry.keys() else ["proof needs a secret or networks: else anybody could knock"]


RULES: tuple[Callable[[str, dict], list[str]], ...] = (
    _bad_name, _strange_keys, _bad_choices, _bad_address, _strange_gaps, _missing_fields, _bad_states, _no_proof)
