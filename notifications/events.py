"""What happens to words on their way out."""
from dataclasses import dataclass


@dataclass(frozen=True)
class MessagePrepared:
    """A message to a number waits for its gateway; it stands in no thread."""

    outbound_id: int
