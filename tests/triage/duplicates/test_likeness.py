"""Two contacts: the same matter or not, on pairs that several hands wrote for it."""
import json
from pathlib import Path

import pytest

from triage.duplicates import names, told
from triage.duplicates.likeness import REASONS, features, judge
from triage.duplicates.swapped import in_order, swapped
from triage.duplicates.threshold import THRESHOLD
from triage.duplicates.weights import WEIGHTS
from triage.loader import vocabulary

ROWS = [json.loads(line) for line in (Path(__file__).parent / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
LISTED = vocabulary(Path(__file__).parents[3] / "packs" / "standard")
LATE = "昨天该送的货到现在还没到，店里空了"


def likeness(first, second, minutes=60):
    return judge(told.read(first, "web", vocabulary=LISTED), told.read(second, "phone", vocabulary=LISTED), minutes)


@pytest.fixture(scope="module")
def judged(pack_model):
    return [(judge(*(told.undecided(row[side], row[f"channel_{side}"], pack_model, LISTED) for side in "ab"), row["minutes_apart"]).score >= THRESHOLD.default,
             row["same_matter"], row["lang"]) for row in ROWS]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_most_are_found_and_most_found_are_right(judged, lang):
    said, same = zip(*((said, same) for said, same, spoken in judged if spoken == lang), strict=True)
    right = sum(one and other for one, other in zip(said, same, strict=True))
    assert right / sum(same) >= 0.75
    assert right / sum(said) >= 0.68


def test_a_product_is_one_however_it_is_written_and_only_as_a_whole_word():
    listed = names.spellings([("软中华", "Soft Zhonghua"), ("中华", "Zhonghua"), ("红梅", "Plum")])
    assert names.goods("软中华少了两条", listed) == names.goods("two cartons of soft zhonghua are missing", listed) == {"软中华"}
    assert names.goods("a ſword", names.spellings([("", " "), ("剑", "Sword")])) == {"ſword"}  # a letter that is another one in capitals only
    assert names.goods("a plumber came", listed) == names.goods("软中华少了两条", {}) == frozenset()


def test_wording_alone_would_not_do():
    again, retold = likeness(LATE, LATE, 7 * 1440), likeness(LATE, "喂你好我那个货说好礼拜几送的嘛怎么还没来啊店里都没东西卖了")
    assert again.score < THRESHOLD.default < retold.score


@pytest.mark.parametrize(("less", "more"), [
    ("订单2611180432少了一条", "订单2611180999少了一条"), ("昨天少了一条", "前天少了一条"), ("利群少了一条", "玉溪少了一条"),
    ("多扣了320元", "多扣了580元"), ("送货员小李骂人", "送货员小王骂人")])
def test_another_number_day_product_amount_or_person_speaks_against_it(less, more):
    assert likeness(less, less).score > likeness(less, more).score


@pytest.mark.parametrize(("first", "second", "expected"), [
    ("周二的货到下午五点还没送来，店里断货了", "周四的货到下午五点还没送来，店里断货了", True),
    ("the kiosk at 18 Mill Road sells fakes", "the kiosk at 81 Mill Road sells fakes", True),
    ("周二的货到下午五点还没送来", "周二的货到下午五点还没送来", False),
    ("周二的货到下午五点还没送来", "周二的货到下午五点还没送来，第二次说了", False),
    ("周二的货到下午五点还没送来", "周二的或到下午五点还没送来", False),  # misheard
    ("货还没到，店里断货了，催一下", "周一的货到现在没到，店里断货了", False),  # told again in nearly the same words
    ("the van is still not here and my shelves are empty", "the van is again not here and my shelves are empty", False),
    ("周二的货没送来", "我想改一下送货的时间", False), ("", "", False)])
def test_the_same_sentence_with_another_word_in_its_place(first, second, expected):
    assert swapped(in_order(first), in_order(second)) is expected


@pytest.mark.parametrize(("written", "heard"), [("扣款不对", "扣宽不对"), ("搭售新品", "打手新品"), ("紧俏订不到", "紧翘订不到")])
def test_a_misheard_word_is_the_same_word(written, heard):
    assert told.read(written, vocabulary=LISTED).subjects == told.read(heard, vocabulary=LISTED).subjects != frozenset()


@pytest.mark.parametrize(("text", "field", "wanted"), [
    ("单号5540217少两条", "orders", {"5540217"}), ("尾号零零八八", "orders", {"0088"}), ("note 77120", "orders", {"77120"}), ("error E17", "orders", {"E17"}),
    ("多扣了三百二", "money", {320}), ("took eighteen hundred and forty", "money", {1840}), ("¥1,860.00", "money", {1860}),
    ("十五条", "counts", {(15, "carton")}), ("two cartons", "counts", {(2, "carton")}), ("等了四十分钟", "counts", {(40, "minute")}),
    ("软中华五条", "goods", {"软中华"}), ("my Blue Harbour cartons", "goods", {"blue harbour"}),
    ("送货的小李", "people", {"李"}), ("找王经理", "people", {"王"}), ("driver Mr Cole", "people", {"cole"})])
def test_facts(text, field, wanted):
    assert getattr(told.read(text, vocabulary=LISTED), field) == wanted


def test_an_amount_may_be_the_difference_of_two():
    assert "same_amount" in dict(likeness("应扣3200元，实扣3520元", "多扣我三百二").reasons)


def test_reasons_tell_what_they_rest_on():
    assert dict(likeness("订单2611180432没到", "尾号0432的还没来").reasons)["same_order"]
    assert dict(likeness("利群少了一条", "玉溪少了一条").reasons)["other_goods"] == "利群 / 玉溪"


def test_an_unknown_category_is_no_reason():
    assert "leaves" not in dict(likeness(LATE, LATE).reasons)
    assert "leaves" in dict(judge(*(told.read(LATE, leaves=[("DLV.LATE", 0.9)]) for _contact in range(2)), 60).reasons)


def test_every_feature_has_a_weight_and_every_reason_is_a_feature():
    assert set(features(told.read("a"), told.read("b"), 1)) == set(WEIGHTS)
    assert REASONS <= set(WEIGHTS)


def test_the_pairs_are_many_and_of_both_languages():
    assert len(ROWS) >= 2000
    assert {row["lang"] for row in ROWS} == {"zh", "en"}
    assert {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"} <= {row["family"] for row in ROWS}, "hands"
