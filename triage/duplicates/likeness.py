"""How likely two contacts of one retailer are the same matter (pure): features, their weights, and the reasons in codes."""
from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import exp, log

from triage.duplicates import names
from triage.duplicates.common import COMMON
from triage.duplicates.cues import CUES
from triage.duplicates.days import agreement
from triage.duplicates.swapped import swapped
from triage.duplicates.told import Told
from triage.duplicates.weights import CONSTANT, WEIGHTS

A_DAY = 1440  # minutes
LONG_AGO = 30 * A_DAY
NEAR = 0.07  # amounts that differ by less are the same one, rounded as people round when they speak
LITTLE = 0.3  # what stands in every other text counts so much of one
THE_VERY_SAME = 0.8  # share of all words
OTHER_DAY = 1000  # minutes after which "today" is mostly another day
APART = 0.1  # likeness of categories below which they are other ones
UNKNOWN = 0.5  # of categories, where one of the two has none
TELLING = 0.6  # what a feature must be to be told as a reason; a category that one of the two lacks is none
REASONS = {"same_order", "other_order", "same_day", "other_day", "same_amount", "other_amount", "same_count", "other_count", "same_goods", "other_goods",
           "same_person", "other_person", "same_special", "other_special", "subjects", "no_subject_in_common", "all_words", "leaves", "leaves_apart",
           "within_hours", "over_five_days", "goes_on", "points_back", "again", "apart", "new_today", "swapped"}


@dataclass(frozen=True)
class Likeness:
    """`score` from 0 to 1; `reasons` are codes of REASONS with what they rest on, the weightiest first."""

    score: float
    reasons: tuple[tuple[str, str], ...] = ()


def judge(first: Told, second: Told, minutes: float) -> Likeness:
    """How likely `second`, told so many minutes after `first`, is the same matter."""
    found = features(first, second, minutes)
    moved = {name: WEIGHTS[name] * value for name, value in found.items()}
    telling = sorted((name for name in moved if name in REASONS and found[name] >= TELLING), key=lambda name: -abs(moved[name]))
    return Likeness(round(1 / (1 + exp(-CONSTANT - sum(moved.values()))), 4), tuple((name, _shown(name, first, second)) for name in telling))


def features(first: Told, second: Told, minutes: float) -> dict[str, float]:
    """Every feature of WEIGHTS, most of them between 0 and 1."""
    wording, compared, leaves = _wording(first, second), _compared(first, second, minutes), _leaves(first, second)
    late, one_channel = float(abs(minutes) >= 5 * A_DAY), float(first.channel == second.channel)
    cues = {cue: float(cue in second.cues) for cue in CUES if cue not in ("asks", "today")}
    return wording | compared | cues | {
        "soon": 1 - min(1.0, log(1 + abs(minutes)) / log(1 + LONG_AGO)), "within_hours": float(abs(minutes) <= A_DAY / 4), "over_five_days": late,
        "other_channel": 1 - one_channel, "leaves": leaves, "leaves_apart": float(leaves < APART),
        "another_kind": wording["no_subject_in_common"] * float(leaves < APART), "one_asks": float(("asks" in first.cues) != ("asks" in second.cues)),
        # Nearly the same words in the same place tell of another case (the very same ones do not), and what is of today was not told yesterday.
        "same_again": wording["words"] * one_channel * float(wording["all_words"] < THE_VERY_SAME), "new_today": float("today" in second.cues and abs(minutes) >= OTHER_DAY),
        "swapped": float(swapped(first.in_order, second.in_order)),
        # A weekly grievance is told in the same words each week; who asks how far it is names little but the subject.
        "same_words_late": wording["words"] * late, "goes_on_late": cues["goes_on"] * late,
        "goes_on_alike": cues["goes_on"] * float(wording["subjects"] > 0 or wording["words"] > LITTLE),
        "same_words_but": wording["all_words"] * max(compared[name] for name in ("other_order", "other_day", "other_goods", "other_person")),
    }


