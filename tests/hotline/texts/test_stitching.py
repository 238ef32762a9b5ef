"""Pieces of long texts: which belong together, in which order, until when one is waited for."""
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.texts import stitching
from hotline.texts.plain import folded, folded_all
from hotline.texts.stitching import Part, Rules

T0 = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
COMMANDS = folded_all(["STOP", "START", "进度", "退订"])
RULES = Rules(timedelta(seconds=90), timedelta(seconds=4), lambda text: folded(text) in COMMANDS, ("另外", "还有一件", "another"))
LONG = "星期二该送的货到今天还没有送来，我打了三次电话都说在路上，可是一直没有人来，店里的货架已经空了两天，客人都去别家买了，这个损失谁来赔我"
LONG2 = "，司机说他的车坏在半路上，要等修好才能来，可是隔壁老王家昨天就收到货了，用的还是同一辆车，你们这样区别对待让我们小店怎么做生意，请给我一"
TAIL = "个说法，谢谢。"


def arrived(*texts, gap=1.0):
    """Parts that come `gap` seconds after one another, or at the second named beside them."""
    told = [text if isinstance(text, tuple) else (place * gap, text) for place, text in enumerate(texts)]
    return [Part(number, text, T0 + timedelta(seconds=second)) for number, (second, text) in enumerate(told, 1)]


def texts(*parts, **more):
    return [group.text for group in stitching.gather(arrived(*parts, **more), RULES)]


def waits(*parts) -> float:
    """How long after the last of them the only group is waited for."""
    (group,) = stitching.gather(arrived(*parts), RULES)
    return (group.until - max(part.at for part in group.parts)).total_seconds()


def test_the_examples_are_as_long_as_they_must_be():
    assert 60 <= len(LONG) <= 70
    assert 60 <= len(LONG2) <= 70


@pytest.mark.parametrize("text", ["货没到", "The goods have not come.", "货没到" * 10, "", "👍", "1/2的货没到，还有二分之一破了"[2:]])
def test_a_text_that_misses_nothing_waits_only_for_the_others_of_its_moment(text):
    assert waits(text) == 4


@pytest.mark.parametrize("text", [LONG, "(1/3) 货没到", "2/3 而且司机态度不好", "【1/2】货没到", "货没到（1/2）", "a" * 153, "货" * 67, "货" * 134, "word " * 31])
def test_a_text_of_which_a_piece_may_be_missing_waits_the_window(text):
    assert waits(text) == 90


@pytest.mark.parametrize("text", ["3/5", "5/5", "(1/2)", "1/20 的货", "13/11 送的货没到", "0/3 货", "4/2 货", "货" * 80, "a" * 200])
def test_what_is_no_marker_and_no_segment_does_not_wait(text):
    assert waits(text) == 4


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_three_pieces_in_any_order_are_one_text(order):
    pieces = (LONG, LONG2, TAIL)
    assert texts(*(pieces[place] for place in order)) == [LONG + LONG2 + TAIL]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("marks", ["({}/{}) ", "【{}/{}】", "{}/{} ", "（{}/{}）"])
def test_markers_give_the_order(order, marks):
    pieces = [marks.format(number, 2) + words for number, words in enumerate(("货没到，", "还少了两条"), 1)]
    assert texts(*(pieces[place] for place in order), gap=20) == ["货没到，还少了两条"]


def test_a_complete_text_waits_only_a_moment_more():
    assert waits(LONG, TAIL) == 4
    assert waits("(2/2) 还少了两条", "(1/2) 货没到，") == 4


def test_what_is_asked_for_ends_the_waiting_for_what_was_written_before():
    long, asked = stitching.gather(arrived((0, LONG), (20, "进度")), RULES)
    assert (long.until, asked.until) == (T0 + timedelta(seconds=20), T0 + timedelta(seconds=24))


def test_what_is_written_after_it_is_waited_for():
    asked, long = stitching.gather(arrived((0, "进度"), (20, LONG)), RULES)
    assert long.until == T0 + timedelta(seconds=110)


def test_waiting_has_an_end_however_much_comes():
    many = arrived(*("货" * 67 + str(number) for number in range(9)), gap=60)
    assert max(group.until - group.first.at for group in stitching.gather(many, RULES)) <= timedelta(seconds=180)


@pytest.mark.parametrize(("one", "other", "gap"), [
    ("货没到", "另外上次扣款也错了", 20), ("货没到", "另外上次扣款也错了", 2), ("货没到", "上次扣款也错了", 20), (LONG, LONG2, 200), ("进度", "货没到", 2),
    (LONG, "STOP", 5), ("STOP", "START", 2), ("5", "4", 2), (LONG[:64] + "。", "另外上次扣款也错了", 5), ("(1/2) 货没到", "(2/3) 少两条", 2), ("(1/2) 货没到", "少两条", 2),
])
def test_different_texts_stay_apart(one, other, gap):
    assert texts(one, other, gap=gap) == [one, other]


