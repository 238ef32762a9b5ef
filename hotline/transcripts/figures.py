"""Chinese numerals in figures (pure): 三千八百六 is 3860, so that a spoken amount can be reckoned with once it is confirmed."""
import re

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_UNIT = re.compile(r"\s*(万元|元|块钱|块|毛钱|毛|角|条|件|箱|包|盒|瓶)?")
MONEY_FROM = 100  # what is said in hundreds without a unit is money: nobody orders three thousand eight hundred and sixty of anything by telephone


def in_figures(amount: str) -> str | None:
    """An amount with its numeral in figures; None when there is no numeral in it, or one that cannot be reckoned."""
    match = _NUMERAL.match(amount)
    value = reckon(match[0]) if match else None
    if value is None:
        return None
    unit = _UNIT.match(amount, match.end())
    rest = amount[unit.end():]
    if not unit[1]:
        return f"{value}元" if value >= MONEY_FROM and not rest else None
    if rest in DIGITS and unit[1] in ("块", "元"):  # 一块五
        return f"{value}.{DIGITS[rest]}元"
    return None if rest else f"{value}{unit[1]}"


def reckon(numeral: str) -> int | None:
    """The value of a numeral; the last digit of 三千八百六 counts tens, as people say it. None for what is no number."""
    head, several, tail = numeral.partition("万")
    if several:
        high, low = reckon(head), _after(tail, 1000) if tail else 0
        return None if high is None or low is None else high * 10_000 + low
    return _after(numeral, 0)


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
