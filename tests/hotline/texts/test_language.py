"""The language of a text by its characters."""
import pytest

from hotline.texts import language


@pytest.mark.parametrize(("text", "expected"), [
    ("货还没到", "zh"), ("The goods have not come", "en"), ("order 2611180732 货没到", "zh"), ("The goods of 老街口 have not come to my shop", "en"),
    ("貨還沒有到", "zh"), ("STATUS", "en"), ("进度", "zh"), ("POS机坏了", "zh"), ("ok", "en"),
])
def test_the_language_is_that_of_most_words(text, expected):
    assert language.of(text) == expected


@pytest.mark.parametrize("text", ["9", "61122 4831 7", "", "!!!", "👍"])
@pytest.mark.parametrize("usual", ["zh", "en"])
def test_digits_and_signs_are_in_the_usual_language(text, usual):
    assert language.of(text, usual) == usual
