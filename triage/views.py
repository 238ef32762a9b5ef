"""The two views of a text (pure): each its own features and linear model, margins made probabilities by one temperature; together by one weight each.

scikit-learn learns; what was learned is kept as plain arrays, because a text alone costs it three milliseconds of looking at its own arguments.
"""
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import hstack
from scipy.special import log_softmax, softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from triage import features

RECIPES = {"written": (features.written,), "said": (features.said, features.heard)}


@dataclass(frozen=True)
class Counted:
    """One kind of features: how a text gives them, the number of each that was seen twice, and how rare it is (idf)."""

    given_by: Callable[[str], list[str]]
    numbers: dict[str, int]
    rarity: np.ndarray

    def weigh(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The numbers of the features of a text and their TF-IDF weights, of length 1 together."""
        counts = Counter(self.numbers[one] for one in self.given_by(text) if one in self.numbers)
        places = np.fromiter(counts, int, len(counts))
        weights = (1 + np.log(np.fromiter(counts.values(), float, len(counts)))) * self.rarity[places]
        return places, weights / (np.linalg.norm(weights) or 1)


@dataclass(frozen=True)
class View:
    """What one view has learned: a row of `weights` for each feature, a column for each label; `share` is its say among the views."""

    counted: tuple[Counted, ...]
    weights: tuple[np.ndarray, ...]
    start: np.ndarray
    temperature: float = 1.0
    share: float = 1.0

    def margins(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, one column a label: how far on its side of the border."""
        return np.array([self._margin(text) for text in texts])

    def _margin(self, text: str) -> np.ndarray:
        margin = self.start
        for counted, weights in zip(self.counted, self.weights, strict=True):
            places, weighed = counted.weigh(text)
            margin = margin + weighed @ weights[places]
        return margin


def learn(name: str, texts: Sequence[str], truth: np.ndarray) -> View:
    """A view that has learned that texts[i] is of the class truth[i], for two classes and more."""
    counters = [TfidfVectorizer(analyzer=given_by, sublinear_tf=True, min_df=2, dtype=np.float32) for given_by in RECIPES[name]]
    model = LinearSVC(C=1.0, random_state=0).fit(hstack([counter.fit_transform(texts) for counter in counters]).tocsr(), truth)
    sides = np.array([[-1.0], [1.0]]) if len(model.classes_) == 2 else np.eye(len(model.classes_))  # of two classes it learns one side only
    rows = (sides @ model.coef_).T.astype(np.float32)
    ends = np.cumsum([len(counter.vocabulary_) for counter in counters])[:-1]
    return View(tuple(Counted(counter.analyzer, counter.vocabulary_, counter.idf_.astype(np.float32)) for counter in counters),
                tuple(map(np.ascontiguousarray, np.split(rows, ends))), (sides @ model.intercept_))


def together(views: Sequence[View], margins: Sequence[np.ndarray]) -> np.ndarray:
    """The probabilities of several views as one."""
    return softmax(sum(view.share * found for view, found in zip(views, margins, strict=True)), axis=1)


def shares(margins: Sequence[np.ndarray], truth: np.ndarray) -> np.ndarray:
    """The say of each view with which texts that were not learned from are likeliest to be what they are."""
    rows = np.arange(len(truth))

    def unlikely(powers: np.ndarray) -> float:
        return -log_softmax(np.tensordot(np.exp(powers), margins, axes=1), axis=1)[rows, truth].mean()

    found = minimize(unlikely, np.ones(len(margins)), method="Nelder-Mead", options={"xatol": 0.02, "fatol": 1e-5})
    return np.exp(np.clip(found.x, -5, 5))


def temperature(margins: np.ndarray, truth: np.ndarray) -> float:
    """What makes the probabilities of texts that were not learned from honest (Guo et al. 2017)."""
    rows = np.arange(len(truth))
    found = minimize_scalar(lambda t: -log_softmax(margins / t, axis=1)[rows, truth].mean(), bounds=(0.01, 10), method="bounded")
    return float(found.x)
