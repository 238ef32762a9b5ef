"""What a reply to a survey says: tables, and a set of replies written before the rules (see replies.md)."""
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retailers.stopping import stops
from satisfaction.reading import Reading, read

REPLIES = [json.loads(line) for line in (Path(__file__).parent / "replies.jsonl").read_text(encoding="utf-8").splitlines()]

SCORES = {
    5: "5 ５ 五 五。 5分 5分! ５分，辛苦 五分好评 五星 5颗星 ⑤ 5️⃣ ⭐⭐⭐⭐⭐ 5👍 👍5 (5) 【5】 5.0 5/5 5谢谢 5辛苦了 5没有问题 给5分 給你們5分 打五星 评分：5 满分 必须5分 服务5分 "
       "按错了，5 非常满意 很满意 满意极了 非常非常满意 很满意很满意 百分百满意 非常滿意 对处理非常满意 我很满意 谢谢！非常满意！ 送货快，态度好，5星 师傅很好，5分 你们的服务我给5分",
    4: "4 四 4分 ⭐⭐⭐⭐ ★★★★☆ 4/5 四星 满意 滿意 满意！！ 满意的 满意谢谢 比较满意 挺满意的 对结果满意 总体满意 问题解决了，满意 满意👍",
    3: "3 三 3分 一般 一般吧 一般般 很一般 服务一般 一般，送货老晚 基本满意",
    2: "2 二 两分 2分 2太慢 不满意 不太满意 不是很满意 不怎么满意 不滿意 谈不上满意 有点不满意 对服务不太满意 处理太慢了，不满意",
    1: "1 一 一星 1分 1没解决 1到现在没人来 很不满意 非常不满意 太不满意了 一点都不满意 完全不满意 还没解决，很不满意 等了半个月，非常不满意 电话不接，1分",
}
ENGLISH = {
    5: ["five", "5 stars", "five stars!", "5, thanks", "5thx", "5 from me", "5 out of five", "I'd give it a 5", "Score: 5", "very satisfied", "VERY SATISFIED!", "very satisfy",
        "problem solved, very satisfied", "Great service, 5 stars", "ok 5 stars", "5 because he came at once"],
    4: ["four.", "4 out of 5", "4 good but slow", "satisfied", "I'm satisfied with the answer", "sorry i meant 4"],
    3: ["three", "3 it was ok", "neutral", "average", "so-so"],
    2: ["2 too slow", "2 - rude driver", "not satisfied", "dissatisfied", "unsatisfied", "not really satisfied", "late again, not satisfied"],
    1: ["one star", "1 still waiting", "1. Nobody has called me back.", "1 for the service", "very dissatisfied", "not satisfied at all", "Terrible, 1 star"],
}
NO_SCORES = (
    "45 12345 0 6 10 05 55 555 666 5点 5點 5点半到 5:30到 5：30 5条货还没来 5條 ５条还没到 3箱没到 2瓶破了 5号送 5月 5.20 4月份扣款不对 第5次打电话 5个人 3天了还没到 1小时了没人接 5分钟 5分钱都没退 "
    "3次了 2百块没到账 1万多 5折 1星期了 5楼 4S店 3Q 2、3天没来货 3-5天 3到5天 3~5条 5.5 4.5分 4-5分 4/10 1/3 3/4 5% -5 +5 #5 5? 5？ 5分吗 能给5分吗 100分 十分 零分 负分 不给分 扣5分 扣我5分 信用扣了5分 "
    "一直没人来 一般都是周五送 一般周几送 一个人都没来 一条都没到 一点消息都没有 一分钱没退 一分都不给 三番五次打电话 五一送不送货 五条没到 二手车 两条货破了 四点 "
    "满意？才怪 满意个屁 满意吗 怎么可能满意 你们满意了吧 满意的答复呢 满意度调查是什么 没什么不满意的 不满意怎么办 还满意吗 还行 还可以 不错 挺好的 好评 差评 1-5是什么意思 1是满意还是5是满意 "
    "如果今天到就给5分 说给5分，哪来的5分 送到了再给5分 送来的5条有2条是破的 打5个电话 再要5条 我5点去 订单5 就5条").split(" ") + [
    "5 条货还没来", "2 瓶破了", "3 天了还没到", "3 4天没来了", "1 2 3 4 5", "1. 货没到 2. 扣款错了", "1、少两条 2、破一条", "5 boxes missing", "2 cartons broken", "3 days and no delivery", "1 of 5 boxes broken",
    "order 5", "order 5 is missing", "5 o'clock", "5pm and still nothing", "5 pm", "5 more cartons please", "one carton is missing", "two boxes broken", "one more thing", "5th call today", "5 or 6 days",
    "call me at 5", "are you satisfied now?", "satisfied? no way", "I will be satisfied when the goods come", "how can i be satisfied", "2nd time", "on average 3 days late", "3 still missing",
    "STOP", "ok", "谢谢", "", "   ", "???", "👍"]


