"""Severity and outcome from words."""
import pytest

from triage import cues
from triage.cues import Cue

SAFETY = Cue("safety", ("受伤", "hurt", "hit me"), severity="S1")
LOSS = Cue("loss", (), severity="S2", when="loss")
LEADER = Cue("leader", ("经理",), severity="S1", leaves=("SVC.CONDUCT",))
SEVERITIES = (SAFETY, LOSS, LEADER)
MONEY = Cue("money", ("退钱", "refund"), leaves=("PAY.DEBIT",))
GOODS = Cue("goods", ("补送", "换货"), leaves=("DLV.COUNT",))
OUTCOMES = (MONEY, GOODS)


@pytest.mark.parametrize(("text", "words", "expected"), [
    ("送货的把我撞受伤了", ("受伤",), ("受伤",)),
    ("还好没有受伤", ("受伤",), ()),
    ("人没受伤，货全毁了，后来我去扶他自己也受伤了", ("受伤",), ("受伤",)),
    ("The driver HIT ME with the door", ("hit me",), ("hit me",)),
    ("white men in a van", ("hit me",), ()),
    ("no one was hurt", ("hurt",), ()),
    ("nobody hurt, thank God", ("hurt",), ()),
])
def test_a_denied_word_is_no_hit(text, words, expected):
    assert cues.hits(text, words) == expected


@pytest.mark.parametrize(("leaf", "usual", "text", "holding", "expected"), [
    ("DLV.LATE", "S3", "货还没到", (), ("S3", [])),
    ("DLV.LATE", "S3", "他倒车把我妈撞受伤了", (), ("S1", ["safety"])),
    ("PAY.DEBIT", "S3", "多扣了钱", ("loss",), ("S2", ["loss"])),
    ("SUP.TIEIN", "S2", "经理让我必须订", (), ("S2", [])),
    ("SVC.CONDUCT", "S2", "经理跟我要东西", (), ("S1", ["leader"])),
    ("SVC.CONDUCT", "S1", "什么都没说", ("loss",), ("S1", ["loss"])),
])
def test_severity_is_the_graver_of_leaf_and_cues(leaf, usual, text, holding, expected):
    severity, found = cues.severity(leaf, usual, text, SEVERITIES, frozenset(holding))
    assert (severity, [hit.code for hit in found]) == expected


@pytest.mark.parametrize(("leaf", "text", "expected"), [
    ("PAY.DEBIT", "多扣了", "money"), ("PAY.DEBIT", "给我补送就行", "goods"), ("DLV.COUNT", "please refund me", "money"),
    ("REG.LAW", "想了解一下", "none"), (None, "退钱", "money"),
])
def test_outcome_words_go_before_the_usual_wish(leaf, text, expected):
    assert cues.outcome(leaf, text, OUTCOMES) == expected
