"""Transcripts filed, marked, confirmed word by word, and put right in the ticket."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from core import clock, events, settings
from core.actor import Actor
from core.audit import Did, record
from core.db import db
from core.errors import DomainError
from core.settings import Setting
from hotline.models import Transcript
from hotline.transcripts import confirming, queries
from hotline.transcripts.events import TranscriptConfirmed
from hotline.transcripts.marks import Mark, marks_of
from hotline.transcripts.models import DictionaryTerm
from hotline.transcripts.reading import Reading
from hotline.transcripts.turns import Turn, clean, from_dict
from intake import services as intake
from intake.models import IntakeRecord
from tickets.services.rewording import reword

settings.define(Setting("transcript_sure", "float", 0.85, "hotline", _l("Words of a transcript below this certainty must be confirmed (0 to 1)")))
CHANNEL = "phone"
LONGEST = 2000


@dataclass(frozen=True)
class Told:
    """What a person says about a transcript: who called, as far as it is known, and when."""

    shop: str = ""
    name: str = ""
    phone: str | None = None
    at: datetime | None = None
    language: str = "zh"


def marks_for(turns: Sequence[Turn], language: str) -> list[Mark]:
    """The marks of a conversation, with our staff, our dictionary and the certainty that is asked for."""
    return marks_of(turns, queries.staff_names(), queries.dictionary(language), settings.get("transcript_sure"))


def make(reading: Reading, source: str, *, filename: str = "", language: str = "", **owner) -> Transcript:
    """Keep a conversation with its marks. `owner` names call_id, intake_id, ticket_id, by_id. What has no doubts is confirmed at once."""
    language = language or reading.language
    marks = [mark.as_dict() for mark in marks_for(reading.turns, language)]
    made = Transcript(source=source, format=reading.format, filename=filename[:200], language=language, original=reading.original, at=clock.now(),
                      turns=[turn.as_dict() for turn in reading.turns], marks=marks, **owner)
    made.confirmed_at = None if confirming.waiting(marks) else made.at
    db.session.add(made)
    db.session.flush()
    return made


def file(actor: Actor, key: str, reading: Reading, source: str, told: Told, filename: str = "") -> tuple[IntakeRecord, Transcript]:
    """Keep a conversation as an arrival by telephone; the caller's words become the ticket's. The same key gives the first one again."""
    raw = {"text": confirming.words(reading.turns), "language": told.language, "shop": told.shop, "name": told.name, "phone": told.phone}
    stored, new = intake.store(CHANNEL, key, {name: value for name, value in raw.items() if value}, actor=actor, captured_by_id=actor.id,
                               sender=told.phone, received_at=told.at)
    if not new:
        return stored, queries.of_record(stored.id)
    made = make(reading, source, filename=filename, language=told.language, intake_id=stored.id, by_id=actor.id)
    record(actor, Did.TRANSCRIPT_ADDED, target=stored.case_no, format=reading.format, marks=len(made.marks))
    return stored, made


def decide(actor: Actor, transcript: Transcript, number: int, text: str) -> None:
    """One mark is decided: what was really said there. The ticket's words follow; the transcript keeps what was heard.

    Raises DomainError `no_mark`, `no_words`, `too_long` or `ended`.
    """
    _decide(actor, transcript, {number: clean(text).strip()})


def decide_turn(actor: Actor, transcript: Transcript, number: int) -> None:
    """Everything that must be confirmed in the turn of mark `number` was heard rightly; what somebody has decided there stays as it is.

    Raises DomainError `no_mark` or `ended`.
    """
    _check_mark(transcript, number)
    _decide(actor, transcript, {other: transcript.marks[other]["text"] for other in confirming.beside(transcript.marks, number)})


def _decide(actor: Actor, transcript: Transcript, texts: Mapping[int, str]) -> None:
    queries.hold(transcript)
    for number, text in texts.items():
        _check(transcript, number, text)
    before, decided = _words(transcript), {"by": actor.id, "at": clock.now().isoformat()}
    transcript.marks = [mark | {"decided": texts[number]} | decided if number in texts else mark for number, mark in enumerate(transcript.marks)]
    _put_right(transcript, before, _words(transcript))
    if transcript.confirmed_at is None and not confirming.waiting(transcript.marks):
        _confirmed(actor, transcript)


def _check_mark(transcript: Transcript, number: int) -> None:
    if not 0 <= number < len(transcript.marks):
        raise DomainError("no_mark", _l("This place is not marked any more. Look at the transcript again."))


def _check(transcript: Transcript, number: int, text: str) -> None:
    _check_mark(transcript, number)
    if not text:
        raise DomainError("no_words", _l("Write what was said there. If nothing was said, write a dash."))
    if len(text) > LONGEST:
        raise DomainError("too_long", _l("That is too long for one place."))
    ticket = queries.ticket_of(transcript)
    if ticket is not None and not ticket.is_open:
        raise DomainError("ended", _l("This matter has ended; its words stay as they are."))


def _words(transcript: Transcript) -> str:
    return confirming.words(list(map(from_dict, transcript.turns)), transcript.marks)


def _put_right(transcript: Transcript, before: str, after: str) -> None:
    """The corrected words go where the ticket has the old ones, or, before there is a ticket, into what will be read from the arrival."""
    if before == after:
        return
    message, stored = queries.message_of(transcript), queries.record_of(transcript)
    if message is not None:
        reword(message, before, after)
    elif stored is not None and stored.state == "stored":
        text = stored.meta.get("read", {}).get("text", stored.raw.get("text", ""))
        stored.meta = stored.meta | {"read": stored.meta.get("read", {}) | {"text": text.replace(before, after, 1)}}


def _confirmed(actor: Actor, transcript: Transcript) -> None:
    transcript.confirmed_at = clock.now()
    ticket, stored = queries.ticket_of(transcript), queries.record_of(transcript)
    changed = sum(mark["decided"] not in (None, mark["text"]) for mark in transcript.marks)
    record(actor, Did.TRANSCRIPT_CONFIRMED, ticket=ticket, target=stored.case_no if stored else "", marks=len(transcript.marks), corrected=changed)
    if ticket is not None:
        events.emit(TranscriptConfirmed(ticket.id))


def change_term(actor: Actor, term: DictionaryTerm, **values) -> bool:
    """Change a term of the dictionary, or add a new one; True if anything differed."""
    before = {name: getattr(term, name) for name in values}
    if before == values:
        return False
    for name, value in values.items():
        setattr(term, name, value)
    db.session.add(term)
    db.session.flush()
    record(actor, Did.CATALOG_CHANGED, target=f"term {term.meant}", before=before, after=values)
    return True
