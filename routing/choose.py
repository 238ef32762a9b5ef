"""Which handler gets a ticket (pure): hard filters first, then the highest score; every reason is kept.

The filters of DOMAIN 3.7 as far as there are facts for them. What may be relaxed is relaxed in this order: the language, then
the load. There is no area of a person and no roster of duty: an absence is all that is known. A certificate is the clearance
for a category, and one for a group holds for all of its categories, so that the group need not be searched afterwards.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from routing.experience import Means, Parts, Record, Weights, experience, final, parts, room
from tickets.access import NEEDED_LEVEL

WEIGHTS = {"S1": 4.0, "S2": 2.0, "S3": 1.0, "S4": 0.5}
RELAXABLE = ("other_language", "over_cap")
PASSING = {"on_leave", "full"}  # reasons that go away by themselves: such a person can claim the ticket later
LIGHT = ("S3", "S4")
BEGINNER = 1


@dataclass(frozen=True)
class Candidate:
    """What the choice looks at. `load` is the weighted sum of open tickets; `idle_since` the last assignment, None if never;

    `speaks` the ticket's language; `reviews` answers of others in its category and team.
    """

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
    speaks: bool = True
    reviews: bool = False
    record: Record = field(default_factory=Record)


@dataclass(frozen=True)
class Basis:
    """What holds for all candidates alike. `lot` is the ticket's number from 0 to 100 for practice, None where nobody may practise."""

    severity: str
    weights: Weights = field(default_factory=Weights)
    means: Means = field(default_factory=Means)
    lot: float | None = None


@dataclass(frozen=True)
class Verdict:
    """A candidate with everything that speaks against him, none means eligible, and with his score."""

    candidate: Candidate
    reasons: tuple[str, ...]
    parts: Parts
    experience: float
    final: float

    def eligible(self, relaxed: Iterable[str] = ()) -> bool:
        """Nothing speaks against him but what is relaxed."""
        return set(self.reasons) <= set(relaxed)


@dataclass(frozen=True)
class Choice:
    """The result: `chosen` is a handler id or None; without one the ticket goes to the team's queue, or to the manager

    when nobody in it could ever take it. `relaxed` is what was not asked of the chosen; `practice`: he is to learn it.
    """

    result: str
    chosen: int | None
    needed_level: int
    verdicts: tuple[Verdict, ...]
    relaxed: tuple[str, ...] = ()
    practice: bool = False


def judge(candidate: Candidate, basis: Basis) -> Verdict:
    """What speaks against a candidate, in the order of DOMAIN 3.7, and what he has shown."""
    found = parts(candidate.record, basis.means, candidate.level, basis.weights)
    value = experience(found, basis.weights)
    score = final(value, candidate.load, candidate.cap, candidate.record.knows_shop, basis.weights)
    return Verdict(candidate, _reasons(candidate, basis), found, value, score)


def _reasons(candidate: Candidate, basis: Basis) -> tuple[str, ...]:
    needed, then = NEEDED_LEVEL[basis.severity], candidate.load + WEIGHTS[basis.severity]
    # Where the load leaves nothing of the score, nobody can be compared any more: so far may the cap be exceeded.
    full = not candidate.cap or not room(then, candidate.cap, basis.weights)
    tests = (
        ("inactive", not candidate.active),
        ("not_a_handler", not candidate.handles),
        *((conflict, True) for conflict in candidate.conflicts),
        ("on_leave", candidate.on_leave),
        ("no_certificate", candidate.level == 0),
        ("level_too_low", 0 < candidate.level < needed),
        ("other_language", not candidate.speaks),
        ("full", full),
        ("over_cap", not full and then > candidate.cap),
    )
    return tuple(reason for reason, holds in tests if holds)


def choose(candidates: Sequence[Candidate], basis: Basis) -> Choice:
    """The eligible candidate with the highest score; ties go to the longest idle, then the lowest id."""
    needed = NEEDED_LEVEL[basis.severity]
    verdicts = tuple(sorted((judge(c, basis) for c in candidates), key=_rank))
    beginners = _beginners(verdicts, basis)
    for number in range(len(RELAXABLE) + 1):
        fitting = beginners or [v for v in verdicts if v.eligible(RELAXABLE[:number])]
        if fitting:
            best = fitting[0]
            return Choice("handler", best.candidate.id, needed, _listed(verdicts, best), best.reasons, bool(beginners))
    later = any(v.eligible({*PASSING, *RELAXABLE}) for v in verdicts)
    return Choice("queue" if later else "manager", None, needed, _listed(verdicts))


def _rank(verdict: Verdict) -> tuple:
    idle = verdict.candidate.idle_since
    return -verdict.final, idle.timestamp() if idle else 0.0, verdict.candidate.id


def _listed(verdicts: Iterable[Verdict], best: Verdict | None = None) -> tuple[Verdict, ...]:
    """For people to read: the chosen, those who could have had it, the others."""
    return tuple(sorted(verdicts, key=lambda v: (v is not best, len(v.reasons) > 0)))


def _beginners(verdicts: Sequence[Verdict], basis: Basis) -> list[Verdict]:
    """Those who get this light ticket to learn, while somebody is there who may review it: else the best would get everything."""
    drawn = basis.lot is not None and basis.lot < basis.weights.practice and basis.severity in LIGHT
    watched = any(v.candidate.reviews and v.eligible({*RELAXABLE, "full", "not_a_handler"}) for v in verdicts)
    return [v for v in verdicts if v.candidate.level == BEGINNER and v.eligible()] if drawn and watched else []
