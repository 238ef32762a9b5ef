"""The one shape in which every channel hands over what came in (pure)."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

KINDS = ("complaint", "request", "enquiry", "suggestion", "praise", "report")


@dataclass(frozen=True)
class Submission:
    """What somebody told us, as far as the channel knows; only channel, time and text are certain.

    `continues` is the case number of the ticket that the sender himself named (a tracking page, a reply).
    `suspect` says why it may come from a machine (a honeypot that was filled).
    """

    intake_id: int
    channel: str
    received_at: datetime
    text: str
    case_no: str
    token: str
    kind: str = "complaint"
    language: str = "zh"
    shop: str = ""
    name: str = ""
    phone: str | None = None
    email: str | None = None
    occurred: str = ""
    order_no: str = ""
    wish: str = ""
    confidential: bool = False
    anonymous: bool = False
    pin_hash: str | None = None
    captured_by_id: int | None = None
    continues: str | None = None
    leaf: str | None = None
    severity: str | None = None
    desired: str | None = None
    is_demo: bool = False
    suspect: str | None = None
    facts: Mapping = field(default_factory=dict)


FROM_RAW = ("text", "kind", "language", "shop", "name", "phone", "email", "occurred", "order_no", "wish", "confidential",
            "anonymous", "continues", "leaf", "severity", "desired", "suspect")


def from_record(record) -> Submission:
    """Read an intake record (anything with its columns). Unknown keys of the raw data stay raw; what was read from it goes before."""
    raw = record.raw | record.meta.get("read", {})
    known = {key: raw[key] for key in FROM_RAW if raw.get(key) not in (None, "")}
    if known.get("kind") not in KINDS:
        known.pop("kind", None)
    return Submission(
        intake_id=record.id, channel=record.channel, received_at=record.received_at, case_no=record.case_no, token=record.token,
        pin_hash=record.pin_hash, captured_by_id=record.captured_by_id, is_demo=record.is_demo, facts=raw.get("facts") or {},
        **({"text": ""} | known))
