"""What was counted, so that it can be added up again to anything coarser (pure)."""
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Rows, those in the numerator, sum and sum of squares of a score, the minutes of each time."""

    n: int = 0
    part: int = 0
    total: float = 0.0
    squares: float = 0.0
    minutes: list[float] = field(default_factory=list)

    def take(self, minutes: float) -> None:
        """One row more, that took so long."""
        self.n += 1
        self.minutes.append(minutes)

    def add(self, other: Tally) -> None:
        """Everything of another one."""
        self.n += other.n
        self.part += other.part
        self.total += other.total
        self.squares += other.squares
        self.minutes += other.minutes


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
