"""How well texts were understood (pure): shares, and what was taken for what."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score

SHOWN = 3  # labels that a person is offered


@dataclass(frozen=True)
class Scores:
    """What was measured on texts that were not learned from: shares between 0 and 1; `automatic_wrong` is the share among the automatic."""

    n: int
    accuracy: float
    macro_f1: float
    top3: float
    automatic: float
    automatic_wrong: float


@dataclass(frozen=True)
class Answers:
    """What a model said of several texts, one entry a text: the labels by rank, how sure it was, whether something bars it from deciding."""

    order: np.ndarray
    sure: np.ndarray
    barred: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The likeliest label of each."""
        return self.order[:, 0]

    def put(self, places: np.ndarray, other: "Answers") -> None:
        """Fill in the answers to the texts at `places`."""
        self.order[places], self.sure[places], self.barred[places] = other.order, other.sure, other.barred

    def scores(self, truth: np.ndarray, threshold: float) -> Scores:
        """The shares, by the number of each text's own label (-1: one that the model does not know)."""
        right = self.first == truth
        automatic = (self.sure >= threshold) & ~self.barred
        f1 = f1_score(truth, self.first, average="macro", labels=np.unique(truth[truth >= 0]), zero_division=0)
        return Scores(n=len(truth), accuracy=float(right.mean()), macro_f1=float(f1),
                      top3=float((self.order[:, :SHOWN] == truth[:, None]).any(axis=1).mean()), automatic=float(automatic.mean()),
                      automatic_wrong=float((~right[automatic]).mean()) if automatic.any() else 0.0)

    def confusion(self, truth: np.ndarray, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """What each label was taken for, and how often."""
        counts = Counter(zip(truth.tolist(), self.first.tolist(), strict=True))
        return {name: {names[taken]: n for (own, taken), n in sorted(counts.items()) if own == at} for at, name in enumerate(names)}


def nothing(texts: int, labels: int) -> Answers:
    """Room for the answers to so many texts."""
    return Answers(np.zeros((texts, labels), int), np.zeros(texts), np.zeros(texts, bool))
