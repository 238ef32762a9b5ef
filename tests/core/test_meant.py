"""Whom of the staff a text means: written, misheard, by family name and title; and plain texts that name nobody."""
from pathlib import Path

import pytest

from core.meant import Person, meant
from core.sounds import sounds_like
from triage.loader import examples

PACKS = Path(__file__).resolve().parents[2] / "packs"
SERVING = ("王建国", "李娜", "单志远", "Grace Miller")
OTHERS = ("何建平", "周敏", "汪晓东", "黄海涛", "林雨晴", "Thomas Bradley")
STAFF = [*(Person(number, name, True) for number, name in enumerate(SERVING)), *(Person(number, name) for number, name in enumerate(OTHERS, 10))]
NAME = {person.id: person.name for person in STAFF}


def whom(text, staff=STAFF):
    found = meant(text, staff)
    return {NAME[number] for number in found.ids}, {NAME[number] for number in found.perhaps}


@pytest.mark.parametrize(("text", "ids"), [
    ("王建国把货放门口就走", {"王建国"}), ("何建平从来不接电话", {"何建平"}), ("周敏说没有", {"周敏"}),  # as it is written, wherever he works
    ("王建过把货放门口就走", {"王建国"}), ("何剑萍不接电话", {"何建平"}), ("汪小东来过", {"汪晓东"}),  # misheard
    ("黄建国骂人", set()), ("善志远没来", {"单志远"}), ("山志远没来", {"单志远"}), ("林雨琴答应过", {"林雨晴"}), ("宁雨晴答应过", {"林雨晴"}), ("方海涛来查店", {"黄海涛"}),
    ("老王把货放门口就走", {"王建国"}), ("王经理不理我", {"王建国"}), ("王师傅把货放门口", {"王建国"}), ("那个姓王的又来了", {"王建国"}), ("客户经理王姐", {"王建国"}),
    ("小王经理让我换价签", {"王建国"}), ("送货的小李态度差", {"李娜"}), ("李哥没来", {"李娜"}), ("阿单说的", {"单志远"}), ("小汪没来", {"王建国"}),
    ("Grace Miller shouted at me", {"Grace Miller"}), ("I spoke to grace millar", {"Grace Miller"}), ("Mr Bradley was rude", set()),
    ("Thomas Bradley was rude", {"Thomas Bradley"}), ("Ms Miller hung up", {"Grace Miller"}), ("a wang left it outside", set()), ("Driver Wang left it outside", {"王建国"}),
    ("Wang Jianguo left it outside", {"王建国"}), ("Jianguo Wang left it outside", {"王建国"}), ("wang jian guo left it outside", {"王建国"}),
    ("I called He Jianping twice", {"何建平"}), ("Miss Li was rude", {"李娜"}),
])
def test_who_is_named(text, ids):
    assert whom(text)[0] == ids


@pytest.mark.parametrize(("text", "perhaps"), [
    ("何经理不理我", {"何建平"}), ("小周说没有", {"周敏"}), ("Mr Bradley was rude", {"Thomas Bradley"}), ("赵经理不理我", set()), ("老王没来", set()),
])
def test_a_family_name_of_somebody_who_does_not_serve_the_shop_is_a_question(text, perhaps):
    assert whom(text)[1] == perhaps


def test_where_it_is_uncertain_everybody_alike_who_serves_the_shop_is_meant():
    staff = [Person(0, "王建国", True), Person(1, "王磊", True), Person(2, "王芳"), Person(10, "汪晓东", True)]
    assert meant("老王没来", staff).ids == {0, 1}
    alike = [Person(0, "周敏", True), Person(1, "周明", True), Person(2, "邹敏"), Person(3, "周闽")]
    assert meant("周民没来", alike).ids == {0, 1}


def test_a_family_name_may_be_misheard_too():
    assert meant("小汪没来", [Person(0, "王建国", True), Person(1, "赵磊", True)]).ids == {0}
    assert meant("小汪没来", [Person(0, "王建国", True), Person(1, "汪磊", True)]).ids == {1}


@pytest.mark.parametrize("text", [
    "等了三个小时", "老师傅", "老顾客都走了", "老毛病又犯了", "小于三条", "我姓王", "店主姓王，住在城西", "小时候", "里拿了三条", "高峰期不送", "提高明年的量",
    "上次建国门那边", "王家坪小卖部", "I was in the wang shop", "He can jump", "Ping me when it is done",
])
def test_words_that_only_look_like_names(text):
    staff = [Person(number, name, True) for number, name in enumerate(("石磊", "顾平", "毛宁", "王磊", "于芳", "李娜", "高明", "时光", "何灿", "平安"))]
    assert meant(text, staff) == meant("", staff)


@pytest.mark.parametrize(("heard", "name", "alike"), [
    ("方", "黄", True), ("冯", "红", False), ("飞", "惠", True), ("胡", "福", True), ("宁", "林", True), ("曾", "真", True), ("单", "山", False), ("山", "单", True),
    ("但", "单", False), ("王", "方", False),
])
def test_family_names_that_sound_alike(heard, name, alike):
    assert sounds_like(heard, name) is alike


USUAL = [family + given for family in "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗石" for given in ("建国", "志强", "敏", "伟", "秀英", "晓东", "海燕", "静")]


@pytest.mark.parametrize("staff", [USUAL, SERVING + OTHERS], ids=["168 usual names", "few"])
def test_of_the_plain_texts_of_the_pack_one_in_a_hundred_names_somebody_at_most(staff):
    texts = [text for _leaf, text in examples(PACKS / "standard")]
    four = {number * 37 % len(staff) for number in range(4)}
    people = [Person(number, name, number in four) for number, name in enumerate(staff)]
    naming = [text for text in texts if meant(text, people).ids]
    assert len(naming) <= len(texts) / 100, naming
