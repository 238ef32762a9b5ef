"""Delivery reports: what a gateway tells later about a message that it took."""
import re
from collections.abc import Mapping
from datetime import datetime

import structlog

from core.db import db
from gateways import twilio_codes
from notifications import delivery, reports
from notifications.delivery import Outcome
from notifications.models import OutboundMessage

log = structlog.get_logger()

# Seconds before the next try of a message that the network could not bring to its handset. A carrier has tried for hours before it says so.
UNREACHED = (600, 1800, 7200)
LONGEST_ID = 200
REFERENCE = re.compile(r"([0-9a-f]{32})-(\d{1,4})")


def note(reference: str, provider: str, fields: Mapping[str, str], at: datetime) -> None:
    """Take in a report, named by our reference or by the gateway's own id. Idempotent, in any order; the caller commits.

    `fields` are named as Twilio's are (MessageSid, MessageStatus, ErrorCode); a gateway with codes of its own adds Final and Reason.
    """
    row, attempt = _find(reference, provider, _id(fields))
    if row is None or row.gateway != provider or attempt > row.attempts:
        log.info("report_without_message", provider=provider, reference=reference[:80])
        return
    state = reports.after(row.state, fields.get("MessageStatus", ""), taken=row.gateway_id is not None, earlier=attempt < row.attempts)
    if state is not None:
        _move(row, state, _outcome(state, provider, fields), at)


def _find(reference: str, provider: str, gateway_id: str) -> tuple[OutboundMessage | None, int]:
    """The message, locked, and which of its tries the report is about."""
    named = REFERENCE.fullmatch(reference)
    if named:
        return _locked(OutboundMessage.reference == named[1]), int(named[2])
    row = _locked(OutboundMessage.gateway == provider, OutboundMessage.gateway_id == gateway_id) if gateway_id else None
    return row, row.attempts if row else 0


def _id(fields: Mapping[str, str]) -> str:
    return fields.get("MessageSid", "")[:LONGEST_ID]


def _locked(*conditions) -> OutboundMessage | None:
    return db.session.scalar(db.select(OutboundMessage).where(*conditions).order_by(OutboundMessage.id.desc()).limit(1)
                             .with_for_update(of=OutboundMessage))


def _outcome(state: str, provider: str, fields: Mapping[str, str]) -> Outcome:
    sid, code = _id(fields) or None, fields.get("ErrorCode", "")
    if state != "failed":
        return Outcome(state, provider, sid)
    words = " ".join(filter(None, (fields.get("MessageStatus"), code)))
    reason = fields["Reason"] if "Reason" in fields else twilio_codes.reason(code)
    return Outcome(state if _is_final(code, fields) else "queued", provider, sid, error=words[:500], reason=reason)


def _is_final(code: str, fields: Mapping[str, str]) -> bool:
    return fields["Final"] == "true" if "Final" in fields else twilio_codes.is_final(code)


def _move(row: OutboundMessage, state: str, outcome: Outcome, at: datetime) -> None:
    if outcome.state == "queued":
        delivery.try_again(row, outcome, UNREACHED)
        return
    delivery.finish(row, outcome)
    if state == "delivered":
        row.delivered_at = at
