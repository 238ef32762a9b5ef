"""What happens at the hotline."""
from dataclasses import dataclass


@dataclass(frozen=True)
class PictureAnnounced:
    """A text brought a picture that stands with the provider."""

    picture_id: int
