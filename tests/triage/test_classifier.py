"""The classifier on small sets: it learns, is honest about what it does not know, and survives being stored."""
import pytest

from triage import classifier

LATE = [f"货{w}还没送到，晚了{n}天" for n, w in enumerate(("今天", "昨天", "周三", "一直", "到现在", "下午", "早上", "这批"))]
PAID = [f"卡上多扣了{n}百块{w}" for n, w in enumerate(("钱", "款", "，查一下", "，两次", "，不对", "，退我", "，谁扣的", "，账错了"))]
RUDE = [f"送货员{w}骂人，态度很差第{n}次" for n, w in enumerate(("又", "今天", "当面", "还", "老", "一来就", "张口", "昨天"))]
TEXTS, LABELS = LATE + PAID + RUDE, ["late"] * 8 + ["paid"] * 8 + ["rude"] * 8


@pytest.fixture(scope="module")
def trained():
    return classifier.train(TEXTS, LABELS, by_hand={"rude"})


def test_it_learns_and_its_probabilities_add_up(trained):
    ranking = trained.rank("货怎么还没送到")
    assert ranking[0][0] == "late"
    assert sum(p for _label, p in ranking) == pytest.approx(1)
    assert [p for _label, p in ranking] == sorted((p for _label, p in ranking), reverse=True)


def test_what_is_decided_by_hand_is_never_sure(trained):
    assert trained.is_sure("late", 1.0)
    assert not trained.is_sure("rude", 1.0)


def test_it_is_the_same_after_being_stored(trained):
    again = classifier.load(classifier.dump(trained))
    assert again.rank(TEXTS[0]) == trained.rank(TEXTS[0])
    assert again.scores == trained.scores


def test_training_is_deterministic(trained):
    assert classifier.train(TEXTS, LABELS, by_hand={"rude"}).scores == trained.scores


def test_an_unknown_label_counts_as_wrong(trained):
    scores = classifier.evaluate(trained, [TEXTS[0], "发票怎么开"], ["late", "invoice"])
    assert (scores.n, scores.accuracy) == (2, 0.5)


def test_two_labels_are_enough():
    pair = classifier.train(LATE + PAID, ["late"] * 8 + ["paid"] * 8)
    assert pair.rank(PAID[0])[0][0] == "paid"


def test_too_few_examples_are_refused():
    with pytest.raises(ValueError, match="5 examples"):
        classifier.train(TEXTS[:10], LABELS[:10])
