"""A model of few categories, quick enough for a test: made by the real learning from the pack's own examples."""
from contextlib import contextmanager
from dataclasses import replace

from core.db import db
from triage import classifier, learning, loaded
from triage.models import TriageExample, TriageModel

PLAIN = "星期二该送的货到今天还没送来，都晚了三天了，麻烦催一下司机什么时候送"
LEAVES = ("DLV.LATE", "DLV.COUNT", "PAY.DEBIT", "SVC.CONDUCT", "OTH.NOISE")


_trained: dict[tuple, classifier.Classifier] = {}


@contextmanager
def _remembered():
    """Training depends on nothing but what it is given: what small_model trained once in this process it need not train again."""
    train = classifier.train

    def remembered(*given):
        key = tuple(tuple(one) if isinstance(one, list) else one for one in given)
        if key not in _trained:
            _trained[key] = train(*given)
        return _trained[key]
    classifier.train = remembered
    try:
        yield
    finally:
        classifier.train = train


def small_model(threshold: float | None = None) -> TriageModel:
    """Learn LEAVES only; with `threshold` the live model is as sure as the test needs it to be."""
    db.session.execute(db.delete(TriageExample).where(TriageExample.leaf_code.not_in(LEAVES)))
    with _remembered():
        model = learning.learn()
    if threshold is not None:
        _set_threshold(model, threshold)
    return model


def _set_threshold(model: TriageModel, threshold: float) -> None:
    made = classifier.load(model.blob)
    model.blob, model.threshold = classifier.dump(replace(made, threshold=threshold)), threshold
    db.session.flush()
    loaded.forget()


def run(queue) -> None:
    """Commit what the test has done and perform the jobs that it started."""
    db.session.commit()
    queue.run()
