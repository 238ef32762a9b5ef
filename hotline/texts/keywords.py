"""Short messages that are a wish and no complaint (pure): how far is it, make haste, help, withdraw; a case number may stand beside them."""
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from hotline.texts.plain import folded, folded_all
from tickets import case_number

WISHES = ("urge", "progress", "withdraw", "help")
CONFIRMS = folded_all(["9", "是", "是的", "对", "对的", "确认", "确定", "yes", "y", "ok", "okay", "yes please"])
DECLINES = folded_all(["不", "不是", "不对", "不撤", "不撤了", "不撤诉", "不要", "别撤", "继续", "继续办", "接着办", "还是办", "no", "n", "nope", "no thanks", "go on",
                       "continue", "keep it", "carry on", "keep going"])
LONGEST = 48
_DIGITS = re.compile(r"[\d\s\-‐‑‒–—―−#]+|编号|单号|\b(?:no|number|case)\b", re.IGNORECASE)
_POLITE = re.compile(r"^(?:请问一?下?|请|麻烦您?你?|帮我|帮忙|我想要?|我要|想|please|pls|can i|i want to|i would like to|id like to)|"
                     r"(?:一下|谢谢|多谢|了吗|吗|呢|please|thanks|thank you)$")


@dataclass(frozen=True)
class Wish:
    """What is asked for (of WISHES), and about which case if the message names one."""

    kind: str
    case_no: str | None = None


def read(text: str, words: Mapping[str, frozenset[str]]) -> Wish | None:
    """The wish that a message is, as a whole; None for everything else. `words` are the folded words by kind.

    A case number alone asks how far it is.
    """
    if len(text) > LONGEST:
        return None
    number = case_number.clean(text)
    said = folded(_DIGITS.sub(" ", unicodedata.normalize("NFKC", text)) if any(char.isdigit() for char in text) else text)
    if number and not said:
        return Wish("progress", number)
    kind = next((kind for kind in WISHES if _is_one_of(said, words.get(kind, frozenset()))), None)
    return Wish(kind, number) if kind else None


def confirms(text: str) -> bool:
    """True for the digit by which a withdrawal is confirmed, and for the words that say the same."""
    return folded(text) in CONFIRMS


def declines(text: str) -> bool:
    """True for words by which a withdrawal is not confirmed: the matter is to go on."""
    return folded(text) in DECLINES


def _is_one_of(said: str, words: frozenset[str]) -> bool:
    return said in words or _POLITE.sub("", said) in words
