"""What is marked in a transcript: unsure words, amounts, denials, names, mishearings; and what stays in peace."""
import pytest

from hotline.transcripts.amounts import amounts
from hotline.transcripts.dictionary import proposals
from hotline.transcripts.figures import in_figures
from hotline.transcripts.marks import marks_of
from core.names import names
from core.sounds import sounds_like
from hotline.transcripts.negations import negations
from hotline.transcripts.turns import Turn, Word

STAFF = ("何建平", "周敏", "林浩", "Grace Miller")


def cut(text, spans):
    return [text[start:end] for start, end, *_more in spans]


@pytest.mark.parametrize(("text", "found"), [
    ("一次三千八百六，一次也是", ["三千八百六"]), ("扣了3,860元", ["3,860元"]), ("多扣了120块钱", ["120块钱"]), ("¥38.50", ["¥38.50"]), ("少了两条", ["两条"]),
    ("少了十二箱零三条", ["十二箱零", "三条"]), ("一共五百八", ["五百八"]), ("大概两万多", ["两万"]), ("一块五", ["一块五"]), ("半箱都湿了", ["半箱"]), ("38.5 块", ["38.5 块"]),
    ("这是一件事", []), ("收到一条短信", []), ("我们一块儿去", []), ("十分着急", []), ("昨天中午12:30", []), ("我的订单号是2611190114", []), ("没有一条意见", []),
    ("two cartons are missing", ["two cartons"]), ("It is $38.50 too much", ["$38.50"]), ("three thousand eight hundred yuan", ["three thousand eight hundred yuan"]),
    ("you took twenty-five boxes", ["twenty-five boxes"]), ("I called on one Monday", []), ("they are nice people", []),
])
def test_amounts(text, found):
    assert cut(text, amounts(text)) == found


@pytest.mark.parametrize(("text", "found"), [
    ("我没有收到短信", ["没有"]), ("货不给我", ["不给"]), ("别再送了", ["别"]), ("他从来没来过", ["从来没"]), ("还没到", ["没"]), ("无法登录", ["无法"]), ("未签收", ["未"]),
    ("是不是少了", []), ("有没有人管", []), ("对不起", []), ("不好意思，差不多", []), ("特别着急", []), ("别人都有", []), ("没关系", []), ("未来几天", []), ("非常急", []),
    ("not delivered", ["not"]), ("I didn't sign", ["didn't"]), ("I cannot order, never could", ["cannot", "never"]), ("no problem", []), ("order no 7", []), ("nothing came", ["nothing"]),
    ("I know nobody there", ["nobody"]),
])
def test_negations(text, found):
    assert cut(text, negations(text)) == found


@pytest.mark.parametrize(("heard", "name", "alike"), [
    ("何建萍", "何建平", True), ("何剑凭", "何建平", True), ("周明", "周敏", True), ("林好", "林浩", True), ("宁浩", "林浩", True), ("张三", "章珊", True),
    ("单永", "单勇", True), ("山勇", "单勇", True),
    ("母亲不", "穆清和", False), ("说明原", "岳明远", False), ("何建明", "何建平", False), ("李浩", "林浩", False), ("何建", "何建平", False),
])
def test_chinese_names_that_sound_alike(heard, name, alike):
    assert sounds_like(heard, name) is alike


@pytest.mark.parametrize(("text", "found"), [
    ("我打给何建萍，她说叫我等", [("何建萍", ("何建平",))]), ("找周敏", [("周敏", ("周敏",))]), ("何经理说的", [("何经理", ("何建平",))]), ("小林送的货", [("小林", ("林浩",))]),
    ("货还没到", []), ("I spoke to Grace Millar", [("Grace Millar", ("Grace Miller",))]), ("I spoke to grace miller", [("grace miller", ("Grace Miller",))]),
    ("Mr Jones told me", [("Mr Jones", ())]), ("It was a grey mirror", []),
])
def test_names(text, found):
    assert [(text[one.start:one.end], one.people) for one in names(text, STAFF)] == found


@pytest.mark.parametrize(("said", "figures"), [
    ("三千八百六", "3860元"), ("三千八百零六元", "3806元"), ("三千八百六十五块钱", "3865块钱"), ("两条", "2条"), ("十二箱", "12箱"), ("一百二十件", "120件"), ("五百八", "580元"),
    ("两万", "20000元"), ("一万五", "15000元"), ("两万零五百元", "20500元"), ("一块五", "1.5元"), ("二十", None), ("3860元", None), ("千百", None), ("三三", None), ("半箱", None), ("两千来块", None),
    ("twenty boxes", None),
])
def test_spoken_numbers_in_figures(said, figures):
    assert in_figures(said) == figures


DICTIONARY = {"井窍": ("紧俏",), "打手": ("搭售",), "线量": ("限量",), "debated twice": ("debited twice",), "烧一条": ("少一条",)}


@pytest.mark.parametrize(("text", "found"), [
    ("井窍的货", [("井窍", ("紧俏",))]), ("I was Debated Twice", [("Debated Twice", ("debited twice",))]), ("they debated twicely", []), ("紧俏的货", []),
])
def test_dictionary(text, found):
    assert [(text[start:end], meant) for start, end, meant in proposals(text, DICTIONARY)] == found


def test_what_is_meant_is_not_proposed_where_it_stands_already():
    assert list(proposals("复合扣款", {"扣": ("扣款",)})) == []


def marks(*turns, sure=0.85):
    return [(mark.turn, mark.text, mark.why, mark.proposed) for mark in marks_of(turns, STAFF, DICTIONARY, sure)]


def test_only_the_callers_words_are_marked():
    assert marks(Turn("扣了3860元？", "staff"), Turn("不是", "caller")) == [(1, "不是", ("negation",), ())]
    assert [mark[0] for mark in marks(Turn("扣了两条"), Turn("没有"))] == [0, 1]


def test_unsure_words_next_to_each_other_are_one_mark():
    words = (Word("我", 0.9), Word("想", 0.5), Word("问", 0.6), Word("一下", 0.95), Word("啊", 0.849))
    assert marks(Turn("我想问一下啊", words=words)) == [(0, "想问", ("unsure",), ()), (0, "啊", ("unsure",), ())]
    assert marks_of([Turn("我想问一下啊", words=words)], (), {}, 0.85)[0].confidence == 0.5
    assert marks(Turn("我想问一下啊", words=words), sure=0.5) == []


def test_a_turn_that_is_unsure_as_a_whole_is_marked_by_its_sentences():
    assert [mark[1] for mark in marks(Turn("我要问。货呢？", confidence=0.84))] == ["我要问。", "货呢？"]
    assert marks(Turn("我要问。", confidence=0.85)) == []


def test_overlapping_marks_become_one_and_lift_their_proposals():
    found = marks(Turn("我打给何建萍了", words=(Word("给何", 0.6),)))
    assert found == [(0, "给何建萍", ("unsure", "name"), ("给何建平",))]
    assert marks(Turn("井窍的货没有", confidence=0.3))[0] == (0, "井窍的货没有", ("unsure", "negation", "dictionary"), ("紧俏的货没有",))


def test_a_word_that_a_provider_spelt_otherwise_is_passed_over():
    assert marks(Turn("扣了 38 次", words=(Word("三十八", 0.2), Word("次", 0.3)))) == [(0, "次", ("unsure",), ())]


def test_marks_stand_in_order_and_do_not_overlap():
    found = marks_of([Turn("何建萍没有给我打手的三千八百六，别的没说", confidence=None)], STAFF, DICTIONARY, 0.85)
    assert [mark.text for mark in found] == ["何建萍", "没有", "打手", "三千八百六", "没"]
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
