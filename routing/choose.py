"""Which handler gets a ticket (pure): hard filters first, then the highest score; every reason is kept.

The hard filters of DOMAIN 3.7 are never relaxed; of the others the language is, then the area, then the load. A certificate for a
group holds for all of its categories from the start, so that the parent category need not be searched afterwards. Before the score
comes whoever stands in for somebody away, if the hard filters let him.
"""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from routing.experience import Means, Parts, Record, Weights, experience, final, parts, room
from tickets.access import NEEDED_LEVEL

RELAXABLE = ("other_language", "other_area", "over_cap")
PASSING = {"on_leave", "full"}  # reasons that go away by themselves: such a person can claim the ticket later
LIGHT = ("S3", "S4")
BEGINNER = 1
STAND_IN, PRACTICE, SCORE = "stand_in", "practice", "score"


@dataclass(frozen=True)
class Candidate:
    """What the choice looks at. `load` is the weighted sum of open tickets; `idle_since` the last assignment, None if never;

    `speaks` the ticket's language; `reviews` answers of others in its category and team; is `cleared` for what is sealed or restricted;
    `stands_in` for the one from whose desk it comes.
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
    cleared: bool = True
    on_call: bool = False
    in_area: bool = True
    stands_in: bool = False
    record: Record = field(default_factory=Record)


@dataclass(frozen=True)
class Basis:
    """What holds for all candidates alike. `lot` is the ticket's number from 0 to 100 for practice, None where nobody may practise.

    At `night` a critical ticket goes to whoever is on call; when it is the `managers_turn`, nobody is chosen here.
    """

    severity: str
    weights: Weights = field(default_factory=Weights)
    means: Means = field(default_factory=Means)
    lot: float | None = None
    night: bool = False
    managers_turn: bool = False


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

    when nobody in it could ever take it. `relaxed` is what was not asked of the chosen; `practice`: he is to learn it; `stand_in`: he
    takes the work of somebody away.
    """

    result: str
    chosen: int | None
    needed_level: int
    verdicts: tuple[Verdict, ...]
    relaxed: tuple[str, ...] = ()
    practice: bool = False
    stand_in: bool = False


def judge(candidate: Candidate, basis: Basis) -> Verdict:
    """What speaks against a candidate, in the order of DOMAIN 3.7, and what he has shown."""
    found = parts(candidate.record, basis.means, candidate.level, basis.weights)
    value = experience(found, basis.weights)
    score = final(value, candidate.load, candidate.cap, candidate.record.knows_shop, basis.weights)
    return Verdict(candidate, _reasons(candidate, basis), found, value, score)


def _reasons(candidate: Candidate, basis: Basis) -> tuple[str, ...]:
    needed, then = NEEDED_LEVEL[basis.severity], candidate.load + basis.weights.of(basis.severity)
    # Where the load leaves nothing of the score, nobody can be compared any more: so far may the cap be exceeded.
    full = not candidate.cap or not room(then, candidate.cap, basis.weights)
    tests = (
        ("inactive", not candidate.active),
        ("not_a_handler", not candidate.handles),
        *((conflict, True) for conflict in candidate.conflicts),
        ("not_cleared", not candidate.cleared),
        ("on_leave", candidate.on_leave),
        ("not_on_call", basis.night and not candidate.on_call),
        ("no_certificate", candidate.level == 0),
        ("level_too_low", 0 < candidate.level < needed),
        ("other_language", not candidate.speaks),
        ("other_area", not candidate.in_area),
        ("full", full),
        ("over_cap", not full and then > candidate.cap),
    )
    return tuple(reason for reason, holds in tests if holds)


def choose(candidates: Sequence[Candidate], basis: Basis) -> Choice:
    """The stand-in, a beginner, or the eligible candidate with the highest score; ties go to the longest idle, then the lowest id."""
    needed = NEEDED_LEVEL[basis.severity]
    verdicts = tuple(sorted((judge(c, basis) for c in candidates), key=_rank))
    for how, fitting in () if basis.managers_turn else _rounds(verdicts, basis):
        if fitting:
            best = fitting[0]
            return Choice("handler", best.candidate.id, needed, _listed(verdicts, best), best.reasons, how == PRACTICE, how == STAND_IN)
    return Choice(_left_to(verdicts, basis), None, needed, _listed(verdicts))


def _rounds(verdicts: Sequence[Verdict], basis: Basis) -> Iterator[tuple[str, list[Verdict]]]:
    """Who is looked at, one group after the other."""
    yield STAND_IN, [v for v in verdicts if v.candidate.stands_in and v.eligible(RELAXABLE)]
    yield PRACTICE, _beginners(verdicts, basis)
    for number in range(len(RELAXABLE) + 1):
        yield SCORE, [v for v in verdicts if v.eligible(RELAXABLE[:number])]


def _left_to(verdicts: Sequence[Verdict], basis: Basis) -> str:
    """Nobody was chosen: the team's queue, while somebody can take it later; at night nothing critical waits in a queue."""
    later = not basis.managers_turn and not basis.night and any(v.eligible({*PASSING, *RELAXABLE}) for v in verdicts)
    return "queue" if later else "manager"


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
