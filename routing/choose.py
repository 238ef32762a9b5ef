"""Which handler gets a ticket (pure): hard filters in order, then the lowest weighted load; every reason is kept."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.access import NEEDED_LEVEL

WEIGHTS = {"S1": 4.0, "S2": 2.0, "S3": 1.0, "S4": 0.5}


@dataclass(frozen=True)
class Candidate:
    """What the choice looks at. `load` is the weighted sum of open tickets; `idle_since` the last assignment, None if never."""

    id: int
    name: str
    active: bool
    handles: bool
    level: int
    on_leave: bool
    load: float
    cap: float
    idle_since: datetime | None
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """A candidate with everything that speaks against him; none means eligible. `full` alone is told apart."""

    candidate: Candidate
    reasons: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Nothing speaks against him."""
        return not self.reasons


@dataclass(frozen=True)
class Choice:
    """The result: `chosen` is a handler id or None; without one the ticket goes to the team's queue, or to the manager

    when nobody in it could ever take it.
    """

    result: str
    chosen: int | None
    needed_level: int
    verdicts: tuple[Verdict, ...]


def judge(candidate: Candidate, needed: int, weight: float) -> Verdict:
    """What speaks against a candidate, in the order of DOMAIN 3.7."""
    tests = (
        ("inactive", not candidate.active),
        ("not_a_handler", not candidate.handles),
        *((conflict, True) for conflict in candidate.conflicts),
        ("on_leave", candidate.on_leave),
        ("no_certificate", candidate.level == 0),
        ("level_too_low", 0 < candidate.level < needed),
        ("full", candidate.load + weight > candidate.cap),
    )
    return Verdict(candidate, tuple(reason for reason, holds in tests if holds))


PASSING = {"on_leave", "full"}  # reasons that go away by themselves: such a person can claim the ticket later


def choose(candidates: Sequence[Candidate], severity: str) -> Choice:
    """The eligible candidate with the lowest share of his cap used; ties go to the longest idle, then the lowest id."""
    needed = NEEDED_LEVEL[severity]
    verdicts = tuple(judge(c, needed, WEIGHTS[severity]) for c in candidates)
    eligible = sorted((v.candidate for v in verdicts if v.eligible), key=_rank)
    ranked = tuple(sorted(verdicts, key=lambda v: (not v.eligible, *_rank(v.candidate))))
    if eligible:
        return Choice("handler", eligible[0].id, needed, ranked)
    later = any(set(v.reasons) <= PASSING for v in verdicts)
    return Choice("queue" if later else "manager", None, needed, ranked)


def _rank(candidate: Candidate) -> tuple:
    idle = candidate.idle_since.timestamp() if candidate.idle_since else 0.0
    return candidate.load, idle, candidate.id
