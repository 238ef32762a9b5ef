"""One message on its way: claimed before the network is touched, and settled afterwards."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from answers import segments
from core import clock, settings
from core.actor import SYSTEM
from core.audit import Did, record
from core.db import db
from core.jobs import NETWORK
from core.settings import Setting
from gateways import routed
from gateways.base import Gateway, GatewayFailure, Outgoing, PermanentFailure, TemporaryFailure, UnknownOutcome
from notifications import gate, registered
from notifications.manners import COURTESIES
from notifications.models import OutboundMessage
from notifications.queries import STUCK
from retailers.queries import opted_out
from tickets.models import Message
from tickets.services import calls, conversation, opting_out

settings.define(Setting("mail_reply_to", "text", "", "messages", "E-mail address that replies go to"))

DEMO = "demo"
ARRIVED = ("sent", "delivered")


@dataclass(frozen=True)
class Outcome:
    """What a gateway made of a message: sent, delivered, queued (try again), failed or unknown (perhaps sent). `reason` is a code of ours."""

    state: str
    gateway: str
    gateway_id: str | None = None
    error: str = ""
    reason: str = ""


def claim(outbound_id: int) -> Outgoing | None:
    """Take a queued message whose time has come; None if another worker has it, or it is not to go out now.

    Commit before it is handed over: whoever finds it in `sending` then knows that it may be on its way.
    """
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    now = clock.now()
    if row is None or row.state != "queued" or not _due(row, now):
        return None
    if _invented(row):
        row.claimed_at, row.attempts = now, row.attempts + 1
        finish(row, Outcome("sent", DEMO))
        return None
    gateway = serving(row.channel, row.address)
    row.gateway = gateway.name
    held = gate.held(row, gateway.name, now)
    if held is not None:
        _hold(row, held)
        return None
    return _outgoing(row, gateway)


def _due(row: OutboundMessage, now: datetime) -> bool:
    """Its time has come, or there is nothing to wait for any more because its reader wants no messages."""
    return (row.not_before or now) <= now or row.user_id is None and opted_out(row.address)


def _outgoing(row: OutboundMessage, gateway: Gateway) -> Outgoing:
    row.state, row.claimed_at, row.attempts = "sending", clock.now(), row.attempts + 1
    row.gateway_id, row.reason, row.error = None, "", ""
    row.segments = segments.count(row.body).segments if row.channel == "sms" else 0
    _tell_thread(row)
    template, variables = registered.words(row, gateway.name)
    return Outgoing(channel=row.channel, to=row.address, body=row.body, subject=row.subject, reference=f"{row.reference}-{row.attempts}",
                    reply_to=settings.get("mail_reply_to") or current_app.config["MAIL_REPLY_TO"], template=template, variables=variables)


def serving(channel: str, address: str) -> Gateway:
    """The gateway that serves this address."""
    return routed.serving(current_app.extensions["gateways"][channel], address)


def _invented(row: OutboundMessage) -> bool:
    """The retailers of the demo are invented, but their numbers may be somebody's: such words go to nobody, or to a simulated handset."""
    harmless = getattr(current_app.extensions["gateways"][row.channel], "stands_in", False)
    return row.message_id is not None and row.ticket.is_demo and not harmless


def _hold(row: OutboundMessage, held: gate.Held) -> None:
    """It waits, or it never goes out: then somebody calls, unless it is no longer so, or was a mere courtesy to a reader who wants no messages."""
    if held.until is not None:
        row.not_before, row.reason = held.until, held.reason
        _tell_thread(row)
    elif _needless(row, held):
        row.state, row.reason = "cancelled", held.reason
        _tell_thread(row)
    else:
        finish(row, Outcome("failed", row.gateway, reason=held.reason))


def _needless(row: OutboundMessage, held: gate.Held) -> bool:
    return held.reason == "overtaken" or held.reason == "opted_out" and (row.message_id is None or row.purpose in COURTESIES)


