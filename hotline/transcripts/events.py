"""What happens to transcripts that others act on."""
from dataclasses import dataclass


@dataclass(frozen=True)
class TranscriptConfirmed:
    """Nothing doubtful is left in a ticket's transcript: it is read again."""

    ticket_id: int
