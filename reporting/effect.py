"""The verdict on an improvement item (pure): did the rate of complaints fall as was agreed before, and how sure is that."""
from collections.abc import Callable
from dataclasses import dataclass

from reporting.rates import Interval, Period, dispersion, ratio, ratio_of_ratios

EVENTS = 10  # fewer complaints before the action say nothing
WEEKS = 4    # so many weeks between signal and action are enough to compare with


@dataclass(frozen=True)
class Comparison:
    """The same leaf in areas where nothing was done, summed, in the same weeks."""

    before: Period
    after: Period


@dataclass(frozen=True)
class Effect:
    """What is known when the watch is over. `change` is what the verdict is about: `own`, or divided by `others` if there are any."""

    before: int
    own: Interval
    others: Interval | None
    change: Interval
    dispersion: float
    few_others: bool = False


@dataclass(frozen=True)
class Verdict:
    """The result with its reason, and the numbers that it rests on."""

    result: str
    reason: str
    effect: Effect


# The first line that holds is the verdict; `most` is the share of the old rate that was agreed at approval, say 0.7.
VERDICTS: tuple[tuple[str, str, Callable[[Effect, float], bool]], ...] = (
    ("inconclusive", "few_before", lambda effect, most: effect.before < EVENTS),
    ("inconclusive", "few_others", lambda effect, most: effect.few_others),
    ("effective", "fell_enough", lambda effect, most: effect.change.high < 1 and effect.change.value <= most),
    ("partly", "fell_too_little", lambda effect, most: effect.change.high < 1),
    ("not_effective", "missed", lambda effect, most: effect.change.low > most),
    ("inconclusive", "too_wide", lambda effect, most: True),
)


def verdict(before: Period, after: Period, most: float, comparison: Comparison | None = None) -> Verdict:
    """Judge a watch period against the weeks of `weeks_before`, by the criterion fixed at approval: at most `most` times the rate before.

    Raises ValueError unless 0 < most < 1: without a fall there is nothing to find.
    """
    if not 0 < most < 1:
        raise ValueError("The criterion is a share of the rate before, between 0 and 1")
    effect = measured(before, after, comparison)
    return next(Verdict(result, reason, effect) for result, reason, holds in VERDICTS if holds(effect, most))


def measured(before: Period, after: Period, comparison: Comparison | None = None) -> Effect:
    """The change of the rate with its interval, against the comparison areas if there are any."""
    spread = dispersion(before, after)
    own = ratio(before, after, spread)
    if comparison is None:
        return Effect(before.events, own, None, own, spread)
    others = ratio(comparison.before, comparison.after, dispersion(comparison.before, comparison.after))
    return Effect(before.events, own, others, ratio_of_ratios(own, others), spread, comparison.before.events < EVENTS)


def weeks_before(trigger: range, acted: int) -> tuple[int, ...]:
    """The numbers of the weeks to compare with: never the `trigger` weeks, nor any from week `acted` on, when the action began.

    An item is opened because of extreme weeks, and after extreme weeks comes an ordinary one whatever is done (regression to the
    mean). If the rise is real, the weeks between signal and action show what the action had to mend; if it was chance, they are
    ordinary and no fall will be found. Only when they are fewer than WEEKS, the weeks before the signal count too: they hide a
    real effect rather than invent one.
    """
    between = tuple(range(trigger.stop, acted))
    return between if len(between) >= WEEKS else (*range(min(trigger.start, acted)), *between)
