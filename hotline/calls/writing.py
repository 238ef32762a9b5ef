"""What was heard in a call, as a transcript: its turns with their confidences, and the doubts that a person must settle."""
from hotline.models import Call, Speech, Transcript
from hotline.transcripts import services as transcripts
from hotline.transcripts.reading import Reading
from hotline.transcripts.turns import Turn, Word
from intake.models import IntakeRecord


def write_down(call: Call, record: IntakeRecord) -> Transcript:
    """The transcript of a call, with its marks."""
    turns = tuple(turn_of(row, call) for row in call.speeches)
    reading = Reading("speech", "\n".join(row.text for row in call.speeches), turns)
    return transcripts.make(reading, "call", language=call.language, call_id=call.id, intake_id=record.id)


def turn_of(row: Speech, call: Call) -> Turn:
    """One stretch of speech as a turn; `start` is in seconds from the beginning of the call."""
    words = tuple(Word(word["text"], word["confidence"]) for word in row.words)
    return Turn(row.text, row.speaker, start=max((row.at - call.began_at).total_seconds(), 0), confidence=row.confidence, words=words)
