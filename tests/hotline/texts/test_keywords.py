"""Short messages that are a wish, and long or other ones that only look like it."""
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hotline.texts import keywords
from hotline.texts.keywords import Wish
from hotline.texts.plain import folded_all
from retailers import stopping

PACK = Path(__file__).parents[3] / "packs" / "standard" / "hotline.yaml"
LISTS = yaml.safe_load(PACK.read_text(encoding="utf-8"))["texts"]
WORDS = {code: folded_all(str(word) for word in words) for code, words in LISTS.items()}


@pytest.fixture(scope="module")
def number():
    from datetime import date

    from tickets import case_number
    return case_number.make(date(2026, 11, 22), lambda most: 4831)


@pytest.mark.parametrize("text", ["进度", "查进度", "进度？", "STATUS", "status", "Status.", "ｓｔａｔｕｓ", "progress", "请查一下进度", "怎么样了", "any news?",
                                  "What's the status?", "处理得怎么样了", "查询进度，谢谢", "有结果了吗"])
def test_how_far_is_it(text):
    assert keywords.read(text, WORDS) == Wish("progress")


@pytest.mark.parametrize("text", ["帮助", "HELP", "help!", "怎么用", "转人工", "how does this work?"])
def test_help(text):
    assert keywords.read(text, WORDS) == Wish("help")


@pytest.mark.parametrize("text", ["撤诉", "WITHDRAW", "我要撤诉", "withdraw my complaint please", "不投诉了"])
def test_withdrawal(text):
    assert keywords.read(text, WORDS) == Wish("withdraw")


@pytest.mark.parametrize(("form", "kind"), [("{}", "progress"), ("进度 {}", "progress"), ("{} 进度", "progress"), ("查进度：{}", "progress"), ("status {}", "progress"),
                                            ("STATUS no. {}", "progress"), ("撤诉{}", "withdraw"), ("withdraw {}", "withdraw"), ("编号{}进度", "progress")])
def test_a_case_number_may_stand_beside_it(number, form, kind):
    from tickets import case_number
    for written in (number, case_number.show(number)):
        assert keywords.read(form.format(written), WORDS) == Wish(kind, number)


@pytest.mark.parametrize("text", [
    "货没到", "进度太慢了，我要投诉", "你们的系统进度条卡住了", "the status of my order is wrong in the app", "help me the driver hit my door", "不撤诉，继续投诉", "I will not withdraw",
    "withdraw the stale goods from my shop", "取消订单", "CANCEL", "STOP", "END", "2611180732", "", "5", "撤诉是不可能的", "电话打不通没人接一直占线",
])
def test_what_only_looks_like_a_wish_is_none(text):
    assert keywords.read(text, WORDS) is None


@pytest.mark.parametrize(("text", "expected"), [("9", True), ("９", True), (" 9 ", True), ("9。", True), ("99", False), ("9条", False), ("九", False), ("", False),
                                              ("是", True), ("对。", True), ("确认", True), ("YES", True), ("ok", True), ("不是", False), ("是昨天的货", False)])
def test_a_withdrawal_is_confirmed_by_nine_or_a_word_alone(text, expected):
    assert keywords.confirms(text) is expected


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    found = keywords.read(text, WORDS)
    assert found is None or found.kind in keywords.WISHES


def test_no_word_stands_for_two_wishes_or_for_a_wish_and_an_opt_out():
    assert not [word for kind in keywords.WISHES for word in LISTS[kind] if stopping.stops(word) or stopping.starts(word)]
    kinds = [WORDS[kind] for kind in (*keywords.WISHES, "hello", "thanks")]
    for place, one in enumerate(kinds):
        for other in kinds[place + 1:]:
            assert not one & other


def test_every_word_of_the_pack_is_a_text_and_stands_once():
    assert LISTS.keys() == {"progress", "urge", "help", "withdraw", "hello", "thanks", "anew", "common", "goes_on", "unsolved"}
    for code, words in LISTS.items():
        assert all(isinstance(word, str) for word in words), f"{code}: a word such as yes or 123 must be quoted"
        assert len(words) == len(set(words)), code


@pytest.mark.parametrize("text", ["催", "催一下", "请催一下，谢谢", "快点！", "怎么还没处理", "Hurry up", "please hurry", "Still waiting", "no answer yet"])
def test_haste(text):
    assert keywords.read(text, WORDS) == Wish("urge")
