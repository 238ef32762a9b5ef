"""A model of few categories, quick enough for a test: made by the real learning from the pack's own examples."""
from dataclasses import replace

from core.db import db
from triage import classifier, learning, loaded
from triage.models import TriageExample, TriageModel

PLAIN = "星期二该送的货到今天还没送来，都晚了三天了，麻烦催一下司机什么时候送"
LEAVES = ("DLV.LATE", "DLV.COUNT", "PAY.DEBIT", "SVC.CONDUCT", "OTH.NOISE")


def _remember_training() -> None:
    """Training depends on nothing but what it is given: what was trained once in this process need not be trained again."""
    train, known = classifier.train, {}

    def remembered(texts, leaves, *rest):
        key = (tuple(texts), tuple(leaves), *rest)
        if key not in known:
            known[key] = train(texts, leaves, *rest)
        return known[key]
    classifier.train = remembered


_remember_training()


def small_model(threshold: float | None = None) -> TriageModel:
    """Learn LEAVES only; with `threshold` the live model is as sure as the test needs it to be."""
    db.session.execute(db.delete(TriageExample).where(TriageExample.leaf_code.not_in(LEAVES)))
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
