"""How the machine stands: queues, periodic jobs, failed jobs, arrivals and messages that are stuck."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.exceptions import RedisError
from rq import Queue, Worker
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.jobs import FailedJob
from core.phone import mask
from core.queue import QUEUES
from intake.models import IntakeRecord
from notifications.models import OutboundMessage
from tickets.models import Clock

WAITS_LONG = timedelta(minutes=1)
# A scheduler ticks every second; this late means that none runs.
SCHEDULE_LATE = timedelta(minutes=2)
SHOWN = 50
A_DAY = timedelta(days=1)


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
    since = func.coalesce(IntakeRecord.not_before, IntakeRecord.received_at)  # while a part may be missing it waits rightly
    waiting = (IntakeRecord.state == "stored") & (since < clock.now() - WAITS_LONG)
    query = select(IntakeRecord).where(waiting | (IntakeRecord.state == "failed"))
    return list(db.session.scalars(query.order_by(IntakeRecord.received_at).limit(SHOWN)))


def messages() -> list[OutboundMessage]:
    """Messages that were not delivered or of which that is not known, the newest first."""
    query = select(OutboundMessage).options(joinedload(OutboundMessage.ticket)).where(OutboundMessage.state.in_(("failed", "unknown")))
    return list(db.session.scalars(query.order_by(OutboundMessage.created_at.desc()).limit(SHOWN)))


def late_acknowledgements() -> int:
    """How many acknowledgements of the last day did not go out within their time."""
    query = select(func.count()).select_from(Clock).where(Clock.kind == "ack", Clock.breached_at > clock.now() - A_DAY)
    return db.session.scalar(query)


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