def _wording(first: Told, second: Told) -> dict[str, float]:
    common = frozenset(subject for subject in first.subjects | second.subjects if subject.common)
    subjects = _share(first.subjects, second.subjects, common)
    return {"words": _share(first.words, second.words, COMMON), "all_words": _share_of_all(first.words, second.words, COMMON),
            "subjects": subjects, "all_subjects": _share_of_all(first.subjects, second.subjects, common),
            "no_subject_in_common": float(bool(first.subjects and second.subjects) and not subjects)}


def _compared(first: Told, second: Told, minutes: float) -> dict[str, float]:
    return {f"{side}_{name}": value for name, met in COMPARED.items()
            for side, value in zip(("same", "other"), met(first, second, minutes), strict=True)}


def _share(one: frozenset, other: frozenset, plain: frozenset) -> float:
    """The share of the smaller set that the other has as well; what is `plain` weighs little."""
    fewer = min(_weight(one, plain), _weight(other, plain))
    return _weight(one & other, plain) / fewer if fewer else 0.0


def _share_of_all(one: frozenset, other: frozenset, plain: frozenset) -> float:
    return _weight(one & other, plain) / _weight(one | other, plain) if one | other else 0.0


def _weight(items: frozenset, plain: frozenset) -> float:
    return len(items) - (1 - LITTLE) * len(items & plain)


def _leaves(first: Told, second: Told) -> float:
    other = dict(second.leaves)
    return sum(min(p, other.get(leaf, 0.0)) for leaf, p in first.leaves) if first.leaves and other else UNKNOWN


def _orders(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    return _met(first.orders, second.orders, names.same)


def _days(first: Told, second: Told, minutes: float) -> tuple[float, float]:
    spoken = (first.spoken, second.spoken) if first.spoken and second.spoken else None
    share = agreement(first.days, second.days, minutes, spoken)
    return (0.0, 0.0) if share is None else (max(0.0, 2 * share - 1), max(0.0, 1 - 2 * share))


def _amounts(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    """The same amount also where one tells what is too much and the other what was due and what was taken."""
    known = _met(first.money, second.money, _near)
    return (1.0, 0.0) if _is_between(first.money, second.money) or _is_between(second.money, first.money) else known


def _is_between(amounts: Collection[int], others: Collection[int]) -> bool:
    return any(_near(abs(a - b), amount) for amount in amounts for a in others for b in others if a != b)


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= NEAR * max(one, other)


def _counts(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    units = {unit for _n, unit in first.counts} & {unit for _n, unit in second.counts}
    one, other = ({count for count in told.counts if count[1] in units} for told in (first, second))
    return _met(one, other, lambda a, b: a == b)


def _goods(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    # Speech has no capitals: a name that one of the two wrote counts where the other only said it.
    said = any(name in second.text for name in first.goods) or any(name in first.text for name in second.goods)
    return (1.0, 0.0) if said else _met(first.goods, second.goods, names.same)


def _people(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    return _met(first.people, second.people, lambda a, b: a == b)


def _special(first: Told, second: Told, _minutes: float) -> tuple[float, float]:
    common = any(word in second.sound for word in first.special) or any(word in first.sound for word in second.special)
    return float(common), float(bool(first.special and second.special) and not common)


def _met(one: Collection, other: Collection, same: Callable) -> tuple[float, float]:
    """(something in common, only different things); both 0 where one of the two says nothing."""
    if not one or not other:
        return 0.0, 0.0
    common = any(same(a, b) for a in one for b in other)
    return float(common), float(not common)


COMPARED: dict[str, Callable] = {"order": _orders, "day": _days, "amount": _amounts, "count": _counts, "goods": _goods, "person": _people,
                                "special": _special}
_FACTS = {"order": "orders", "amount": "money", "goods": "goods"}  # "special" would show sounds, not words


def _shown(name: str, first: Told, second: Told) -> str:
    """What a reason rests on, where that can be shown in few characters."""
    side, _, fact = name.partition("_")
    if fact not in _FACTS:
        return ""
    one, other = (sorted(map(str, getattr(told, _FACTS[fact]))) for told in (first, second))
    if side == "same":
        return ", ".join(value for value in one if any(names.same(value, met) for met in other))
    return f"{', '.join(one)} / {', '.join(other)}"
