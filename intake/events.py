"""What happens at the door."""
from dataclasses import dataclass


@dataclass(frozen=True)
class IntakeStored:
    """A raw record is safe; a ticket can be made from it."""

    intake_id: int
