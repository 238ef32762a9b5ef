"""What a reply to a survey says (pure): a score from 1 to 5 or none, the words behind it, a reason, whether something is wrong still.

A wrong score does more harm than a missed one: it would be counted, may open a ticket again, and nobody would look at the
words. So whatever may be an hour, a date, a quantity or a question is no score, and goes on to be read as words.
"""
import re
from dataclasses import dataclass

from core.spelling import fold
from satisfaction import numbers_said, remarks, words_said
from satisfaction.numbers_said import Said

WIDEST_BEFORE = 48  # a remark before the score, two for a Chinese character; a long complaint that ends angrily is a complaint
_BREAK = re.compile(r"[\s,.!;:~。、…\-—]+")
_THANKS_AT_THE_END = re.compile(r"[\s,.!;~。、]*(?:谢谢|感谢|多谢|辛苦了?|thanks|thank you|thx)(?:你们|您|了|啦)*[\s.!~。]*$")
# A score of something else: of credit, of an assessment by us, of another time, under a condition.
_OTHER_SCORE = re.compile(r"[?]|信用|积分|[扣罚降]分|等级|星级|评级|考核|上次|上回|本来|原来|以前|原先|如果|要是|除非|凭什么|哪来|"
                          r"[1-9一二三四五]\s*[分星]|\b(?:if|unless|until|was|how|never|"
                          r"are you)\b")
_GIVEN = re.compile(r"[^,.。!?;\d不没未别说就再才能会想]{0,14}?(?:给|打|评)(?:了|你们?|您|他们?|个|出|一个)*(?=[1-5一二两三四五]\s*[分颗星])")


@dataclass(frozen=True)
class Reading:
    """`score` is None for a text that gives none; `reason` is the code 1 to 6 that the survey offers; `comment` is as it was typed.

    `bare` says that the score is a mere digit, which may answer any question.
    """

    score: int | None = None
    comment: str = ""
    reason: int | None = None
    grievance: bool = False
    unsolved: bool = False
    bare: bool = False


def read(text: str) -> Reading:
    """Read a reply. It never raises, and a score is 1 to 5."""
    folded = fold(text)
    said, behind = _leading(folded.text), True
    if said is None:
        said, behind = _at_the_end(folded.text), False
    if said is None:
        return Reading()
    comment = _trimmed(folded.rest(said.end)) if behind else text.strip()
    remark = fold(comment).text
    return Reading(said.score, comment, said.reason, remarks.is_grievance(remark), remarks.says_unsolved(remark), not said.whole)


def _leading(text: str) -> Said | None:
    """The score at the beginning. A number is plainer than a word beside it: "满意 5"."""
    said = numbers_said.first(text) or _given(text)
    if said is not None:
        return said
    word = words_said.first(text)
    return word and (_number_behind(text, word) or word)


def _number_behind(text: str, word: Said) -> Said | None:
    return numbers_said.first(text, word.end)


def _given(text: str) -> Said | None:
    """"你们的服务我给5分": a verb of giving makes a number with a unit a score wherever it stands in its clause."""
    found = _GIVEN.match(text)
    if found is None or _OTHER_SCORE.search(found[0]):
        return None
    said = numbers_said.first(text, found.end())
    return said if said and said.whole else None


def _at_the_end(text: str) -> Said | None:
    """"态度太差，1分": a score behind a short remark, if nothing but thanks follows it. A mere digit could count anything."""
    words = _THANKS_AT_THE_END.sub("", text)
    for found in _BREAK.finditer(words):
        before = words[:found.start()]
        if _width(before) > WIDEST_BEFORE or _OTHER_SCORE.search(words[:found.end()]):
            return None
        plain_break = found[0].isspace() and before[-1:].isascii()
        said = numbers_said.first(words, found.end()) or (None if plain_break else words_said.first(words, found.end()))
        if said and said.whole and not _BREAK.sub("", words[said.end:]):
            return said
    return None


def _width(words: str) -> int:
    return sum(1 if char.isascii() else 2 for char in words)


def _trimmed(comment: str) -> str:
    return comment.strip().lstrip(",，.。!！;；:：~～、…-—)）]】」』》\"'”’|").strip()