@pytest.mark.parametrize(("pieces", "expected"), [
    (("我的货没到", "已经三天了"), "我的货没到\n已经三天了"),
    ((LONG, LONG, TAIL), LONG + TAIL),
    ((LONG2, LONG), LONG + LONG2),
    (("(2/2) did not come", "(1/2) the goods"), "the goods did not come"),
    (("a" * 152 + ".", "Please help"), "a" * 152 + ". Please help"),
    (("a" * 153, "bc"), "a" * 153 + "bc"),
])
def test_how_pieces_are_put_together(pieces, expected):
    assert texts(*pieces) == [expected]


def test_the_place_that_a_carrier_tells_goes_before_all_guessing():
    told = [Part(number, text, T0 + timedelta(seconds=number), (place, 3)) for number, (place, text) in enumerate([(3, "一"), (1, "一"), (2, "二 (1/2) ")], 1)]
    (group,) = stitching.gather(told, RULES)
    assert group.text == "一二 (1/2) 一"
    assert not group.unfinished


def group_of(*parts):
    return stitching.gather(arrived(*parts), RULES)[0]


def later(text, group, seconds):
    return Part(99, text, group.until + timedelta(seconds=seconds))


@pytest.mark.parametrize(("before", "text", "seconds", "expected"), [
    ((LONG, TAIL), LONG2, 10, True), ((LONG,), TAIL, 80, True), ((LONG,), TAIL, 100, False), (("(1/3) 货没到", "(3/3) 谢谢"), "(2/3) 少两条", 30, True),
    (("货没到",), "另外上次扣款也错了", 20, False), (("货没到",), "已经三天了", 20, False), ((LONG,), "STOP", 20, False),
    (("(1/3) 货没到",), "(1/2) 货没到呀", 20, False),
])
def test_a_piece_that_comes_late_still_belongs_to_the_others(before, text, seconds, expected):
    group = group_of(*before)
    assert stitching.comes_late(later(text, group, seconds), group, RULES) is expected


@pytest.mark.parametrize(("text", "seconds", "expected"), [("货没到", 20, True), ("货没到", 100, False), ("货没到！", 20, False)])
def test_the_same_words_again_are_a_repeat_for_a_while(text, seconds, expected):
    group = group_of("货没到")
    assert stitching.repeats(later(text, group, seconds), group, RULES) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(-2, True), (20, False)])
def test_a_wish_that_was_answered_may_be_wished_again(seconds, expected):
    group = group_of("STOP")
    assert stitching.repeats(later("STOP", group, seconds), group, RULES) is expected


CHARACTERS = st.text(st.sampled_from("货没到还少了两条，。！abc XYZ123（）/"), min_size=1, max_size=80)
TOTALS = st.integers(2, 9)


@st.composite
def marked(draw):
    """A text cut into marked pieces, and those pieces shuffled, some of them twice."""
    pieces = draw(st.lists(CHARACTERS.filter(lambda text: text.strip()), min_size=2, max_size=9))
    form = draw(st.sampled_from(["({}/{}) {}", "【{}/{}】 {}", "（{}/{}） {}"]))
    told = [form.format(number, len(pieces), piece) for number, piece in enumerate(pieces, 1)]
    again = draw(st.lists(st.sampled_from(told), max_size=4))
    return "".join(pieces), draw(st.permutations(told + again))


def bare(text):
    """Without white space: where a piece ended in the middle of a line nobody can know whether there was some."""
    return "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(marked(), st.floats(0.1, 5))
def test_any_order_with_any_repeats_gives_the_text(case, gap):
    text, told = case
    (group,) = stitching.gather(arrived(*told, gap=gap), RULES)
    assert bare(group.text) == bare(text)
    assert len(group.parts) + len(group.repeats) == len(told)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 600), st.one_of(CHARACTERS, st.sampled_from([LONG, LONG2, TAIL, "STOP", "(1/2) 货", "(2/2) 没到"]))), min_size=1, max_size=12))
def test_nothing_is_lost_and_nothing_is_there_twice(told):
    parts = arrived(*sorted(told, key=lambda item: item[0]))
    groups = stitching.gather(parts, RULES)
    kept = [part for group in groups for part in (*group.parts, *group.repeats)]
    assert sorted(part.id for part in kept) == sorted(part.id for part in parts)
    for group in groups:
        assert all(any(part.text == again.text for part in group.parts) for again in group.repeats)
        assert all(bare(part.body) in bare(group.text) for part in group.parts)
        assert group.until >= group.first.at


@given(st.text(max_size=400))
def test_any_text_can_be_a_part(text):
    (group,) = stitching.gather([Part(1, text, T0)], RULES)
    assert group.text == text
