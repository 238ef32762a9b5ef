"""Which days, weeks and months a text names (pure): one table of patterns, Chinese and English."""
import re

from core.numerals import reckon
from triage.duplicates.days import LATELY, Day

_HAN = "零〇一二三四五六七八九十两"
_WEEKDAYS = {char: number for number, char in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3, "明": -1, "today": 0, "yesterday": 1, "the day before yesterday": 2, "tomorrow": -1}
_ORDINALS = {word: number for number, word in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(), 1)}
_ORDINALS |= {"twentieth": 20, "thirtieth": 30}
# What looks like a day and is none: every Wednesday, until today, number 67 of a street.
_NONE = re.compile(r"每(?:个|到)?(?:周|星期|礼拜)[一二三四五六日天]|(?:到|至|都)(?:现在|今天|今日)|[路街巷弄]\s*\d+\s*号|[路街巷弄][" + _HAN + r"]+号|"
                   r"\b(?:every|each)\s+\w+day\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|\b(?:by|until|till) today\b", re.IGNORECASE)


def mentioned(text: str) -> tuple[Day, ...]:
    """Every day that `text` names, in the order of the rules below; what one rule has read is not read again."""
    rest = _NONE.sub(lambda match: " " * len(match[0]), text)
    found: list[Day] = []
    for pattern, make in _RULES:
        for match in pattern.finditer(rest):
            day = make(match)
            if day is not None:
                found.append(day)
                rest = rest[:match.start()] + " " * (match.end() - match.start()) + rest[match.end():]
    return tuple(dict.fromkeys(found))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else reckon(text) or 0


def _date(month: str, day: str) -> Day | None:
    month_number, number = _number(month) if month else 0, _number(day)
    return Day("date", number, month=month_number) if 0 < number <= 31 and month_number <= 12 else None


def _english_month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _english_day(word: str) -> int:
    return int(re.sub(r"\D", "", word) or _ORDINALS.get(word.lower(), 0))


def _weekday_said(match: re.Match) -> Day:
    back = {"上上": 2, "上": 1, "这": 0, "本": 0, "": None, "下": -1}[match[1] or ""]
    return Day("weekday", _WEEKDAYS[match[2]], back)


def _english_weekday(match: re.Match) -> Day:
    back = {"last": LATELY, "this": None, "next": -1, "": None}[(match[1] or "").lower()]
    return Day("weekday", _ENGLISH_DAYS.index(match[2][:3].lower()), back)


_ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
_RULES = tuple((re.compile(pattern, re.IGNORECASE), make) for pattern, make in (
    (r"\d{4}[-/年.](\d{1,2})[-/月.](\d{1,2})[日号]?", lambda m: _date(m[1], m[2])),
    (rf"(\d{{1,2}}|[{_HAN}]{{1,2}})月(\d{{1,2}}|[{_HAN}]{{1,3}})(?:[日号]|(?![\d{_HAN}个份]))", lambda m: _date(m[1], m[2])),
    (r"(?<![\d.])(\d{1,2})\.(\d{1,2})号", lambda m: _date(m[1], m[2])),
    (rf"(?<![\d{_HAN}第])(\d{{1,2}}|[{_HAN}]{{1,3}})号(?![店门楼线车柜院铺机院码])", lambda m: _date("", m[1])),
    (rf"(?<![\d{_HAN}])(\d{{1,2}}|[{_HAN}]{{1,2}})月份?(?![\d{_HAN}])", lambda m: Day("month", _number(m[1])) if 0 < _number(m[1]) <= 12 else None),
    (r"(上上|上|下|这|本)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])", _weekday_said),
    (r"(上上|上|这|本)(?:个)?(?:周|星期|礼拜)", lambda m: Day("week", back={"上上": 2, "上": 1}.get(m[1], 0))),
    (r"(上上|上|这|本)(?:个)?月", lambda m: Day("month_ago", back={"上上": 2, "上": 1}.get(m[1], 0))),
    (rf"([\d]{{1,2}}|[{_HAN}]{{1,2}})天(?:以)?前", lambda m: Day("ago", _number(m[1]))),
    (r"(大前|前|昨|今|明)(?:天|日|儿|早|晚)(?!天)", lambda m: Day("ago", _AGO[m[1]])),
    (r"\b(the day before yesterday|yesterday|today|tomorrow)\b", lambda m: Day("ago", _AGO[m[1].lower()])),
    (r"\bthis (?:morning|afternoon|evening)\b|\btonight\b", lambda m: Day("ago", 0)),
    (r"\blast night\b", lambda m: Day("ago", 1)),
    (r"\b(\d{1,2}) days ago\b", lambda m: Day("ago", int(m[1]))),
    (rf"\b({_MONTH})\.? (?:the )?({_ORDINAL}|\d{{1,2}})\b", lambda m: Day("date", _english_day(m[2]), month=_english_month(m[1]))),
    (rf"\b(?:the )?({_ORDINAL}|\d{{1,2}}) (?:of )?({_MONTH})\b", lambda m: Day("date", _english_day(m[1]), month=_english_month(m[2]))),
    (rf"\b(?:on|of|since|from|by) the ({_ORDINAL})\b(?! floor| street| road| time)", lambda m: Day("date", _english_day(m[1]))),
    (r"\b(?:(last|this|next) )?((?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:'s)?\b", _english_weekday),
    (r"\b(last|this) week\b", lambda m: Day("week", back=1 if m[1].lower() == "last" else 0)),
    (r"\b(last|this) month\b", lambda m: Day("month_ago", back=1 if m[1].lower() == "last" else 0)),
    (r"\b(january|february|march|april|june|july|august|september|october|november|december)\b", lambda m: Day("month", _english_month(m[1]))),
))
