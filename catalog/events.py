"""What the catalogue announces."""
from dataclasses import dataclass


@dataclass(frozen=True)
class LeaveEntered:
    """Days away were entered; they may have begun."""

    leave_id: int
