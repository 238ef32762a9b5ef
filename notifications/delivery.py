"""One message on its way: claimed before the network is touched, and settled afterwards."""
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from core import clock, settings
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from core.jobs import NETWORK
from core.settings import Setting
from gateways.base import GatewayFailure, Outgoing, PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications.models import OutboundMessage
from notifications.queries import STUCK
from tickets.models import Message
from tickets.services import calls, conversation

settings.define(Setting("mail_reply_to", "text", "", "messages", "E-mail address that replies go to"))

MOST_ATTEMPTS = 5
DEMO = "demo"


@dataclass(frozen=True)
class Outcome:
    """What a gateway made of a message: sent, queued (try again), failed or unknown (perhaps sent)."""

    state: str
    gateway: str
    gateway_id: str | None = None
    error: str = ""


def claim(outbound_id: int) -> Outgoing | None:
    """Take a queued message whose time has come; None if another worker has it, or it is not to go out now.

    Commit before it is handed over: whoever finds it in `sending` then knows that it may be on its way.
    """
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    now = clock.now()
    if row is None or row.state != "queued" or (row.not_before or now) > now:
        return None
    row.state, row.claimed_at, row.attempts = "sending", now, row.attempts + 1
    if _invented(row):
        _finish(row, Outcome("sent", DEMO))
        return None
    _tell_thread(row)
    return Outgoing(channel=row.channel, to=row.address, body=row.body, subject=row.subject, reference=row.dedupe_key,
                    reply_to=settings.get("mail_reply_to") or current_app.config["MAIL_REPLY_TO"])


def _invented(row: OutboundMessage) -> bool:
    """The retailers of the demo are invented, but their numbers may be somebody's: such words never leave the house."""
    return row.message_id is not None and row.ticket.is_demo


def hand_over(outgoing: Outgoing) -> Outcome:
    """Give the message to its gateway. Call it outside any transaction; every failure of the gateway becomes an outcome."""
    gateway = current_app.extensions["gateways"][outgoing.channel]
    try:
        receipt = gateway.send(outgoing)
    except GatewayFailure as failure:
        return Outcome(_state_after(failure), gateway.name, error=str(failure)[:500])
    return Outcome("sent", gateway.name, receipt.gateway_id)


FAILURES = ((UnknownOutcome, "unknown"), (TemporaryFailure, "queued"), (PermanentFailure, "failed"), (GatewayFailure, "unknown"))


def _state_after(failure: GatewayFailure) -> str:
    return next(state for kind, state in FAILURES if isinstance(failure, kind))


def settle(outbound_id: int, outcome: Outcome) -> None:
    """Keep what became of a claimed message. A late word is still heard after it was given up."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is None or row.state not in ("sending", "unknown"):
        return
    if outcome.state != "queued":
        _finish(row, outcome)
    elif row.attempts >= MOST_ATTEMPTS:
        _finish(row, Outcome("failed", outcome.gateway, error=outcome.error))
    else:
        row.state, row.gateway, row.error = "queued", outcome.gateway, outcome.error
        row.not_before = clock.now() + timedelta(seconds=NETWORK[row.attempts - 1])
        _tell_thread(row)


def give_up(outbound_id: int) -> None:
    """The worker that sent this went away. Perhaps it was sent: never again by itself, somebody calls instead."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is not None and row.state == "sending" and row.claimed_at <= clock.now() - STUCK:
        _finish(row, Outcome("unknown", row.gateway, error="interrupted"))


def doubt(outbound_id: int, why: str) -> bool:
    """A message that waits may have gone out already: never by itself, somebody calls instead. False if nothing waits."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is None or row.state not in ("queued", "sending") or _invented(row):
        return False
    _finish(row, Outcome("unknown", row.gateway, error=why))
    return True


def _finish(row: OutboundMessage, outcome: Outcome) -> None:
    row.state, row.gateway, row.gateway_id, row.error = outcome.state, outcome.gateway, outcome.gateway_id, outcome.error
    row.sent_at = clock.now() if outcome.state == "sent" else None
    _tell_thread(row)
    if row.message_id is None:
        return
    sent = outcome.state == "sent"
    record(SYSTEM, Did.MESSAGE_SENT if sent else Did.MESSAGE_FAILED, ticket=row.ticket, purpose=row.purpose, channel=row.channel, state=row.state)
    if not sent:
        calls.open_call_task(row.ticket, "undelivered", f"undelivered:{row.id}", text=row.error)


def _tell_thread(row: OutboundMessage) -> None:
    if row.message_id is not None:
        conversation.record_delivery(db.session.get(Message, row.message_id), row.state, row.error)
