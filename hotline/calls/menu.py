"""The voice menu as a table (pure): what is asked at each step, and where a key, a spoken word or silence leads.

Wherever speech is heard a key does as well, and every road ends: after three tries without an answer it goes on by itself.
"""
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from satisfaction import reading
from tickets import case_number

START = "main"
MOST_TRIES = 3
REPEAT = ("0", "*")
BACK = "*"  # where a number is asked for
OTHER = {"zh": "en", "en": "zh"}
REACHED = ("completed", "answered")
SCORES = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Turn:
    """Where a caller stands: the step, in which language, how often he was asked there, and what it is about (a case number, a score).

    `notice` is a sentence that is said before those of the step; it stands in no address.
    """

    step: str = START
    language: str = "zh"
    tries: int = 0
    about: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Entered:
    """What came back from a step: keys, words, a recording, or how the ringing of a colleague ended."""

    keys: str = ""
    words: str = ""
    recorded: bool = False
    dial: str = ""


@dataclass(frozen=True)
class Step:
    """`asks` is how an answer is taken: key, number, words, recording, ring, or nothing at all because the call ends here.

    `says` names sentences of hotline.calls.words, `ways` leads from a key to the next step, `after` is where it goes on when nothing
    usable came in three tries. `state` is the state of the call while it stands here.
    """

    asks: str
    says: tuple[str, ...]
    ways: Mapping[str, str] = field(default_factory=dict)
    after: str = "bye"
    state: str = "menu"


STEPS: dict[str, Step] = {
    "main": Step("key", ("main",), {"1": "progress", "2": "staff", "3": "message", "4": "rate", "9": "language"}, after="staff"),
    "progress": Step("number", ("ask_number",), after="staff"),
    "told": Step("key", ("told", "after_told"), {"1": "progress", "2": "staff", "3": "message"}),
    "rate": Step("key", ("ask_score",), dict.fromkeys(SCORES, "rated"), after="main"),
    "rated": Step("key", ("rated", "after_rated"), {"2": "staff", "3": "message"}),
    "staff": Step("ring", ("connecting",), state="waiting"),
    # 3 is the message here as well: whoever heard the main menu has just been told so.
    "leave": Step("key", ("leave",), {"1": "message", "2": "callback", "3": "message"}, after="message"),
    "message": Step("words", ("ask_message",), after="record", state="message"),
    "record": Step("recording", ("after_tone",), state="message"),
    "kept": Step("nothing", ("kept", "bye"), state="message"),
    "callback": Step("nothing", ("callback", "bye")),
    "bye": Step("nothing", ("bye",)),
    "over": Step("nothing", ()),
}
# What somebody may say in place of a key, by step; a word is enough wherever it stands in a short phrase.
SPOKEN: dict[str, dict[str, tuple[str, ...]]] = {
    "main": {"1": ("进度", "查询", "progress", "status"), "2": ("人工", "客服", "转接", "staff", "agent", "operator"),
             "3": ("留言", "message"), "4": ("评价", "打分", "评分", "rate", "rating"), "9": ("英文", "英语", "english", "中文", "chinese")},
    "told": {"1": ("再查", "另一个", "another"), "2": ("人工", "客服", "staff", "agent"), "3": ("留言", "message")},
    "rated": {"2": ("人工", "客服", "staff", "agent"), "3": ("留言", "message")},
    "leave": {"1": ("留言", "message"), "2": ("回电", "回拨", "打回来", "call back", "callback", "call me")},
}
LONGEST_CHOICE = 14  # places, a Chinese character takes two: more than that is no choice but the matter itself
LISTENED = ("main", "leave", "message", "told", "rated")  # where words that choose nothing are kept as the caller's own
_CHINESE_DIGITS = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_ENGLISH_DIGITS = {"zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
                   "eight": "8", "nine": "9"}


def read_turn(rest: str) -> Turn:
    """The turn that an address names: "zh/progress/1" or "en/told/0/6112248317"; the start for anything else."""
    parts = [*rest.split("/"), "", "", "", ""][:4]
    language, step, tries, about = parts
    if step not in STEPS or language not in OTHER or not tries.isascii() or not tries.isdigit() or len(tries) > 2:
        return Turn()
    return Turn(step, language, int(tries), about if about.isascii() and about.isdigit() and len(about) <= 11 else "")


def address(turn: Turn) -> str:
    """The part of the address that names a turn; `read_turn` reads it."""
    parts = [turn.language, turn.step, str(turn.tries), turn.about]
    return "/".join(part for part in parts if part)


