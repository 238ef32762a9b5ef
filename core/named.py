"""A place of a text that may name somebody of the staff (pure)."""
import re
from dataclasses import dataclass

HAN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
WRITTEN, SOUNDING, TITLED = "written", "sounding", "titled"


@dataclass(frozen=True)
class Named:
    """Where a name may stand, which of the staff it may mean (none for a stranger with a title), and how it stands there."""

    start: int
    end: int
    people: tuple[str, ...]
    how: str = WRITTEN
