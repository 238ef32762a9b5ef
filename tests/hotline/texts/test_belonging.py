"""Where words belong among a sender's matters."""
import pytest

from hotline.texts.belonging import Matter, Said, Verdict, decide

LATE, DEBIT = "DLV.LATE", "PAY.DEBIT"
DAY = 24 * 60


def said(**columns):
    return Said(**({"words": frozenset({"送货", "司机"})} | columns))


def matter(case_no="A", **columns):
    return Matter(**({"case_no": case_no, "minutes": 5 * DAY, "leaf": LATE, "words": frozenset({"送货", "晚了"})} | columns))


ABOUT_MONEY = {"leaf": DEBIT, "sure": 0.8, "words": frozenset({"扣款", "银行", "多扣"})}


@pytest.mark.parametrize(("words", "mine", "expected"), [
    # nobody we know
    (said(), [], Verdict("new")),
    (said(thanks=True), [], Verdict("new")),
    # a number that is named
    (said(case_no="B"), [matter("A"), matter("B")], Verdict("continue", ("B",))),
    (said(case_no="A", **ABOUT_MONEY), [matter("A", minutes=1), matter("B")], Verdict("continue", ("A",))),
    (said(case_no="Z"), [matter("A")], Verdict("ask", ("Z",))),
    (said(case_no="Z"), [], Verdict("ask", ("Z",))),
    (said(case_no="A"), [matter("A", over=True)], Verdict("ask", ("A",))),
    (said(case_no="A", unsolved=True), [matter("A", over=True)], Verdict("reopen", ("A",))),
    # an order number
    (said(order_no="1"), [matter("A", order_no="1"), matter("B", order_no="2", minutes=1)], Verdict("continue", ("A",))),
    (said(order_no="3"), [matter("A", order_no="1")], Verdict("new")),
    # one open matter
    (said(), [matter(minutes=2)], Verdict("continue", ("A",))),
    (said(anew=True), [matter(minutes=2)], Verdict("new")),
    (said(**ABOUT_MONEY), [matter(minutes=2)], Verdict("new")),
    (said(goes_on=True), [matter()], Verdict("continue", ("A",))),
    (said(unsolved=True), [matter()], Verdict("continue", ("A",))),
    (said(leaf=LATE, sure=0.9), [matter(minutes=DAY)], Verdict("continue", ("A",))),
    (said(leaf=LATE, sure=0.9, words=frozenset({"又"})), [matter()], Verdict("ask", ("A",))),
    (said(words=frozenset({"送货", "晚了", "三天"})), [matter()], Verdict("continue", ("A",))),
    (said(words=frozenset({"东西"})), [matter()], Verdict("ask", ("A",))),
    (said(words=frozenset({"价格", "牌子", "柜台", "海报"}), leaf="OTH", sure=0.3), [matter()], Verdict("new")),
    (said(words=frozenset({"周二"})), [matter(asked=True)], Verdict("continue", ("A",))),
    (said(anew=True), [matter(asked=True)], Verdict("new")),
    (said(wordless=True, words=frozenset()), [matter(minutes=DAY)], Verdict("continue", ("A",))),
    (said(wordless=True, words=frozenset()), [matter(minutes=9 * DAY)], Verdict("ask", ("A",))),
    # several open matters
    (said(goes_on=True), [matter("A"), matter("B")], Verdict("ask", ("A", "B"))),
    (said(), [matter("A", minutes=1), matter("B", minutes=2)], Verdict("ask", ("A", "B"))),
    (said(), [matter("A", minutes=1), matter("B", leaf=DEBIT)], Verdict("continue", ("A",))),
    (said(unsolved=True, **ABOUT_MONEY), [matter("A"), matter("B", leaf=DEBIT)], Verdict("continue", ("B",))),
    # after the answer or the closing
    (said(unsolved=True), [matter(over=True)], Verdict("reopen", ("A",))),
    (said(unsolved=True), [matter("A", over=True), matter("B", over=True)], Verdict("ask", ("A", "B"))),
    (said(thanks=True), [matter(over=True)], Verdict("keep", ("A",))),
    (said(thanks=True), [matter("A"), matter("B", over=True)], Verdict("keep", ("A",))),
    (said(hello=True, words=frozenset()), [matter()], Verdict("continue", ("A",))),
    (said(hello=True, words=frozenset()), [matter(over=True)], Verdict("keep", ("A",))),
    (said(**ABOUT_MONEY), [matter(over=True)], Verdict("after", ("A",))),
    (said(anew=True), [matter(over=True)], Verdict("after", ("A",))),
    (said(**ABOUT_MONEY), [matter("A", over=True), matter("B")], Verdict("new")),
    (said(goes_on=True), [matter(over=True, minutes=5)], Verdict("ask", ("A",))),
    (said(), [matter(over=True, minutes=5)], Verdict("ask", ("A",))),
    (said(unsolved=True, leaf=DEBIT, sure=0.9, words=frozenset({"银行"})), [matter(over=True)], Verdict("reopen", ("A",))),
    # a few words have no subject of their own
    (said(leaf=DEBIT, sure=0.9, words=frozenset({"订单"})), [matter(minutes=60)], Verdict("continue", ("A",))),
    (said(leaf=DEBIT, sure=0.9, words=frozenset({"订单"})), [matter()], Verdict("ask", ("A",))),
    (said(unsolved=True, **ABOUT_MONEY), [matter(over=True)], Verdict("ask", ("A",))),
    # a reminder has no subject of its own
    (said(goes_on=True, leaf="SVC.COMPLAINT", sure=0.7, words=frozenset({"处理"})), [matter()], Verdict("continue", ("A",))),
    (said(goes_on=True, **ABOUT_MONEY), [matter()], Verdict("ask", ("A",))),
    (said(**ABOUT_MONEY), [matter()], Verdict("new")),
])
def test_where_words_belong(words, mine, expected):
    assert decide(words, mine) == expected


def test_without_a_model_words_alone_decide():
    assert decide(said(words=frozenset({"送货", "晚了"})), [matter(leaf=None)]).what == "continue"
    assert decide(said(words=frozenset({"扣款"})), [matter(leaf=None)]).what == "ask"