def follow(turn: Turn, entered: Entered) -> Turn:
    """Where what was entered leads."""
    step = STEPS[turn.step]
    if step.asks == "ring":
        return to(turn, "over") if entered.dial in REACHED else replace(turn, tries=turn.tries + 1, notice="")
    if step.asks == "recording":
        return to(turn, "kept") if entered.recorded else _again(turn, "heard_nothing")
    if step.asks == "number":
        return _number(turn, entered)
    if entered.keys in REPEAT:
        return replace(turn, notice="")
    if step.asks == "words":
        return replace(to(turn, "record"), notice="noted" if entered.words else "")
    return _choice(turn, step, entered)


def _choice(turn: Turn, step: Step, entered: Entered) -> Turn:
    key = chosen(turn, entered)
    if key in step.ways:
        return _way(turn, step.ways[key], key)
    if kept_words(turn, entered):
        return replace(to(turn, "record"), notice="noted")
    return _again(turn, "not_offered" if entered.keys else "")


def _way(turn: Turn, step: str, key: str) -> Turn:
    if step == "language":
        return Turn(START, OTHER[turn.language])
    return replace(to(turn, step), about=key) if step == "rated" else to(turn, step)


def _number(turn: Turn, entered: Entered) -> Turn:
    number = case_no(entered)
    if number is not None:
        return Turn("told", turn.language, turn.tries, number)
    if entered.keys == BACK:
        return to(turn, START)
    if entered.keys in REPEAT:
        return replace(turn, notice="")
    return _again(turn, "wrong_number" if entered.keys or entered.words else "")


def _again(turn: Turn, notice: str) -> Turn:
    if turn.tries + 1 < MOST_TRIES:
        return replace(turn, tries=turn.tries + 1, notice=notice)
    return to(turn, STEPS[turn.step].after)


def to(turn: Turn, step: str) -> Turn:
    """The first try of another step, in the same language."""
    return Turn(step, turn.language)


def enter(turn: Turn, facts: Mapping[str, bool]) -> Turn:
    """The step that a caller really comes to. `facts`, of which only what the step needs is read: found, rateable, somebody, open,
    said, number, known (an open case that may be spoken of)."""
    if turn.step == "told" and not facts["found"]:
        return _again(Turn("progress", turn.language, turn.tries), "no_such_case")
    if turn.step == "progress" and not turn.tries and not turn.notice and not facts["known"]:
        return replace(turn, notice="nothing_open")
    if turn.step == "rate" and not facts["rateable"]:
        return replace(to(turn, START), notice="nothing_to_rate")
    if turn.step == "staff" and not (facts["open"] and facts["somebody"]):
        return replace(to(turn, "leave"), notice="nobody" if facts["open"] else "closed")
    if turn.step == "callback" and not facts["number"]:
        return replace(to(turn, "record"), notice="no_number")
    if turn.step == "record" and turn.tries and facts["said"]:
        return to(turn, "kept")
    return turn


def chosen(turn: Turn, entered: Entered) -> str:
    """The key that was pressed, or that a spoken choice stands for; empty for none."""
    if entered.keys:
        return entered.keys
    if turn.step == "rate":
        return str(reading.read(entered.words).score or "")
    said = "".join(entered.words.lower().split(".")).strip(" ,!?，。！？")
    if not said or sum(1 if char.isascii() else 2 for char in said) > LONGEST_CHOICE:
        return ""
    fitting = [(len(word), key) for key, words in SPOKEN.get(turn.step, {}).items() for word in words if _stands_in(word, said)]
    return max(fitting)[1] if fitting else ""


def _stands_in(word: str, said: str) -> bool:
    """Chinese words stand anywhere; "one" must not be found in "phone"."""
    return word in said if not word.isascii() else re.search(rf"\b{word}\b", said) is not None


def kept_words(turn: Turn, entered: Entered) -> str:
    """What the caller said for himself at this step, rather than to choose something; empty if nothing."""
    if turn.step not in LISTENED or entered.keys or chosen(turn, entered):
        return ""
    return entered.words.strip()


def case_no(entered: Entered) -> str | None:
    """The valid case number that was keyed or said digit by digit."""
    if entered.keys:
        return entered.keys if case_number.is_valid(entered.keys) else None
    words = " ".join(_ENGLISH_DIGITS.get(word.strip(".,"), word) for word in entered.words.lower().split())
    digits = "".join(char for char in words.translate(_CHINESE_DIGITS) if char.isascii() and char.isdigit())
    return digits if case_number.is_valid(digits) else None
