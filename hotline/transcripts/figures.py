"""Chinese numerals in figures (pure): 三千八百六 is 3860, so that a spoken amount can be reckoned with once it is confirmed."""
import re

from core.numerals import DIGITS, reckon

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
