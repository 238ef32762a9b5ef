"""What was heard in a call, as a transcript: its turns with their confidences, and what is doubtful in them."""
from collections.abc import Sequence

from hotline.models import Call, Speech, Transcript
from hotline.transcripts import services as transcripts
from hotline.transcripts.reading import Reading
from hotline.transcripts.turns import Turn, from_dict
from intake.models import IntakeRecord


def write_down(call: Call, record: IntakeRecord) -> Transcript:
    """The transcript of a call, made once."""
    return _made(call, record, call.speeches)


def go_on(call: Call, record: IntakeRecord, row: Speech) -> Transcript:
    """What was said after the call had been filed, as the next part of its transcript: with its doubts, which hold up the dispatch as the others do."""
    return _made(call, record, [row])


def _made(call: Call, record: IntakeRecord, rows: Sequence[Speech]) -> Transcript:
    talk = Reading("speech", "\n".join(row.text for row in rows), tuple(turn_of(row, call) for row in rows))
    return transcripts.make(talk, "call", language=call.language, call_id=call.id, intake_id=record.id)


def turn_of(row: Speech, call: Call) -> Turn:
    """One stretch of speech as a turn; `start` is in seconds from the beginning of the call."""
    start = max((row.at - call.began_at).total_seconds(), 0)
    return from_dict({"speaker": row.speaker, "start": start, "text": row.text, "confidence": row.confidence, "words": row.words})
