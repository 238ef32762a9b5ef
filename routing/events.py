"""What routing announces."""
from dataclasses import dataclass


@dataclass(frozen=True)
class NobodyFits:
    """A ticket waits in its team's queue because no handler could be chosen."""

    ticket_id: int
