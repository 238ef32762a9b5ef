"""What staff accounts announce."""
from dataclasses import dataclass


@dataclass(frozen=True)
class PasswordLinkWanted:
    """Somebody is to get a link to set a password; `purpose` is invite or reset. The link itself is made by the job."""

    user_id: int
    purpose: str
