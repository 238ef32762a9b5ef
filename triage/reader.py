"""A model that has learned, and what it makes of one text (pure): a ranking, how sure it is, why the text is too hard for a machine."""
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import softmax

from triage import features, hard
from triage.hard import Limits
from triage.scores import SHOWN, Scores
from triage.views import View, together

ELSEWHERE = 0.3  # a clause alone says another category with this probability, in a text that sets something aside
SELDOM = 7.5  # idf from which on a word is uncommon: of eight thousand examples a dozen have it
TURNED = 0.4  # without one of its denials a text says another category with this probability


@dataclass(frozen=True)
class Reading:
    """What was made of one text. `ranking`: every label with its probability, the likeliest first.

    `sure` is the probability of the first in the view that gives it least; `doubts` say why the text is too hard.
    """

    ranking: list[tuple[str, float]]
    sure: float
    doubts: frozenset[str]


@dataclass(frozen=True)
class Classifier:
    """A trained model. Nothing below `threshold` or in doubt is decided without a person, and no leaf in `by_hand` ever is.

    `confusion` counts what cross-validation took each label for: {label: {taken for: texts}}.
    """

    views: tuple[View, ...]
    labels: tuple[str, ...]
    threshold: float
    by_hand: frozenset[str]
    limits: Limits = Limits()
    scores: Scores | None = None
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, the likeliest first."""
        return self._ranked(self.probabilities([text])[0])

    def offered(self, text: str) -> list[tuple[str, float]]:
        """The likeliest labels with their probabilities, as many as a person is offered."""
        return self.rank(text)[:SHOWN]

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, one column a label of `labels`."""
        return together(self.views, [view.margins(texts) for view in self.views])

    def surest(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """Of each text the likeliest label, and its probability in the view that gives it least."""
        margins = [view.margins(texts) for view in self.views]
        first = together(self.views, margins).argmax(axis=1)
        least = np.min([softmax(found / view.temperature, axis=1) for view, found in zip(self.views, margins, strict=True)], axis=0)
        return [(self.labels[label], float(row[label])) for label, row in zip(first, least, strict=True)]

    def read(self, text: str) -> Reading:
        """The ranking of a text, how sure it is, and what speaks against deciding by it."""
        margins = [view.margins([text]) for view in self.views]
        row = together(self.views, margins)[0]
        each = np.array([softmax(found[0] / view.temperature) for view, found in zip(self.views, margins, strict=True)])
        first = int(row.argmax())
        return Reading(self._ranked(row), float(each[:, first].min()), self._doubts(text, first, each))

    def seldom(self, text: str) -> list[str]:
        """The words of a text that few or none of the examples have: names of goods, of places, of things that rarely happen."""
        counted = self.views[-1].counted[0]
        return sorted({word for word in _whole(text) if word not in counted.numbers or counted.rarity[counted.numbers[word]] >= SELDOM})

    def may_decide(self, reading: Reading) -> bool:
        """May this be decided without a person?"""
        return not reading.doubts and self.is_sure(reading.ranking[0][0], reading.sure)

    def is_sure(self, leaf: str, probability: float) -> bool:
        """Is this probability (of the view that gives least) enough for this leaf?"""
        return leaf not in self.by_hand and probability >= self.threshold

    def _ranked(self, row: np.ndarray) -> list[tuple[str, float]]:
        return [(self.labels[i], float(row[i])) for i in np.argsort(-row)]

    def _doubts(self, text: str, first: int, each: np.ndarray) -> frozenset[str]:
        found = {"short": hard.size(text) < self.limits.short, "strange": self._strange(text) >= self.limits.strange,
                 "two_views": bool((each.argmax(axis=1) != first).any())}
        if each[:, first].min() >= self.threshold:  # reading its clauses takes time: only where it decides anything
            found |= {"set_aside": hard.sets_aside(text) and self._two_minds(hard.clauses(text), first),
                      "denial": self._elsewhere(hard.without_a_denial(text), first) >= TURNED}
        return frozenset(code for code, holds in found.items() if holds)

    def _strange(self, text: str) -> float:
        """The share of its words that the examples do not have twice."""
        known = self.views[-1].counted[0].numbers
        words = [word for word in features.words(text) if any(map(str.isalnum, word))]
        return sum(word not in known for word in words) / len(words) if words else 1.0

    def _two_minds(self, clauses: list[str], first: int) -> bool:
        return len(clauses) < 2 or self._elsewhere(clauses, first) > ELSEWHERE

    def _elsewhere(self, parts: list[str], first: int) -> float:
        """The highest probability of another label than `first` in one of `parts`."""
        rows = np.delete(self.probabilities(parts), first, axis=1) if parts else np.zeros((1, 1))
        return float(rows.max())


def _whole(text: str) -> list[str]:
    """Its words of two Chinese characters or three letters and more, without those that hold digits."""
    return [word for word in features.words(features.folded(text)) if word.replace("'", "").isalpha() and len(word) >= (3 if word.isascii() else 2)]
