"""What happens on the telephone, for others to react to."""
from dataclasses import dataclass


@dataclass(frozen=True)
class CallEnded:
    """A call is over, or something new was learned of one that is."""

    call_id: int


@dataclass(frozen=True)
class RecordingAnnounced:
    """The provider has a recording that we have not."""

    recording_id: int
