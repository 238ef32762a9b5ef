"""What happens to hot issues, for others to react to."""
from dataclasses import dataclass


@dataclass(frozen=True)
class HotIssueOpened:
    """A rise was found that nobody has been told of."""

    issue_id: int