def hand_over(outgoing: Outgoing) -> Outcome:
    """Give the message to its gateway. Call it outside any transaction; every failure of the gateway becomes an outcome."""
    gateway = serving(outgoing.channel, outgoing.to)
    try:
        receipt = gateway.send(outgoing)
    except GatewayFailure as failure:
        return Outcome(_state_after(failure), gateway.name, error=str(failure)[:500], reason=failure.reason)
    return Outcome("sent", gateway.name, receipt.gateway_id)


FAILURES = ((UnknownOutcome, "unknown"), (TemporaryFailure, "queued"), (PermanentFailure, "failed"), (GatewayFailure, "unknown"))


def _state_after(failure: GatewayFailure) -> str:
    return next(state for kind, state in FAILURES if isinstance(failure, kind))


def settle(outbound_id: int, outcome: Outcome) -> None:
    """Keep what became of a claimed message. A late word is still heard after it was given up."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is None or row.state not in ("sending", "unknown"):
        return
    if outcome.state == "queued":
        try_again(row, outcome, NETWORK)
    else:
        finish(row, outcome)
    if outcome.state == "sent":
        gate.release(outcome.gateway, clock.now())


def try_again(row: OutboundMessage, outcome: Outcome, waits: Sequence[int]) -> None:
    """Put a message back for another try after its share of `waits` (seconds); fail it when they are used up. The caller holds its lock."""
    if row.attempts > len(waits):
        finish(row, Outcome("failed", outcome.gateway, outcome.gateway_id, outcome.error, outcome.reason))
        return
    row.state, row.gateway, row.gateway_id, row.error, row.reason = "queued", outcome.gateway, outcome.gateway_id, outcome.error, outcome.reason
    row.sent_at, row.not_before = None, clock.now() + timedelta(seconds=waits[row.attempts - 1])
    _tell_thread(row)


def give_up(outbound_id: int) -> None:
    """The worker that sent this went away. Perhaps it was sent: never again by itself, somebody calls instead."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is not None and row.state == "sending" and row.claimed_at <= clock.now() - STUCK:
        finish(row, Outcome("unknown", row.gateway, reason="interrupted"))


def doubt(outbound_id: int, why: str) -> bool:
    """A message that waits may have gone out already: never by itself, somebody calls instead. False if nothing waits."""
    row = db.session.get(OutboundMessage, outbound_id, with_for_update=True)
    if row is None or row.state not in ("queued", "sending") or _invented(row):
        return False
    finish(row, Outcome("unknown", row.gateway, reason=why))
    return True


def finish(row: OutboundMessage, outcome: Outcome) -> None:
    """The end of a message's way: it arrived, or somebody calls. The caller holds its lock."""
    before = row.state
    row.state, row.gateway, row.gateway_id = outcome.state, outcome.gateway, outcome.gateway_id or row.gateway_id
    row.error, row.reason = outcome.error, outcome.reason
    row.sent_at = (row.sent_at or clock.now()) if outcome.state in ARRIVED else None
    _tell_thread(row)
    if row.reason == "opted_out" and row.user_id is None:
        opting_out.stop_messages(row.address, "provider", f"out{row.id}", besides=row.ticket_id)
    if row.message_id is not None:
        _tell_people(row, before)


def _tell_people(row: OutboundMessage, before: str) -> None:
    task = f"undelivered:{row.id}"
    if row.state in ARRIVED:
        calls.take_back(task, "arrived")
        if before not in ARRIVED:
            record(SYSTEM, Did.MESSAGE_SENT, ticket=row.ticket, purpose=row.purpose, channel=row.channel, state=row.state)
        return
    record(SYSTEM, Did.MESSAGE_FAILED, ticket=row.ticket, purpose=row.purpose, channel=row.channel, state=row.state)
    calls.open_call_task(row.ticket, "undelivered", task, text=row.reason or row.error)


def _tell_thread(row: OutboundMessage) -> None:
    if row.message_id is not None:
        state = "none" if row.state == "cancelled" else row.state
        conversation.record_delivery(db.session.get(Message, row.message_id), state, row.reason or row.error)
