"""Words that a machine heard: every source of them gives the same rows, whatever it is called at the provider."""
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.dialects.postgresql import insert

from core.db import db
from hotline.calls import services, writing
from hotline.calls.menu import Turn
from hotline.models import Call, Speech
from intake import services as intake

LONGEST = 20_000


@dataclass(frozen=True)
class Heard:
    """One stretch of speech. `external_id` makes a repeat harmless; no confidence means that the source does not say."""

    external_id: str
    text: str
    confidence: float | None = None
    speaker: str = "caller"


class SpeechSource(Protocol):
    """A way in which words come out of a call."""

    def read(self, fields: Mapping[str, str]) -> list[Heard]:
        """What the fields of one webhook say that was spoken; empty if nothing."""
        ...


@dataclass(frozen=True)
class Gathered:
    """The answer to a question of the menu."""

    turn: Turn

    def read(self, fields: Mapping[str, str]) -> list[Heard]:
        """The one sentence that was said at this turn."""
        text = fields.get("SpeechResult", "").strip()[:LONGEST]
        if not text:
            return []
        # The same step is passed more than once in a call, so the words belong to the name; a repeated request has the same ones.
        mark = hashlib.sha256(text.encode()).hexdigest()[:12]
        return [Heard(f"{self.turn.step}:{self.turn.tries}:{mark}", text, certainty(fields.get("Confidence")))]


class Live:
    """Sentences that are written down while somebody speaks; only final ones count."""

    TRACKS = {"outbound_track": "staff"}

    def read(self, fields: Mapping[str, str]) -> list[Heard]:
        """The sentence of one event of the transcription."""
        if fields.get("TranscriptionEvent") != "transcription-content" or fields.get("Final", "true").lower() == "false":
            return []
        told = _json(fields.get("TranscriptionData", ""))
        text = str(told.get("transcript") or "").strip()[:LONGEST]
        if not text:
            return []
        name = f"{fields.get('TranscriptionSid', '')}:{fields.get('SequenceId', '')}"
        return [Heard(name, text, certainty(told.get("confidence")), self.TRACKS.get(fields.get("Track", ""), "caller"))]


def certainty(value) -> float | None:
    """A confidence from 0 to 1; None for anything else. Sources that do not know send 0, which would say that it is surely wrong."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if 0 < number <= 1 else None


def _json(text: str) -> dict:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def keep(call: Call, heards: list[Heard], at: datetime) -> int:
    """Keep what was heard, each stretch once; returns how many were new. What comes after the contact was made is added to it."""
    new = [heard for heard in heards if _insert(call, heard, at)]
    if new:
        db.session.expire(call, ["speeches"])
        for heard in new:
            _add_late(call, heard, at)
        services.settle(call)
    return len(new)


def _insert(call: Call, heard: Heard, at: datetime) -> bool:
    row = insert(Speech).values(call_id=call.id, external_id=heard.external_id[:200], speaker=heard.speaker, text=heard.text,
                                confidence=heard.confidence, at=at)
    return db.session.scalar(row.on_conflict_do_nothing().returning(Speech.id)) is not None


def _add_late(call: Call, heard: Heard, at: datetime) -> None:
    if call.intake_id is None or heard.speaker != "caller":
        return
    case_no = db.session.get(intake.IntakeRecord, call.intake_id).case_no
    stored, new = intake.store("phone", f"{call.sid}:{heard.external_id}", {"text": heard.text, "language": call.language, "continues": case_no},
                               sender=call.caller or None, received_at=at)
    if new:
        writing.go_on(call, stored, next(row for row in call.speeches if row.external_id == heard.external_id[:200]))
