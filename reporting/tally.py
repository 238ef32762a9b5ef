"""What was counted, so that it can be added up again to anything coarser (pure)."""
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Tally:
    """Rows, those in the numerator, sum and sum of squares of a score, the minutes of each time in pieces."""

    n: int = 0
    part: int = 0
    total: float = 0.0
    squares: float = 0.0
    pieces: list[np.ndarray] = field(default_factory=list)

    @property
    def ordered(self) -> np.ndarray:
        """The minutes of all times, the shortest first."""
        return np.sort(np.concatenate(self.pieces))

    def add(self, other: Tally) -> None:
        """Everything of another one."""
        self.n += other.n
        self.part += other.part
        self.total += other.total
        self.squares += other.squares
        self.pieces += other.pieces


def folded(tallies: Mapping[tuple, Tally], onto: Callable[[tuple], Hashable]) -> dict[Hashable, Tally]:
    """Tallies added up by what `onto` makes of their keys."""
    found: dict[Hashable, Tally] = {}
    for key, tally in tallies.items():
        found.setdefault(onto(key), Tally()).add(tally)
    return found


def added(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole
