"""Which category a text belongs to (pure): character and word n-grams, a linear model, probabilities that were checked."""
import pickle
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import rjieba
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from triage.threshold import choose

FOLDS = 5
SHOWN = 3  # leaves that a person is offered
WRONG_AT_MOST = 0.05


def words(text: str) -> list[str]:
    """The words of a text and its neighbouring pairs, in lower case."""
    single = [word for word in rjieba.cut(text.lower()) if not word.isspace()]
    return single + [f"{one} {other}" for one, other in zip(single, single[1:], strict=False)]


def recipe() -> BaseEstimator:
    """The untrained model. Character pairs forgive misspelling and need no word list; words keep meaning together."""
    characters = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, min_df=2, dtype=np.float32)
    return make_pipeline(make_union(characters, TfidfVectorizer(analyzer=words, sublinear_tf=True, min_df=2, dtype=np.float32)),
                         LinearSVC(C=1.0, random_state=0))


@dataclass(frozen=True)
class Scores:
    """What cross-validation says: shares between 0 and 1; `wrong` is the share of wrong ones among the `automatic`."""

    n: int
    accuracy: float
    macro_f1: float
    top3: float
    automatic: float
    automatic_wrong: float


@dataclass(frozen=True)
class Classifier:
    """A trained model. Nothing below `threshold` is decided without a person, and no leaf in `by_hand` ever is."""

    model: BaseEstimator
    labels: tuple[str, ...]
    temperature: float
    threshold: float
    by_hand: frozenset[str]
    scores: Scores

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, one column a label of `labels`."""
        return softmax(_margins(self.model, texts, self.labels) / self.temperature, axis=1)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every label with its probability, the likeliest first."""
        row = self.probabilities([text])[0]
        return [(self.labels[i], float(row[i])) for i in np.argsort(-row)]

    def is_sure(self, leaf: str, probability: float) -> bool:
        """May this be decided without a person?"""
        return leaf not in self.by_hand and probability >= self.threshold


def train(texts: Sequence[str], labels: Sequence[str], by_hand: Collection[str] = (), wrong_at_most: float = WRONG_AT_MOST) -> Classifier:
    """Learn from `texts` with their `labels`; at most this share of the automatic ones is wrong in cross-validation.

    The margins of texts that a fold did not learn from give the temperature of the probabilities (Guo et al. 2017) and
    the threshold. Raises ValueError when a label has fewer texts than there are folds.
    """
    names = tuple(sorted(set(labels)))
    truth = np.array([names.index(label) for label in labels])
    if len(truth) == 0 or np.bincount(truth).min() < FOLDS:
        raise ValueError(f"every category needs {FOLDS} examples or more")
    margins = _unseen_margins(np.array(texts, dtype=object), truth, names)
    temperature = _temperature(margins, truth)
    unseen = softmax(margins / temperature, axis=1)
    barred = np.array([name in by_hand for name in names])
    threshold = choose(unseen, truth, barred, wrong_at_most)
    model = recipe().fit(texts, truth)
    return Classifier(model, names, temperature, threshold, frozenset(by_hand), _scores(unseen, truth, barred, threshold))


def evaluate(classifier: Classifier, texts: Sequence[str], labels: Sequence[str]) -> Scores:
    """The same figures on texts that the model has not seen; a label it does not know counts as wrong."""
    truth = np.array([classifier.labels.index(label) if label in classifier.labels else -1 for label in labels])
    barred = np.array([name in classifier.by_hand for name in classifier.labels])
    return _scores(classifier.probabilities(texts), truth, barred, classifier.threshold)


def dump(classifier: Classifier) -> bytes:
    """As bytes for the database."""
    return pickle.dumps(classifier, protocol=pickle.HIGHEST_PROTOCOL)


def load(blob: bytes) -> Classifier:
    """What `dump` made. Only for bytes that this application wrote itself."""
    return pickle.loads(blob)


def _margins(model: BaseEstimator, texts: Sequence[str], names: tuple[str, ...]) -> np.ndarray:
    found = model.decision_function(texts)
    return np.column_stack([-found, found]) if len(names) == 2 else found


def _unseen_margins(texts: np.ndarray, truth: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    margins = np.zeros((len(truth), len(names)))
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, truth):
        margins[unseen] = _margins(recipe().fit(texts[seen], truth[seen]), texts[unseen], names)
    return margins


def _temperature(margins: np.ndarray, truth: np.ndarray) -> float:
    rows = np.arange(len(truth))
    found = minimize_scalar(lambda t: -log_softmax(margins / t, axis=1)[rows, truth].mean(), bounds=(0.01, 10), method="bounded")
    return float(found.x)


def _scores(probabilities: np.ndarray, truth: np.ndarray, barred: np.ndarray, threshold: float) -> Scores:
    order = np.argsort(-probabilities, axis=1)
    first, right = order[:, 0], order[:, 0] == truth
    automatic = (probabilities.max(axis=1) >= threshold) & ~barred[first]
    f1 = f1_score(truth, first, average="macro", labels=np.unique(truth[truth >= 0]), zero_division=0)
    return Scores(n=len(truth), accuracy=float(right.mean()), macro_f1=float(f1), top3=float((order[:, :SHOWN] == truth[:, None]).any(axis=1).mean()),
                  automatic=float(automatic.mean()), automatic_wrong=float((~right[automatic]).mean()) if automatic.any() else 0.0)
