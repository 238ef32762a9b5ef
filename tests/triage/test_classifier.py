"""The classifier on small sets: it learns, is honest about what it does not know, and survives being stored."""
from dataclasses import replace

import pytest
from scipy.special import softmax

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


def test_what_is_in_doubt_is_never_decided(trained):
    plain = trained.read("货今天还没送到，晚了三天")
    assert trained.may_decide(plain)
    assert not trained.may_decide(replace(plain, doubts=frozenset({"short"})))
    assert not trained.may_decide(replace(plain, sure=trained.threshold - 0.01))


@pytest.mark.parametrize(("text", "doubt"), [
    ("货没送", "short"), ("zzz qqq www vvv xxx", "strange"), ("这回倒不是货没送到晚了", "set_aside"),
    ("送货员骂人态度很差，这个倒不说了，卡上多扣了三百块钱", "set_aside"),
])
def test_a_hard_text_says_why(trained, text, doubt):
    assert doubt in replace(trained, threshold=0.0).read(text).doubts


def test_the_two_views_are_heard_apart(trained):
    """Where they differ, the less sure one counts."""
    reading = trained.read("货今天还没送到，晚了三天")
    each = [softmax(view.margins(["货今天还没送到，晚了三天"])[0] / view.temperature).max() for view in trained.views]
    assert reading.sure == pytest.approx(min(each))


def test_it_tells_what_was_taken_for_what(trained):
    assert {label: sum(taken.values()) for label, taken in trained.confusion.items()} == {"late": 8, "paid": 8, "rude": 8}
    right = sum(taken.get(label, 0) for label, taken in trained.confusion.items())
    assert right / 24 == pytest.approx(trained.scores.accuracy)


def test_english_alone_is_enough():
    late, paid = [f"the goods did not come again on day {n}" for n in range(6)], [f"you took money twice from my card, {n}00" for n in range(6)]
    assert classifier.train(late + paid, ["late"] * 6 + ["paid"] * 6).rank("took money from the card twice")[0][0] == "paid"


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
