"""What was said so far in a call, as a conversation with its doubts; and its recordings, to be played in the page."""
from dataclasses import dataclass

from core.db import db
from desk.recordings.heard import Voice, voice_of
from desk.transcripts.shown import Line, conversation
from hotline.models import Call, Transcript
from hotline.transcripts import confirming
from hotline.transcripts.services import marks_for
from hotline.transcripts.turns import Turn, from_dict


@dataclass(frozen=True)
class Said:
    """The turns as templates/components/transcript.html draws them, how many places are doubtful still, and the transcript if one is kept."""

    lines: list[Line]
    doubtful: int
    transcript: Transcript | None
    voice: Voice


def so_far(call: Call) -> Said:
    """The words of a call; while it lasts they are marked as they come, later as the transcript that was kept says."""
    kept = db.session.scalar(db.select(Transcript).filter_by(call_id=call.id).order_by(Transcript.id).limit(1))
    turns, marks = (list(map(from_dict, kept.turns)), kept.marks) if kept else _heard(call)
    return Said(conversation(turns, marks), len(confirming.waiting(marks)), kept, voice_of(call))


def _heard(call: Call) -> tuple[list[Turn], list[dict]]:
    turns = [from_dict({"speaker": row.speaker, "start": max((row.at - call.began_at).total_seconds(), 0), "text": row.text,
                        "confidence": row.confidence, "words": row.words}) for row in call.speeches]
    return turns, [mark.as_dict() for mark in marks_for(turns, call.language)] if turns else []
