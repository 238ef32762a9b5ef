"""What staff accounts announce."""
from dataclasses import dataclass


@dataclass(frozen=True)
class PasswordLinkWanted:
    """Somebody is to get a letter with a link to set a password. The link itself is made by the job."""

    letter_id: int
