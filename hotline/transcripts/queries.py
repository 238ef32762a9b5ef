"""Reading transcripts: of a ticket, by number for somebody who may see it, and the dictionary."""
from collections import defaultdict

from sqlalchemy import or_, select

from accounts.models import User
from core.actor import Actor
from core.db import db
from core.errors import NotFound
from hotline.models import Call, Transcript
from hotline.transcripts.models import DictionaryTerm
from intake.models import IntakeRecord
from tickets import access
from tickets.models import Message, Ticket


def of_ticket(ticket: Ticket) -> list[Transcript]:
    """The transcripts of a ticket, also of tickets that were merged into it, the oldest first. tickets.queries.unconfirmed says the same."""
    said = select(Message.intake_id).where(Message.ticket_id == ticket.id, Message.intake_id.is_not(None))
    calls = select(Call.id).where(or_(Call.ticket_id == ticket.id, Call.intake_id.in_(said)))
    own = or_(Transcript.ticket_id == ticket.id, Transcript.intake_id.in_(said), Transcript.call_id.in_(calls))
    return list(db.session.scalars(select(Transcript).where(own).order_by(Transcript.at, Transcript.id)))


def of_record(intake_id: int) -> Transcript | None:
    """The transcript that an arrival was filed with."""
    return db.session.scalar(select(Transcript).filter_by(intake_id=intake_id))


def ticket_of(transcript: Transcript) -> Ticket | None:
    """The ticket in which a transcript's words stand now, if they have become one."""
    message = message_of(transcript)
    if message is not None:
        return message.ticket
    if transcript.ticket_id is not None:
        return db.session.get(Ticket, transcript.ticket_id)
    return db.session.get(Ticket, transcript.call.ticket_id) if transcript.call and transcript.call.ticket_id else None


def message_of(transcript: Transcript) -> Message | None:
    """The words in the thread that a transcript was filed with, in its ticket or in the one that this was merged into."""
    record = record_of(transcript)
    ticket = db.session.get(Ticket, record.ticket_id) if record and record.ticket_id else None
    while ticket is not None:
        said = select(Message).where(Message.ticket_id == ticket.id, Message.intake_id == record.id, Message.kind == "in")
        if (found := db.session.scalar(said.limit(1))) is not None:
            return found
        ticket = ticket.merged_into
    return None


def record_of(transcript: Transcript) -> IntakeRecord | None:
    """The arrival that a transcript was filed with: its own, or its call's."""
    intake_id = transcript.intake_id or (transcript.call.intake_id if transcript.call else None)
    return db.session.get(IntakeRecord, intake_id) if intake_id else None


def hold(transcript: Transcript) -> None:
    """Wait for the job that makes the arrival a ticket, and keep others from the words of both."""
    stored = record_of(transcript)
    if stored is not None:
        db.session.refresh(stored, with_for_update=True)
    ticket = ticket_of(transcript)
    if ticket is not None:
        db.session.refresh(ticket, with_for_update=True)


def seen_by(actor: Actor, transcript_id: int, lock: bool = False) -> Transcript:
    """The transcript with this number for somebody who may see its ticket. Raises NotFound otherwise.

    Before there is a ticket only whoever entered it sees it, and that of a call whoever takes calls.
    """
    found = db.session.get(Transcript, transcript_id, with_for_update=True if lock else None)
    if found is None or not _may_see(actor, found):
        raise NotFound("transcript")
    return found


def _may_see(actor: Actor, transcript: Transcript) -> bool:
    ticket = ticket_of(transcript)
    if ticket is not None:
        return access.can_see(actor, ticket)
    record = record_of(transcript)
    if record is not None and record.sealed:
        return False
    return transcript.by_id == actor.id if transcript.by_id else actor.has("hotline", "manager")


def staff_names() -> list[str]:
    """The names of everybody who works here."""
    return list(db.session.scalars(select(User.name).where(User.active).order_by(User.name)))


def dictionary(language: str) -> dict[str, tuple[str, ...]]:
    """What each heard form may mean."""
    meant = defaultdict(list)
    for term in db.session.scalars(select(DictionaryTerm).filter_by(language=language).order_by(DictionaryTerm.position, DictionaryTerm.id)):
        for heard in term.heard:
            meant[heard.casefold()].append(term.meant)
    return {heard: tuple(found) for heard, found in meant.items()}


def terms() -> list[DictionaryTerm]:
    """The whole dictionary by language, domain and place."""
    return list(db.session.scalars(select(DictionaryTerm).order_by(
        DictionaryTerm.language.desc(), DictionaryTerm.domain, DictionaryTerm.position, DictionaryTerm.meant)))
