"""What an organisation sells and what its retailers speak of (pure): by this two contacts are told apart."""
from collections.abc import Mapping
from dataclasses import dataclass, field

from triage.duplicates.subjects import Subject


@dataclass(frozen=True)
class Vocabulary:
    """`products` are the ways to write what is sold (names.spellings)."""

    products: Mapping[str, str] = field(default_factory=dict)
    subjects: tuple[Subject, ...] = ()


NOTHING = Vocabulary()
