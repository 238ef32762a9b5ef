"""What put the chosen before the next one, from what a decision keeps (pure)."""
from collections.abc import Mapping, Sequence

from routing import kept
from routing.choose import PRACTICE, RELAXABLE, STAND_IN
from routing.experience import PARTS, Weights, room

ENOUGH = 5  # scores below which a person's own are not shown (they count, drawn towards those of everybody)


def waived(relaxed: Sequence[str]) -> set[str]:
    """What was asked of nobody any more, when this was not asked of the chosen: the same, and all that is given up before it."""
    return set(RELAXABLE[:max((RELAXABLE.index(code) for code in relaxed), default=-1) + 1])


def runner_up(candidates: Sequence[Mapping], relaxed: Sequence[str] = ()) -> Mapping | None:
    """The best of those who could have had it too; None if nobody could."""
    asked = waived(relaxed)
    others = [row for row in candidates if not row["chosen"] and set(row["reasons"]) <= asked]
    return max(others, key=lambda row: row["final"], default=None)


def few(candidate: Mapping) -> bool:
    """Too few scores of retailers to be shown?"""
    return candidate["record"]["scores"] < ENOUGH


def ahead_by(chosen: Mapping, other: Mapping, weights: Weights, known: bool = True) -> str:
    """What made the most of the difference: the name of a part, "load", "continuity", "equal" if there is none, or "sum" if that is not shown.

    Not shown are scores that are too few, and that the two have met where the retailer is not `known`.

    The difference of two products is split without a rest: each factor's difference times the mean of the other factor.
    """
    if chosen["final"] <= other["final"]:
        return "equal"
    rooms = [room(row["load"], row["cap"], weights) for row in (chosen, other)]
    gains = {name: _gain(name, chosen, other, weights) * sum(rooms) / 2 for name in PARTS}
    gains["load"] = (rooms[0] - rooms[1]) * (chosen["experience"] + other["experience"]) / 2
    gains["continuity"] = weights.continuity * (chosen["record"]["knows_shop"] - other["record"]["knows_shop"])
    unsaid = {"satisfaction": few(chosen) or few(other), "continuity": not known}
    most = max(gains, key=gains.get)
    return "sum" if unsaid.get(most) else most


def _gain(name: str, chosen: Mapping, other: Mapping, weights: Weights) -> float:
    total = sum(getattr(weights, part) for part in PARTS)
    return getattr(weights, name) * (chosen["parts"][name] - other["parts"][name]) / total if total else 0.0


def reason(candidates: Sequence[Mapping], basis: Mapping, relaxed: Sequence[str] = (), known: bool = True) -> tuple[str, Mapping | None]:
    """Why the chosen: "stand_in", "practice", "only", or what `ahead_by` says, with the other one if there is one."""
    for code in (STAND_IN, PRACTICE):
        if basis.get(code):
            return code, None
    chosen = next(row for row in candidates if row["chosen"])
    other = runner_up(candidates, relaxed)
    return (ahead_by(chosen, other, kept.basis(basis).weights, known), other) if other else ("only", None)
