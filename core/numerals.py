"""Numerals in words as numbers (pure): 三千八百六 is 3860, fourteen hundred and eighty is 1480."""
import re

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
_ONES = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())}
_TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_BIG = {"hundred": 100, "thousand": 1000}
ENGLISH = "|".join((*_ONES, *_TENS, *_BIG))  # the words of English numerals, as an alternative of a pattern


def reckon(numeral: str) -> int | None:
    """The value of a Chinese numeral; the last digit of 三千八百六 counts tens, as people say it. None for what is no number."""
    head, several, tail = numeral.partition("万")
    if several:
        high, low = reckon(head), _after(tail, 1000) if tail else 0
        return None if high is None or low is None else high * 10_000 + low
    return _after(numeral, 0)


def english(numeral: str) -> int | None:
    """The value of an English numeral in words; None for what is no number."""
    total = part = 0
    for word in re.findall(r"[a-z]+", numeral.lower()):
        if word in _BIG:
            part = (part or 1) * _BIG[word]
            total, part = (total + part, 0) if word == "thousand" else (total, part)
        elif word in _ONES or word in _TENS:
            part += _ONES.get(word, 0) + _TENS.get(word, 0)
        elif word != "and":
            return None
    return total + part


def _after(numeral: str, step: int) -> int | None:
    """The value of a numeral below ten thousand that follows a `step` (万 leaves thousands to a single digit behind it)."""
    total, digit, zero = 0, None, False
    for char in numeral:
        if char in STEPS:
            if digit is None and (char != "十" or total):
                return None
            total, digit, step, zero = total + (1 if digit is None else digit) * STEPS[char], None, STEPS[char] // 10, False
        elif char in DIGITS and digit is None:
            zero, digit = zero or DIGITS[char] == 0, DIGITS[char] or None
        else:
            return None
    return total + (digit or 0) * (step if step > 1 and not zero else 1)
