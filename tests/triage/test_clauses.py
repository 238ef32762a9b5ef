"""Cutting a text into pieces: marks, turns, voices that draw no breath; nothing is lost and nothing is added."""
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.clauses import LONGEST, MOST_PIECES, joined, pieces

CASES = [
    ("扣款多扣了200元。另外，上周三的货到今天没来", ["扣款多扣了200元。", "另外，上周三的货到今天没来"]),
    ("货晚到了一天，而且少了两条", ["货晚到了一天，", "而且少了两条"]),
    ("货到得太晚 送货的还骂人", ["货到得太晚", "送货的还骂人"]),
    ("The van was two days late and the driver shouted at me", ["The van was two days late", "and the driver shouted at me"]),
    ("I lost 1,500 yuan", ["I lost 1,500 yuan"]),
    ("One carton is missing. Also, nobody answers.", ["One carton is missing.", "Also, nobody answers."]),
    ("", []),
    ("好", ["好"]),
]
WORDS = st.lists(st.sampled_from(["货", "晚了", "还有", "，", "。", " ", "the van", " and ", "driver", ", ", "扣了两次", "另外", "!", "3.5", "\n"]), max_size=60).map("".join)


@pytest.mark.parametrize(("text", "cut"), CASES)
def test_where_it_is_cut(text, cut):
    assert pieces(text) == cut


def test_a_voice_that_draws_no_breath_is_cut_between_words():
    text = "送货的拖到晚上才来那个小伙子态度差得很扔下就走我跟他说话理都不理"
    found = pieces(text)
    assert len(found) > 1
    assert "".join(found) == text
    assert max(map(len, found)) <= LONGEST + 4  # a word is never cut


@given(WORDS)
def test_nothing_is_lost_and_nothing_added(text):
    found = pieces(text)
    assert len(found) <= MOST_PIECES
    assert re.sub(r"\s", "", joined(found) if found else "") == re.sub(r"\s", "", text)