@pytest.mark.parametrize(("text", "score"), [(text, score) for score, texts in SCORES.items() for text in texts.split()]
                         + [(text, score) for score, texts in ENGLISH.items() for text in texts])
def test_a_score(text, score):
    assert read(text).score == score


@pytest.mark.parametrize("text", NO_SCORES)
def test_no_score(text):
    assert read(text) == Reading()


@pytest.mark.parametrize(("text", "comment"), [
    ("5", ""), ("5 谢谢", "谢谢"), ("５，謝謝你們！", "謝謝你們！"), ("5分。师傅很好", "师傅很好"), ("1到现在没人来", "到现在没人来"), ("1 3 没解决", "没解决"), ("1. Nobody called.", "Nobody called."),
    ("满意，谢谢", "谢谢"), ("态度太差，1分", "态度太差，1分"), ("1 5天了还没到", "5天了还没到"), ("⭐⭐⭐ 一般", "一般")])
def test_the_comment_is_kept_as_it_was_typed(text, comment):
    assert read(text).comment == comment


@pytest.mark.parametrize(("text", "score", "reason"), [
    ("1 3", 1, 3), ("1,3", 1, 3), ("1，3", 1, 3), ("2、1", 2, 1), ("1 3 没解决", 1, 3), ("2 4 说话难听", 2, 4), ("1", 1, None), ("1 7", None, None), ("1 5天了还没到", 1, None),
    ("13", None, None), ("3 4 天", None, None)])
def test_a_reason_may_follow(text, score, reason):
    assert (read(text).score, read(text).reason) == (score, reason)


@pytest.mark.parametrize(("text", "grievance", "unsolved"), [
    ("1 到现在没人来", True, True), ("1，货还是没到", True, True), ("2 太慢了", True, False), ("2, rude driver", True, False), ("1 still waiting", True, True), ("1. Nobody has called", True, True),
    ("5 谢谢", False, False), ("5，没问题", False, False), ("4 不错", False, False), ("5 no problem", False, False), ("1", False, False), ("5 但是另外一箱还没到", True, True)])
def test_what_is_wrong_still(text, grievance, unsolved):
    reading = read(text)
    assert (reading.grievance, reading.unsolved) == (grievance, unsolved)


@pytest.mark.parametrize(("text", "bare"), [("5", True), ("5 谢谢", True), ("五", True), ("5分", False), ("⭐⭐⭐", False), ("满意", False), ("four stars", False)])
def test_a_mere_digit_is_told_from_a_score_with_its_unit(text, bare):
    assert read(text).bare is bare


def test_the_set_of_replies_is_read():
    """All of them at the time of writing; 98 in 100 must stay right whatever is changed."""
    assert len(REPLIES) > 700
    assert {row["action"] for row in REPLIES} == {"score", "optout", "complaint", "other"}
    taken = [((None, True) if stops(row["text"]) else (read(row["text"]).score, False), (row["score"], row["action"] == "optout")) for row in REPLIES]
    assert sum(got == wanted for got, wanted in taken) / len(taken) >= 0.98


@settings(max_examples=500)
@given(st.text() | st.text(alphabet="12345五一 分星条点，。,.、?满意不很谢stop⭐-:/") | st.from_regex(r"\A[1-5][ ,.]?\w{0,8}\Z"))
@example("1" * 500)
@example("非常" * 200 + "满意")
@example(" ," * 500 + "5")
def test_whatever_is_typed_is_read(text):
    reading = read(text)
    assert reading.score in (None, 1, 2, 3, 4, 5)
    assert reading.reason in (None, 1, 2, 3, 4, 5, 6)
    assert reading.comment in text
    assert reading.score is not None or reading == Reading()
