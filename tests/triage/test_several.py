"""One text, several matters: the cut with a reading that is made up. What a real model makes of it stands in test_held_out."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import several
from triage.several import Matter, Part, others

LATE, RUDE = "上周三的货拖到周五才送来", "那个送货的开口就骂人态度太差"


class ByWord:
    """A reader that goes by single words; of a text with several it is as unsure as there are words in it."""

    SAYS = {"晚": "DLV.LATE", "拖": "DLV.LATE", "骂": "SVC.MANNER", "扣": "PAY.DEBIT", "谢": "OTH.SUGGEST"}

    def surest(self, texts):
        return [self._one(text) for text in texts]

    def _one(self, text):
        found = [leaf for word, leaf in self.SAYS.items() if word in text] or ["OTH.OTHER"]
        return found[0], 0.99 / len(set(found))


def leaves(text: str, main: str = "DLV.LATE", **more) -> list[str]:
    return [matter.leaf for matter in several.beside(ByWord(), text, main, **more)]


@pytest.mark.parametrize(("text", "found"), [
    (f"{LATE}，{RUDE}", ["SVC.MANNER"]),
    (f"{LATE}。{RUDE}。另外上个月的货款还扣了我两遍", ["SVC.MANNER", "PAY.DEBIT"]),
    (LATE, []),
    (f"{LATE}，骂人", []),  # a few words are no matter of their own
    (f"{LATE}，前天那批也拖得实在太久了", []),  # the same thing twice
    (f"{LATE}，别的都很好非常感谢你们谢谢", []),  # never OTH
])
def test_what_stands_beside(text, found):
    assert leaves(text) == found


def test_the_words_it_rests_on():
    (matter,) = several.beside(ByWord(), f"{LATE}，{RUDE}", "DLV.LATE")
    assert (matter.words, matter.leaf) == (RUDE, "SVC.MANNER")


def test_how_sure_it_must_be():
    assert leaves(f"{LATE}，{RUDE}", sure_from=0.995) == []


def test_a_main_category_that_no_part_has_leaves_the_first_part_the_main_one():
    found = [Part("a", "DLV.LATE", 0.9), Part("b", "SVC.MANNER", 0.8), Part("c", "DLV.LATE", 0.7)]
    assert others(found, "SUP.SHORT") == [Matter("SVC.MANNER", "b", 0.8)]
    assert others(found, "SVC.MANNER") == [Matter("DLV.LATE", "a … c", 0.9)]


@given(st.text(alphabet="晚骂扣谢货的了，。 abc", max_size=80), st.sampled_from(["DLV.LATE", "SVC.MANNER", "SUP.SHORT"]))
def test_what_is_found_stands_in_the_text_is_never_the_main_one_and_never_other(text, main):
    found = several.beside(ByWord(), text, main)
    named = [matter.leaf for matter in found]
    assert main not in named
    assert len(set(named)) == len(named)
    assert not [leaf for leaf in named if leaf.startswith("OTH.")]
    plain = "".join(text.split())
    assert all("".join(words.split()) in plain for matter in found for words in matter.words.split(" … "))
