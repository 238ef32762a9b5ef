"""Locked parts and edit distance: what counts as touched, and how much of the free words was changed."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.fit import distance, reworded, touched

LAW = "您可以在60日内申请行政复议。"
PARTS = [{"free": "您好。"}, {"locked": LAW}, {"free": "感谢来信。"}, {"locked": "电话12313。"}]
WHOLE = f"您好。{LAW}感谢来信。电话12313。"


@pytest.mark.parametrize(
    "reply",
    [WHOLE, WHOLE.replace("您好", "张老板，早上好"), f"{LAW}电话12313。", f"您好。\r\n\r\n{LAW}\r\n感谢。 电话12313。再见"],
)
def test_untouched(reply):
    assert touched(PARTS, reply) == []


@pytest.mark.parametrize(
    ("reply", "changed"),
    [
        (WHOLE.replace("60", "90"), [LAW]),
        ("您好", [LAW, "电话12313。"]),
        (f"电话12313。{LAW}", ["电话12313。"]),
        (WHOLE.replace("12313", "12345"), ["电话12313。"]),
    ],
)
def test_touched(reply, changed):
    assert touched(PARTS, reply) == changed


def test_a_text_locked_twice_must_stand_twice():
    assert touched([{"locked": "A."}, {"locked": "A."}], "A. b") == ["A."]


@pytest.mark.parametrize(
    ("reply", "share"),
    [
        (WHOLE, 0.0),
        (f"您好。\n{LAW}\n感谢来信。\n电话12313。", 0.0),
        (WHOLE.replace("您好", "你好"), 1 / 8),
        (f"{LAW}电话12313。", 1.0),
        (WHOLE + "新的八个字在这里", 0.5),
    ],
)
def test_reworded(reply, share):
    assert reworded(PARTS, reply) == pytest.approx(share)


def test_an_answer_without_free_words_is_not_reworded():
    assert reworded([{"locked": LAW}], LAW) == 0.0


@pytest.mark.parametrize(
    ("a", "b", "edits"), [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("abcd", "acbd", 2), ("aaa", "aa", 1)]
)
def test_distance(a, b, edits):
    assert distance(a, b) == distance(b, a) == edits


words = st.text("abc", max_size=12)


@given(words, words, words)
def test_distance_is_a_metric(a, b, c):
    assert (distance(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= distance(a, b) <= max(len(a), len(b))
    assert distance(a, c) <= distance(a, b) + distance(b, c)
