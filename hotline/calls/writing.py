"""What was heard in a call, as a transcript: its turns with their confidences."""
from core import clock
from core.db import db
from hotline.models import Call, Speech, Transcript
from intake.models import IntakeRecord


def write_down(call: Call, record: IntakeRecord) -> Transcript:
    """The transcript of a call, made once."""
    turns = [turn_of(row, call) for row in call.speeches]
    made = Transcript(source="call", format="speech", language=call.language, original="\n".join(row.text for row in call.speeches),
                      turns=turns, marks=[], at=clock.now(), confirmed_at=clock.now(), call_id=call.id, intake_id=record.id)
    db.session.add(made)
    db.session.flush()
    return made


def turn_of(row: Speech, call: Call) -> dict:
    """One stretch of speech as a turn; `start` is in seconds from the beginning of the call."""
    start = max((row.at - call.began_at).total_seconds(), 0)
    return {"speaker": row.speaker, "start": start, "end": None, "text": row.text, "confidence": row.confidence, "words": row.words}
