"""Pictures that come with a text: announced at once, fetched by a job from the provider and from nobody else, shown in the thread."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import or_, select

from core import clock, events, files, i18n
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError
from gateways.line import Fetched, LineFailure
from hotline.events import PictureAnnounced
from hotline.texts.models import Picture
from intake.models import IntakeRecord
from tickets.models import Message
from tickets.services import conversation

MOST = 10  # as many as Twilio takes in one message
PAUSES = (30, 120, 600, 1800)  # seconds before each further try
BEING_FETCHED = timedelta(minutes=5)  # longer than any fetch: whoever claimed it before is gone
REFUSED = "picture_refused"


@dataclass(frozen=True)
class Wanted:
    """A picture that was claimed: who has it and where."""

    provider: str
    url: str


def announce(record: IntakeRecord, provider: str, fields: Mapping[str, str]) -> None:
    """Note every picture that a text brings; its job comes after the commit."""
    told = [fields[name] for name in (f"MediaUrl{place}" for place in range(MOST)) if fields.get(name)]
    for place, url in enumerate(told):
        picture = Picture(intake_id=record.id, place=place, provider=provider, url=url, state="announced", tries=0, why="", not_before=clock.now())
        db.session.add(picture)
        db.session.flush()
        events.emit(PictureAnnounced(picture.id))


def brought(intake_id: int) -> bool:
    """True if pictures came with this text."""
    return db.session.scalar(select(Picture.id).filter_by(intake_id=intake_id).limit(1)) is not None


def stands_for(record: IntakeRecord, language: str) -> str:
    """What stands in the thread for a text without words; empty where there was no picture either."""
    with i18n.spoken(language):
        return _("[picture]") if brought(record.id) else ""


def claim(picture_id: int) -> Wanted | None:
    """Take a picture to fetch; None if there is nothing to fetch now. Commit before the network is touched."""
    picture = db.session.get(Picture, picture_id, with_for_update=True)
    if picture is None or picture.state != "announced" or picture.not_before > clock.now():
        return None
    picture.tries, picture.not_before = picture.tries + 1, clock.now() + BEING_FETCHED
    return Wanted(picture.provider, picture.url)


def fetch(wanted: Wanted) -> Fetched:
    """The bytes from the provider's account. Raises LineFailure."""
    line = current_app.extensions["lines"].get(wanted.provider)
    if line is None:
        raise LineFailure("no_line")
    return line.fetch(wanted.url, files.MAX_BYTES)


def keep(picture_id: int, fetched: Fetched) -> None:
    """Store a fetched picture, if it is one, and show it where its text stands."""
    picture, head = _locked(picture_id)
    if picture.state != "announced":
        return
    try:
        kept = files.store_image(fetched.data, _name(picture), intake_id=head.id)
    except DomainError as error:
        picture.state, picture.why = "refused", error.code
        return
    message = _message(head)
    if message is not None:
        kept.ticket_id, kept.message_id = message.ticket_id, message.id
    picture.state, picture.why, picture.attachment_id = "kept", "", kept.id


def put_off(picture_id: int, failure: LineFailure) -> None:
    """Try again later, or give up: what the provider has no more, or will not give, is asked for no further."""
    picture, _head = _locked(picture_id)
    if picture.state != "announced":
        return
    picture.why = failure.code[:100]
    if failure.gone or failure.code in ("too_big", "foreign") or picture.tries > len(PAUSES):
        picture.state = "refused"
    else:
        picture.not_before = clock.now() + timedelta(seconds=PAUSES[picture.tries - 1])


def tell(picture_id: int) -> bool:
    """Leave a line in the thread about a picture that could not be had, once. False while there is no thread."""
    picture, head = _locked(picture_id)
    if picture is None or picture.state != "refused" or head.state == "stored":
        return False
    message = _message(head)
    if message is not None:
        conversation.system(message.ticket, SYSTEM, REFUSED)
    picture.state = "told"
    return True


def waiting() -> list[int]:
    """Ids of pictures to fetch or to tell of."""
    due = or_(Picture.state == "refused", Picture.not_before <= clock.now())
    return list(db.session.scalars(select(Picture.id).where(Picture.state.in_(("announced", "refused")), due).order_by(Picture.id).limit(200)))


def _locked(picture_id: int) -> tuple[Picture | None, IntakeRecord | None]:
    """The picture and the record that speaks for its text, which no job turns into a ticket meanwhile."""
    picture = db.session.get(Picture, picture_id, with_for_update=True)
    if picture is None:
        return None, None
    record = db.session.get(IntakeRecord, picture.intake_id)
    return picture, db.session.get(IntakeRecord, record.joined_to_id or record.id, with_for_update=True)


def _message(head: IntakeRecord) -> Message | None:
    """Where the text stands now: a merge may have taken it to another thread."""
    return db.session.scalar(select(Message).filter_by(intake_id=head.id).order_by(Message.id).limit(1))


def _name(picture: Picture) -> str:
    return f"picture-{picture.place + 1}"
