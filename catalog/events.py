"""What happens to the reference data, for others to react to."""
from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarPlanMissing:
    """The plan of holidays and make-up days of a year is needed soon and not known. Told anew each day; whoever hears it hears it once."""

    year: int


@dataclass(frozen=True)
class LeaveEntered:
    """Days away were entered; they may have begun."""

    leave_id: int
