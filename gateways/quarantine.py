"""Refused requests: counted always, kept while there is room, admitted or discarded by a person."""
import random
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from werkzeug.datastructures import Headers

from core import clock, organisation, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from core.settings import Setting
from gateways import doors
from gateways.knock import Answer, Knock
from gateways.models import DoorCount, Quarantined

settings.define(
    Setting("quarantine_most", "int", 500, "hotline", _l("Refused requests kept at most")),
    Setting("quarantine_days", "int", 30, "hotline", _l("Days for which refused requests are kept")),
)
MOST_BYTES = 64 * 1024  # a text of 1,600 Chinese characters is 15 KB in a form, and a transcript is longer
# The last three tell for which public address a request was signed.
KEPT_HEADERS = ("Content-Type", "User-Agent", "X-Twilio-Signature", "X-Twilio-Webhooks-Signature-Settings", "I-Twilio-Idempotency-Token",
                "Host", "X-Forwarded-Host", "X-Forwarded-Proto")
SLOTS = 16
SHARE = 2  # no single reason fills more than half of the room: a flood of unsigned requests leaves place for what a wrong setting refuses
BATCH = 500


def count(door: str, **what: int) -> None:
    """Count a knock of today, for example taken=1."""
    key = {"day": today(), "door": door, "slot": random.randrange(SLOTS)}
    more = {name: getattr(DoorCount, name) + number for name, number in what.items()}
    db.session.execute(insert(DoorCount).values(**key, **what).on_conflict_do_update(index_elements=list(key), set_=more))


def today() -> date:
    """The day under which knocks are counted: that of the people who read the page."""
    return clock.now().astimezone(organisation.zone()).date()


def keep(knock: Knock, why: str) -> Quarantined | None:
    """Keep a refused knock if there is room; a flood of forgeries fills the room, not the disk."""
    if not _room_for(why):
        count(knock.door, refused=1, dropped=1)
        # Only a count is at stake, so a flood does not make the disk write for each of its requests.
        db.session.execute(text("SET LOCAL synchronous_commit = off"))
        return None
    row = _keep(knock, why)
    count(knock.door, refused=1)
    return row


def _keep(knock: Knock, why: str) -> Quarantined:
    headers = [{"name": name, "value": knock.headers[name][:500].replace("\0", "")} for name in KEPT_HEADERS if name in knock.headers]
    row = Quarantined(door=knock.door, rest=knock.rest[:200].replace("\0", ""), at=knock.at, why=why, url=knock.url[:1000].replace("\0", ""),
                      remote=knock.remote[:100], headers=headers, body=knock.body[:MOST_BYTES], cut=len(knock.body) > MOST_BYTES)
    db.session.add(row)
    db.session.flush()
    return row


def admit(row: Quarantined, actor: Actor) -> Answer:
    """Take in a refused request after all, as if its proof had held. DomainError cut, gone or decided."""
    _refuse_decided(row)
    if row.cut:
        raise DomainError("cut", _l("Only the beginning of this request was kept, so it cannot be taken in."))
    door = doors.named(row.door)
    if door is None:
        raise DomainError("gone", _l("There is no such address any more."))
    _decide(row, actor, "admitted")
    return door.take(knock_of(row))


def discard(row: Quarantined, actor: Actor) -> None:
    """Say that a refused request is worth nothing. DomainError decided."""
    _refuse_decided(row)
    _decide(row, actor, "discarded")
    row.body = b""


def knock_of(row: Quarantined) -> Knock:
    """A kept request as it stood at the door."""
    headers = Headers([(header["name"], header["value"]) for header in row.headers])
    return Knock(door=row.door, url=row.url, body=row.body, headers=headers, remote=row.remote, at=row.at, rest=row.rest, admitted=True)


def waiting_count() -> int:
    """How many refused requests wait for a decision."""
    return db.session.scalar(select(func.count()).select_from(Quarantined).filter_by(state="waiting"))


def remove_old() -> int:
    """Forget refused requests whose time is over, so many at a time; how many went."""
    old = clock.now() - timedelta(days=settings.get("quarantine_days"))
    some = select(Quarantined.id).where(Quarantined.at < old).order_by(Quarantined.at).limit(BATCH)
    return db.session.execute(db.delete(Quarantined).where(Quarantined.id.in_(some))).rowcount


def _room_for(why: str) -> bool:
    most, waiting = settings.get("quarantine_most"), Quarantined.state == "waiting"
    total, alike = db.session.execute(select(func.count(), func.count().filter(Quarantined.why == why)).where(waiting)).one()
    return total < most and alike < max(most // SHARE, 1)


def _refuse_decided(row: Quarantined) -> None:
    if row.state != "waiting":
        raise DomainError("decided", _l("Somebody has already decided about this request."))


def _decide(row: Quarantined, actor: Actor, state: str) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.id, clock.now()
    record(actor, Did.KNOCK_ADMITTED if state == "admitted" else Did.KNOCK_DISCARDED, target=f"{row.door} {row.id}")
