"""One spelling: what is folded, and that the way back to what was typed is kept."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spelling import fold


@pytest.mark.parametrize(("typed", "plain"), [
    ("５分", "5分"), ("⑤", "5"), ("❺", "5"), ("5️⃣", "5"), ("滿意，謝謝", "满意,谢谢"), ("STOP！", "stop!"), ("ＴＤ", "td"), ("伍", "五"), ("5👍", "5 "),
    ("★★★★☆", "⭐⭐⭐⭐ "), ("⭐️⭐️", "⭐⭐"), ("don’t", "don't"), ("5…", "5..."), ("a\u200bb", "ab"), ("", "")])
def test_what_is_folded(typed, plain):
    assert fold(typed).text == plain


@pytest.mark.parametrize(("typed", "end", "rest"), [("5️⃣ 滿意", 1, " 滿意"), ("５…好", 4, "好"), ("１ 沒來", 2, "沒來"), ("5", 1, "")])
def test_the_rest_is_what_was_typed(typed, end, rest):
    assert fold(typed).rest(end).lstrip("\ufe0f\u20e3") == rest


@given(st.text())
def test_any_text_folds_and_every_character_knows_its_place(typed):
    folded = fold(typed)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= at < len(typed) for at in folded.origin)
