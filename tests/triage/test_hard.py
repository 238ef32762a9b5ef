"""What makes a text hard: sizes, what is set aside, the text without a denial."""
import pytest

from triage import hard


@pytest.mark.parametrize(("text", "size"), [("货没到", 3), ("no goods came", 4.5), ("APP打不开", 4.5), ("？！ 123", 0), ("", 0)])
def test_how_much_a_text_says(text, size):
    assert hard.size(text) == size


@pytest.mark.parametrize("text", [
    "不是货少，是货坏了", "车没迟，东西少一条", "人挺客气，就是账对不上", "我不投诉，帮我记一下", "It is not about the price", "The driver was polite but two were missing",
    "It isn’t late, it is short", "nothing wrong with the boxes", "IT’S NOT my phone", "came on time, one carton short",
])
def test_something_is_set_aside(text):
    assert hard.sets_aside(text)


@pytest.mark.parametrize("text", [
    "货到现在还没送来，晚了三天", "系统打不开，订不了货", "卡上多扣了两百块钱", "My delivery never came", "I cannot open the app", "The carton was wet and two packs were missing",
])
def test_a_plain_complaint_sets_nothing_aside(text):
    assert not hard.sets_aside(text)


def test_a_text_is_read_without_each_of_its_denials():
    assert hard.without_a_denial("货没少，钱扣多了，也没人回") == ["钱扣多了，也没人回", "货没少，钱扣多了"]
    assert hard.without_a_denial("货没送到") == []
    assert hard.without_a_denial("送晚了，扣多了") == []
    assert hard.without_a_denial("the van came, nothing was missing") == ["the van came"]


def test_a_turn_divides_and_a_long_text_ends():
    assert hard.clauses("polite man but he was late") == ["polite man", "he was late"]
    assert len(hard.clauses("又来了，" * 40)) == hard.MOST_CLAUSES
