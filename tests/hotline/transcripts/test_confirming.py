"""Decisions put into the words: places stay right, what must be decided is told from what may."""
from hotline.transcripts.confirming import beside, corrected, following, waiting, words
from hotline.transcripts.marks import Mark
from hotline.transcripts.turns import Turn

TURNS = (Turn("您好", "staff"), Turn("扣了三千六，没有井窍的货", "caller"))


def mark(start, end, why, decided=None):
    return Mark(1, start, end, TURNS[1].text[start:end], (why,)).as_dict() | {"decided": decided}


MARKS = [mark(2, 5, "amount"), mark(6, 8, "negation"), mark(8, 10, "dictionary")]


def decided(*texts):
    return [one | {"decided": text} for one, text in zip(MARKS, texts, strict=True)]


def test_what_must_be_decided():
    assert waiting(MARKS) == [0, 1]
    assert waiting(decided("3,600 元", None, None)) == [1]
    assert waiting(decided("3,600 元", "没有", None)) == []


def test_what_stands_in_the_same_turn():
    other = mark(0, 2, "negation") | {"turn": 0}
    assert beside(MARKS, 0) == beside(MARKS, 2) == [0, 1]
    assert beside([*MARKS, other], 3) == [3]
    assert beside(decided("3,600 元", None, None), 0) == [1]


def test_the_next_doubt_is_the_following_one_and_then_the_first():
    assert following(MARKS) == 0
    assert following(MARKS, 0) == 1
    assert following(decided(None, "没有", "紧俏"), 1) == 0
    assert following(decided("a", "b", "c")) is None


def test_corrections_of_other_lengths_do_not_shift_each_other():
    assert corrected(TURNS, decided("3,600 元", "没有", "紧俏"))[1] == "扣了3,600 元，没有紧俏的货"
    assert corrected(TURNS, decided(None, None, "紧俏"))[1] == "扣了三千六，没有紧俏的货"


def test_the_words_of_the_ticket_are_the_callers():
    assert words(TURNS) == TURNS[1].text
    assert words((Turn("一"), Turn("二"))) == "一\n二"
    assert words((Turn("一", "staff"), Turn("二", "staff"))) == "一\n二"
