"""Long texts are cut as carriers cut them, and single words mean what they mean to the provider."""
from random import Random

import pytest

from simulator.parts import cut, opting, places, scrambled, segments


@pytest.mark.parametrize(("text", "count"), [
    ("a" * 160, 1), ("a" * 161, 2), ("字" * 70, 1), ("字" * 71, 2), ("字" * 134, 2), ("字" * 135, 3), ("{" * 80, 1), ("{" * 81, 2), ("😀" * 35, 1), ("😀" * 36, 2),
    ("", 1)])
def test_segments(text, count):
    assert segments(text) == count


@pytest.mark.parametrize("text", ["少了两件货", "字" * 300, "a" * 1000, "货" * 66 + "😀" * 40, "hello there"])
def test_parts_hold_everything_and_none_is_too_long(text):
    pieces = cut(text)
    assert "".join(pieces) == text
    assert all(segments(piece) == 1 for piece in pieces)
    assert len(pieces) >= 3
    most = {"gsm": 153, "ucs2": 67}[places(text)[0]]
    assert max(sum(places(piece)[1]) for piece in pieces) <= most


def test_the_parts_of_a_long_text_are_full_but_the_last():
    assert [len(piece) for piece in cut("字" * 150)] == [67, 67, 16]
    assert [len(piece) for piece in cut("a" * 310)] == [153, 153, 4]
    assert [len(piece) for piece in cut("字" * 9)] == [3, 3, 3]


def test_two_or_more_never_stay_in_order():
    for seed in range(50):
        order = scrambled(3, Random(seed))
        assert order != [0, 1, 2]
        assert sorted(order) == [0, 1, 2]
    assert scrambled(1, Random(1)) == [0]


@pytest.mark.parametrize(("text", "wish"), [
    ("STOP", "out"), (" stop ", "out"), ("Cancel", "out"), ("END", "out"), ("quit", "out"), ("REVOKE", "out"), ("optout", "out"), ("START", "in"), ("yes", "in"),
    ("STOP it", ""), ("STOP!", ""), ("退订", ""), ("T", ""), ("", "")])
def test_only_one_word_counts_for_the_provider(text, wish):
    assert opting(text) == wish
