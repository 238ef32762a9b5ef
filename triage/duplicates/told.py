"""What one contact tells, as far as two of them can be compared (pure)."""
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.numerals import ENGLISH, reckon
from core.numerals import english as reckon_english
from triage.duplicates import cues, names
from triage.duplicates.day_words import mentioned
from triage.duplicates.days import Day
from triage.duplicates.sounds import pairs, sounding, stems
from triage.duplicates.subjects import Subject, spoken_of
from triage.duplicates.swapped import in_order
from triage.duplicates.vocabulary import NOTHING, Vocabulary

MONEY_FROM = 100
_HAN = "零〇一二两三四五六七八九十百千万"
_ENGLISH = rf"(?:{ENGLISH})(?:[\s-]+(?:and\s+)?(?:{ENGLISH}))*"
_LONG = re.compile(r"(?<![\d¥￥$£€.])\d{5,16}(?!\d|\s*[元块])")
_CODE = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,3}-?\d{2,6}(?!\d)")
_TAIL = re.compile(rf"(?:尾号|尾数|后四位|末四位|ending(?: in)?|no\.?|note|invoice|number|order|单号|订单|#)\s*(?:是|为|末尾|号)?\s*#?(\d{{3,5}}|[{_HAN}]{{3,5}})(?!\d)", re.IGNORECASE)
_UNITS = {"条": "carton", "箱": "case", "件": "case", "包": "pack", "盒": "box", "瓶": "bottle", "支": "stick", "分钟": "minute", "米": "metre", "岁": "year", "天": "day", "周": "week", "个月": "month", "月": "month",
          "点": "hour", "星": "star", "档": "tier", "次": "time", "个多月": "month", "carton": "carton", "case": "case", "pack": "pack", "box": "box",
          "boxes": "box", "week": "week", "month": "month", "star": "star", "brick": "carton", "sleeve": "carton", "time": "time", "minute": "minute", "min": "minute", "metre": "metre", "meter": "metre", "bottle": "bottle"}
_COUNT = re.compile(rf"(\d{{1,4}}|[{_HAN}俩半]+)\s*(?:多|来)?(条|箱|件|包|盒|瓶|支|分钟|米|岁|天|周|个多?月|点(?!数|货|一)|星|档|次)"
                    rf"|\b(\d{{1,4}}|{_ENGLISH})[\s-](?:\w+\s){{0,2}}?(cartons?|cases?|packs?|boxes|box|weeks?|months?|stars?|bricks?|sleeves?|times|bottles?|min(?:ute)?s?|met(?:re|er)s?)\b", re.IGNORECASE)
_MONEY = re.compile(rf"[¥￥$£€]?\s*(?<![\d.])(\d{{1,3}}(?:,\d{{3}})+|\d{{2,6}})(?:\.\d+)?(?![\d条箱件包盒月日号])|([{_HAN}]{{2,9}})(?=多?[块元]|多|的|$|[^{_HAN}条箱件包盒点月号天个])"
                    rf"|\b({_ENGLISH}[\s-]+(?:hundred|thousand)(?:[\s-]+(?:and\s+)?(?:{ENGLISH}))*)\b", re.IGNORECASE)
_GONE = re.compile(r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}[日号]?|\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|\d{1,2}[:：]\d{2}|(?<!\d)20\d{2}(?:年|\b)")


@dataclass(frozen=True)
class Told:
    """The facts of one contact. `leaves` are the likeliest categories with their probabilities, `spoken` the local date where it is known.

    `special` are its uncommon words as they sound, `sound` is all of it so that they can be looked for.
    """

    channel: str = ""
    orders: frozenset[str] = frozenset()
    days: tuple[Day, ...] = ()
    money: frozenset[int] = frozenset()
    counts: frozenset[tuple[int, str]] = frozenset()
    goods: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    subjects: frozenset[Subject] = frozenset()
    words: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    special: frozenset[str] = frozenset()
    sound: str = field(default="", repr=False)
    in_order: tuple[str, ...] = field(default=(), repr=False)
    text: str = field(default="", repr=False)
    leaves: tuple[tuple[str, float], ...] = ()
    spoken: date | None = None


def read(text: str, channel: str = "", leaves: Sequence[tuple[str, float]] = (), spoken: date | None = None, seldom: Iterable[str] = (),
         vocabulary: Vocabulary = NOTHING) -> Told:
    """Everything in `text` that helps to say whether another contact means the same; `seldom` are those of its words that others rarely use."""
    plain = unicodedata.normalize("NFKC", text)
    rest = _GONE.sub(" ", _LONG.sub(" ", _TAIL.sub(" ", plain)))
    return Told(channel=channel, orders=_orders(plain), days=mentioned(_LONG.sub(" ", plain)), counts=_counts(rest), money=_money(_COUNT.sub(" ", rest)),
                goods=names.goods(text, vocabulary.products), people=names.people(text), subjects=spoken_of(plain, vocabulary.subjects), words=_words(plain), text=plain.lower(),
                cues=cues.said(plain), special=frozenset(map(sounding, seldom)) - {sounding("")}, sound=sounding(text), in_order=in_order(plain), leaves=tuple(leaves), spoken=spoken)


def undecided(text: str, channel: str, model, vocabulary: Vocabulary) -> Told:
    """What a contact says while nobody has decided about it: its categories are those that `model` (triage.reader.Classifier) offers."""
    return read(text, channel, model.offered(text), seldom=model.seldom(text), vocabulary=vocabulary)


def _orders(text: str) -> frozenset[str]:
    tails = {_digits(match[1]) for match in _TAIL.finditer(text)}
    return frozenset(_LONG.findall(text)) | frozenset(_CODE.findall(text)) | frozenset(tail for tail in tails if tail)


def _digits(number: str) -> str:
    """Digits also where they were said one by one: 零零八八."""
    if number.isascii():
        return number
    return "".join(str("零一二三四五六七八九".find(char.replace("〇", "零").replace("两", "二"))) for char in number) if not set(number) & set("十百千万") else ""


def _counts(text: str) -> frozenset[tuple[int, str]]:
    found = ((_value(match[1] or match[3]), _unit(match[2] or match[4])) for match in _COUNT.finditer(text))
    return frozenset((number, unit) for number, unit in found if number is not None)


def _unit(word: str) -> str:
    lower = word.lower()
    return _UNITS.get(lower) or _UNITS.get(lower.removesuffix("s"), lower)


def _value(word: str) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word)
    if word[0] in _HAN + "俩半":
        return 2 if word == "俩" else reckon(word)
    return reckon_english(word)


def _money(text: str) -> frozenset[int]:
    found = {_value((match[1] or match[2] or match[3]).replace(",", "")) for match in _MONEY.finditer(text)}
    return frozenset(value for value in found if value is not None and value >= MONEY_FROM)


# Said in every other complaint, and so of no weight.
_EMPTY = frozenset("the and you your for that this with have has had was were are not but from they them their there here what when why who how can could would "
                   "will just its it's been get got our out all any one said say says tell please hello yes yeah hi um did does do don't i'm my me is it to of in on at "
                   "a an i we he she no so up or if be by as am".split())


def _words(text: str) -> frozenset[str]:
    return pairs(text) | frozenset(word for word in stems(text) if word not in _EMPTY and len(word) > 2)
