"""Learning which category a text belongs to, and measuring it (pure); nothing is said of a text by a model that learned from it."""
import pickle
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from sklearn.model_selection import StratifiedKFold

from triage import views
from triage.hard import Limits
from triage.reader import Classifier
from triage.scores import Answers, Scores, nothing
from triage.threshold import choose

FOLDS = 5
WRONG_AT_MOST = 0.03
EVEN = 0.5  # what one of the views gives less than this is never decided without a person


def train(texts: Sequence[str], labels: Sequence[str], by_hand: Collection[str] = (), wrong_at_most: float = WRONG_AT_MOST,
          limits: Limits = Limits()) -> Classifier:
    """Learn from `texts` with their `labels`; at most this share of the automatic ones is wrong in cross-validation.

    Texts that a fold did not learn from give the temperatures, the threshold and the scores. Raises ValueError when a
    label has fewer texts than there are folds.
    """
    names = tuple(sorted(set(labels)))
    truth = np.array([names.index(label) for label in labels])
    if len(truth) == 0 or np.bincount(truth).min() < FOLDS:
        raise ValueError(f"every category needs {FOLDS} examples or more")
    kept = np.array(texts, dtype=object)
    blank = Classifier((), names, EVEN, frozenset(by_hand), limits)
    tuned, answers = _cross_validated(blank, kept, truth)
    threshold = max(EVEN, choose(answers.sure, answers.first != truth, answers.barred, wrong_at_most))
    return replace(blank, views=_tuned(_learned(kept, truth), tuned), threshold=threshold, scores=answers.scores(truth, threshold),
                   confusion=answers.confusion(truth, names))


def evaluate(classifier: Classifier, texts: Sequence[str], labels: Sequence[str]) -> Scores:
    """The same figures on texts that the model has not seen; a label it does not know counts as wrong."""
    truth = np.array([classifier.labels.index(label) if label in classifier.labels else -1 for label in labels])
    return _answers(classifier, texts).scores(truth, classifier.threshold)


def dump(classifier: Classifier) -> bytes:
    """As bytes for the database."""
    return pickle.dumps(classifier, protocol=pickle.HIGHEST_PROTOCOL)


def load(blob: bytes) -> Classifier:
    """What `dump` made. Only for bytes that this application wrote itself."""
    return pickle.loads(blob)


def _cross_validated(blank: Classifier, texts: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, Answers]:
    """Temperature and share of each view (the means of the folds'), and what each fold said of the texts it had not seen."""
    answers, tuned = nothing(len(texts), len(blank.labels)), []
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(texts, truth):
        learned = _learned(texts[seen], truth[seen])
        margins = [view.margins(texts[unseen]) for view in learned]
        tuned.append([[views.temperature(found, truth[unseen]) for found in margins], views.shares(margins, truth[unseen])])
        answers.put(unseen, _answers(replace(blank, views=_tuned(learned, tuned[-1])), texts[unseen]))
    return np.exp(np.log(tuned).mean(axis=0)), answers


def _learned(texts: np.ndarray, truth: np.ndarray) -> tuple[views.View, ...]:
    return tuple(views.learn(name, texts, truth) for name in views.RECIPES)


def _tuned(learned: Sequence[views.View], tuned: Sequence) -> tuple[views.View, ...]:
    return tuple(replace(view, temperature=float(heat), share=float(share)) for view, heat, share in zip(learned, *tuned, strict=True))


def _answers(classifier: Classifier, texts: Sequence[str]) -> Answers:
    number = {name: at for at, name in enumerate(classifier.labels)}
    read = [classifier.read(text) for text in texts]
    order = np.array([[number[label] for label, _p in one.ranking] for one in read])
    barred = [bool(one.doubts) or one.ranking[0][0] in classifier.by_hand for one in read]
    return Answers(order, np.array([one.sure for one in read]), np.array(barred))
