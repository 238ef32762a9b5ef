"""How much somebody has shown in a category (pure): six parts from 0 to 1, their weighted sum, and the score that the load lowers."""
from dataclasses import dataclass, fields
from datetime import date
from math import exp, sqrt

WILSON_Z = 1.6449  # the lower end of the two-sided 90 % interval
SCALE = (1, 5)  # what a retailer can score
HIGHEST_LEVEL = 4


@dataclass(frozen=True)
class Weights:
    """What counts how much. The six weights are shares of their sum; the rest is explained where it is used.

    With `used_to_it` closed tickets the volume is 63 % of what it ever can be; after `long_here` months more of them say nothing more;
    `load_s1` to `load_s4` are what one open ticket of a severity weighs on a desk.
    """

    volume: float = 25
    lasting: float = 20
    satisfaction: float = 20
    review: float = 20
    certificate: float = 10
    tenure: float = 5
    half_life: float = 180  # days
    group: float = 0.5
    lasting_prior: float = 10
    score_prior: float = 10
    load: float = 0.5
    continuity: float = 0.05
    practice: float = 10  # per cent
    used_to_it: float = 20
    long_here: float = 36
    load_s1: float = 4
    load_s2: float = 2
    load_s3: float = 1
    load_s4: float = 0.5

    def of(self, severity: str) -> float:
        """What an open ticket of this severity weighs."""
        return getattr(self, f"load_{severity.lower()}")


@dataclass(frozen=True)
class Record:
    """What somebody has done in a leaf. `volume` is decayed; an answer is a round that was closed or had to be done again.

    Scores are those of the ticket's own severity: who gets the hard matters is compared with others at hard matters.
    """

    volume: float = 0.0
    answers: int = 0
    reopened: int = 0
    scores: int = 0
    score_sum: int = 0
    checks: int = 0
    passed: int = 0
    months: int = 0
    knows_shop: bool = False


@dataclass(frozen=True)
class Means:
    """What all have done in the leaf: the shares of answers that lasted and of checks passed, and the mean score.

    Where nothing is known it is the middle of the scale: it says nothing and is the same for everybody.
    """

    lasting: float = 0.5
    score: float = 3.0
    passed: float = 0.5


@dataclass(frozen=True)
class Parts:
    """The six parts of the score, each from 0 to 1; more is better."""

    volume: float
    lasting: float
    satisfaction: float
    review: float
    certificate: float
    tenure: float


PARTS = tuple(field.name for field in fields(Parts))


def parts(record: Record, means: Means, level: int, weights: Weights) -> Parts:
    """The parts of DOMAIN 3.7: V, Q, S, K, L and T in this order."""
    lowest, highest = SCALE
    score = shrunk(record.score_sum, record.scores, means.score, weights.score_prior)
    return Parts(volume=1 - exp(-record.volume / weights.used_to_it),
                 lasting=wilson(record.answers - record.reopened, record.answers, means.lasting, weights.lasting_prior),
                 satisfaction=(score - lowest) / (highest - lowest),
                 review=shrunk(record.passed, record.checks, means.passed, weights.score_prior),
                 certificate=level / HIGHEST_LEVEL,
                 tenure=min(1.0, record.months / weights.long_here))


def shrunk(total: float, count: int, mean: float, prior: float) -> float:
    """A mean drawn towards the common one as if `prior` more values had been just that: few values say little."""
    return (prior * mean + total) / (prior + count)


def wilson(good: int, count: int, mean: float, prior: float) -> float:
    """Lower bound of a share after Wilson (1927), with `prior` more cases at the common share."""
    n = count + prior
    p, z2 = shrunk(good, count, mean, prior), WILSON_Z ** 2
    bound = (p + z2 / (2 * n) - WILSON_Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return max(0.0, bound)  # at no good case at all the arithmetic may end a hair below nothing


def experience(found: Parts, weights: Weights) -> float:
    """The weighted mean of the parts, 0 to 1. Without any weight everybody is the same, and the load decides alone."""
    shares = {name: getattr(weights, name) for name in PARTS}
    total = sum(shares.values())
    return sum(share * getattr(found, name) for name, share in shares.items()) / total if total else 1.0


def room(load: float, cap: float, weights: Weights) -> float:
    """What the load leaves of the experience: all of it for an empty desk, less and less towards the cap and beyond."""
    share = load / cap if cap else 1.0
    return max(0.0, 1 - weights.load * share * share)


def final(value: float, load: float, cap: float, knows_shop: bool, weights: Weights) -> float:
    """The number that decides. Rounded, so that equal facts are a tie whatever the order of the arithmetic was."""
    return round(value * room(load, cap, weights) + (weights.continuity if knows_shop else 0.0), 9)


def months(since: date, day: date) -> int:
    """Whole months from one day to another, none before it: whole ones, so that people who began together are equal."""
    passed = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    return max(0, passed)
