"""How the machine stands: queues, periodic jobs, failed jobs, arrivals and messages that are stuck."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from rq import Queue, Worker
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from core import clock, organisation
from core.actor import Actor
from core.db import db
from core.jobs import FailedJob
from core.phone import mask
from core.queue import QUEUES
from desk.shown import presenters as show
from gateways.models import DoorCount
from intake.models import IntakeRecord
from notifications.manners import midnight
from notifications.models import OutboundMessage
from tickets import access

WAITS_LONG = timedelta(minutes=1)
# A scheduler ticks every second; this late means that none runs.
SCHEDULE_LATE = timedelta(minutes=2)
SHOWN = 50


@dataclass(frozen=True)
class Queues:
    """How many jobs wait on each queue, how many stand for a further try, how many workers live; `answers` is false when Redis is silent."""

    answers: bool
    waiting: dict[str, int]
    again: int = 0
    workers: int = 0


def queues(connection) -> Queues:
    """The queues as Redis knows them; silence is an answer too."""
    try:
        named = {name: Queue(name, connection=connection, serializer="json") for name in QUEUES}
        return Queues(True, {name: queue.count for name, queue in named.items()},
                      sum(queue.scheduled_job_registry.count for queue in named.values()), Worker.count(connection=connection))
    except RedisError:
        return Queues(False, {})


def periodic() -> list[tuple[str, datetime, bool]]:
    """(job, due next, whether that is long past) of every periodic job. Read as a table: its model stands above this package."""
    late = clock.now() - SCHEDULE_LATE
    found = db.session.execute(db.text("SELECT job, due_at FROM scheduled_job ORDER BY due_at, job")).all()
    return [(job, due, due < late) for job, due in found]


def failed_jobs() -> list[FailedJob]:
    """The jobs that broke and that nobody has dealt with, the newest first."""
    return list(db.session.scalars(select(FailedJob).where(FailedJob.seen_at.is_(None)).order_by(FailedJob.failed_at.desc()).limit(SHOWN)))


def arrivals() -> list[IntakeRecord]:
    """Stored arrivals that no ticket was made of for more than a minute, and those that failed; the oldest first."""
    waiting = (IntakeRecord.state == "stored") & (IntakeRecord.received_at < clock.now() - WAITS_LONG)
    query = select(IntakeRecord).where(waiting | (IntakeRecord.state == "failed"))
    return list(db.session.scalars(query.order_by(IntakeRecord.received_at).limit(SHOWN)))


def messages() -> list[OutboundMessage]:
    """Messages that were not delivered or of which that is not known, the newest first."""
    query = select(OutboundMessage).options(joinedload(OutboundMessage.ticket)).where(OutboundMessage.state.in_(("failed", "unknown")))
    return list(db.session.scalars(query.order_by(OutboundMessage.created_at.desc()).limit(SHOWN)))


@dataclass(frozen=True)
class Way:
    """One gateway: how many messages wait for it and since when, how many it did not deliver today, and how often its doors refused a knock."""

    gateway: str
    waiting: int
    oldest: datetime | None
    failed: int
    refused: int = 0


def ways() -> list[Way]:
    """The gateways for which something waits or through which something failed today, and those that were knocked for in vain."""
    now = clock.now()
    waits = OutboundMessage.state.in_(("queued", "sending"))
    failed = and_(OutboundMessage.state.in_(("failed", "unknown")), OutboundMessage.created_at >= midnight(now, organisation.zone()))
    rows = db.session.execute(select(
        OutboundMessage.gateway, func.count().filter(waits), func.min(OutboundMessage.created_at).filter(waits), func.count().filter(failed),
    ).where(or_(waits, failed)).group_by(OutboundMessage.gateway)).all()
    refused = _refused(now)
    found = {row[0]: Way(*row, refused.pop(row[0], 0)) for row in rows}
    return sorted([*found.values(), *(Way(name, 0, None, 0, count) for name, count in refused.items())], key=lambda way: way.gateway)


def _refused(now: datetime) -> dict[str, int]:
    """{gateway: knocks refused today}. A door's name begins with its gateway's."""
    gateway = func.split_part(DoorCount.door, "_", 1)
    rows = db.session.execute(select(gateway, func.sum(DoorCount.refused)).where(DoorCount.day == now.date(), DoorCount.refused > 0).group_by(gateway))
    return {name: int(count) for name, count in rows}


def case_of(message: OutboundMessage, actor: Actor) -> tuple[str, str | None] | None:
    """(case number, address of its page) of a message's ticket, as far as this reader may know it."""
    ticket = message.ticket
    if ticket is None:
        return None
    seen = access.can_see(actor, ticket)
    return (ticket.case_no, show.ticket_url(ticket) if seen else None) if seen or not ticket.sealed else None


def hidden_address(message: OutboundMessage) -> str:
    """Whom a message was for, masked."""
    if "@" not in message.address:
        return mask(message.address)
    name, _at, host = message.address.partition("@")
    return f"{name[:1]}…@{host}"


def error_of(job: FailedJob) -> str:
    """The trace without the values of a database statement: those may be words of a sealed ticket."""
    return job.error.split("\n[parameters:")[0]


def last_line(job: FailedJob) -> str:
    """The line that names the fault."""
    lines = [line for line in error_of(job).strip().splitlines() if line and not line.startswith(("[SQL", "(Background", " "))]
    return lines[-1] if lines else ""
