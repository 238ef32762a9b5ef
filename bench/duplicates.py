"""The weights of triage/duplicates/weights.py, fitted to the pairs of the tests, and how well each hand is told by what the others gave.

A logistic regression whose weights are drawn towards what is expected (BELIEFS) with so much force: few of the pairs name an order
number or a person, and what the pairs happen to have in common (their channels, their gaps) must not be learned from them.
"""
import json
import random
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from triage import classifier
from triage.duplicates import told
from triage.duplicates.likeness import features
from triage.loader import examples, vocabulary

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs" / "standard"
PAIRS = ROOT / "tests" / "triage" / "duplicates" / "pairs.jsonl"
LISTED = vocabulary(PACK)
WEIGHTS = ROOT / "triage" / "duplicates" / "weights.py"
THRESHOLDS = (0.3, 0.35, 0.4, 0.5)
FORCE = 2.0
CROSSED = 0.25  # unrelated pairs for each written one
# What is expected of each feature, and with which force it is held to that where it is not FORCE.
BELIEFS = {
    "words": 1.5, "all_words": 1.5, "subjects": (1.5, 6), "all_subjects": (1.5, 6), "no_subject_in_common": (-0.9, 30),
    "same_order": 3.0, "other_order": -3.0, "same_day": 1.2, "other_day": -2.2, "same_amount": 1.6, "other_amount": -1.2,
    "same_count": 0.7, "other_count": -0.7, "same_goods": 1.2, "other_goods": -1.8, "same_person": 1.2, "other_person": -1.6,
    "soon": (1.0, 6), "within_hours": (0.3, 6), "over_five_days": (-0.8, 40), "other_channel": (0.4, 60), "leaves": (1.6, 8),
    "same_special": 1.0, "other_special": -0.5, "leaves_apart": -0.5, "another_kind": -1.5, "points_back": 0.3, "same_again": -0.5, "new_today": -0.5,
    "goes_on": 0.5, "not_yet": 0.2, "again": -0.5, "apart": -2.0, "thanks": -0.6, "one_asks": -0.4,
    "same_words_late": (-1.0, 15), "goes_on_late": 0.8, "goes_on_alike": 1.0, "same_words_but": (-3.5, 8), "swapped": (-1.5, 8),
}


@cache
def model() -> classifier.Classifier:
    """What the product reads texts with: learned from the standard pack."""
    return classifier.train(*zip(*((text, leaf) for leaf, text in examples(PACK)), strict=True))


def read(row: dict, side: str) -> told.Told:
    """One side of a pair, as the product reads a ticket that nobody has decided about yet."""
    return told.undecided(row[side], row[f"channel_{side}"], model(), LISTED)


def written_pairs() -> list[dict]:
    """All pairs that were written for this."""
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def crossed(pairs: list[dict]) -> list[dict]:
    """Contacts of different pairs put together: two matters that have nothing to do with each other, as a shop has them every week."""
    drawn, made = random.Random(1), []
    while len(made) < CROSSED * len(pairs):
        one, other = drawn.sample(pairs, 2)
        if one["lang"] == other["lang"] and (one["family"] != other["family"]) == (is_family(one) or is_family(other)):
            when = drawn.choice([row for row in pairs if row["same_matter"]])
            made.append(when | {"a": one["a"], "b": other[drawn.choice("ab")], "same_matter": False})
    return made


def is_family(row: dict) -> bool:
    """Do the rows of this family tell of one matter? Those of a whole hand (`one`, `two`) do not."""
    return row["family"].startswith(("zh", "en"))


def table(pairs: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Features and answers of pairs."""
    found = [features(read(row, "a"), read(row, "b"), row["minutes_apart"]) for row in pairs]
    return np.array([[values[name] for name in BELIEFS] for values in found]), np.array([row["same_matter"] for row in pairs])


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The weights, then the constant; both answers count as much, however many pairs there are of each."""
    beliefs = [belief if isinstance(belief, tuple) else (belief, FORCE) for belief in BELIEFS.values()]
    mean, force = np.array(beliefs).T
    share = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))

    def loss(v: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ v[:-1] + v[-1]
        wrong = share * (expit(z) - y)
        return (share * (np.logaddexp(0, z) - y * z)).sum() + 0.5 * (force * (v[:-1] - mean) ** 2).sum(), np.append(x.T @ wrong + force * (v[:-1] - mean), wrong.sum())
    return minimize(loss, np.append(mean, -3.0), jac=True, method="L-BFGS-B").x


def write(found: np.ndarray) -> None:
    """The table of the product, the strongest first."""
    weights = sorted(zip(BELIEFS, found[:-1], strict=True), key=lambda item: -abs(item[1]))
    lines = "".join(f'    "{name}": {weight:.2f},\n' for name, weight in weights)
    WEIGHTS.write_text('"""What each feature of triage.duplicates.likeness adds to the score (log odds); made by bench/duplicates.py."""\n'
                       f"CONSTANT = {found[-1]:.2f}\nWEIGHTS = {{\n{lines}}}\n", encoding="utf-8")


def learned(written: list[dict]) -> np.ndarray:
    """Weights and constant as the product keeps them."""
    return np.round(fit(*table(written + crossed(written))), 2)


def proposed(found: np.ndarray, x: np.ndarray) -> list[np.ndarray]:
    """Which pairs are proposed, at each of THRESHOLDS."""
    score = expit(x @ found[:-1] + found[-1])
    return [score >= threshold for threshold in THRESHOLDS]


def measure(found: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[tuple[float, float]]:
    """Precision and recall at each of THRESHOLDS."""
    return [(float(y[said].mean()), float(said[y].mean())) for said in proposed(found, x)]


def tell(hand: str, n: int, measured: Iterable[tuple[float, float]]) -> None:
    """Precision and recall by threshold, one JSON line each."""
    for threshold, (precision, recall) in zip(THRESHOLDS, measured, strict=True):
        print(json.dumps({"hand": hand, "n": n, "threshold": threshold, "precision": round(precision, 3), "recall": round(recall, 3)}))


def tell_hands(written: list[dict]) -> None:
    """Each hand by the weights of all others, then the worst of each figure."""
    measured = []
    for hand in sorted({row["family"] for row in written if not is_family(row)}):
        own = [row for row in written if row["family"] == hand]
        measured.append(measure(learned([row for row in written if row["family"] != hand]), *table(own)))
        tell(hand, len(own), measured[-1])
    tell("the worst of each", len(measured), np.array(measured).min(axis=0).tolist())


def tell_unrelated(written: list[dict], found: np.ndarray) -> None:
    """How many unrelated pairs (`crossed`) are proposed by threshold, one JSON line each; the weights have seen these."""
    x, _none = table(crossed(written))
    for threshold, said in zip(THRESHOLDS, proposed(found, x), strict=True):
        print(json.dumps({"hand": "unrelated", "n": len(x), "threshold": threshold, "proposed": round(float(said.mean()), 3)}))


def main() -> None:
    """Tell of every hand by the others, fit to all; --write keeps the weights."""
    written = written_pairs()
    tell_hands(written)
    found = learned(written)
    tell_unrelated(written, found)
    if "--write" in sys.argv:
        write(found)


if __name__ == "__main__":
    main()
