"""A score said as a number (pure): "5", "五分", "4 stars", "给5分", "4/5"; but no hour, no date, no quantity, no list."""
import re
from dataclasses import dataclass

from satisfaction.remarks import MEASURE, REMARK_EN, REMARK_ZH, THANKS

VALUES = {word: number for number, words in enumerate(("1 一 one", "2 二 两 two", "3 三 three", "4 四 four", "5 五 five"), 1) for word in words.split()}
MOST_STARS = 5

_SEPARATOR = r"[\s=,.!;:~。、…\-—()\[\]【】「」『』《》\"'|]"
_UNIT = (r"\s*(?:分儿?(?!钟|之|钱|店|公司|批|期|别|多|几|销|拣|支|队|所|局|货|制|析|段|成|红|地|熟|\d+\s*秒|\d\d)|[颗个]星星?|星+(?!期|级|座|火|"
         r"光|巴|辰|红)|⭐+|(?:/|out of|"
         r"of)\s*(?:5(?![\d.])|five\b)(?:\s*(?:分|星|stars?\b|points?\b))?"
         r"|-?stars?\b(?! hotel)|fen\b|points?\b|pts?\b|marks?\b)")
_LOOSE = re.compile(r"\s*(?:分|星|[颗个]星|⭐|-?star)")  # units that stand for nothing but a score behind a digit
_DIGIT = r"(?P<digit>(?<![\d.])[1-5](?:\.0(?!\d))?(?!\d))"
_SPELT = r"(?P<zh>[一二三四五])|(?P<two>两(?=\s*[分颗星⭐]))|(?P<en>\b(?:one|two|three|four|five)\b)"
_NUMBER = re.compile(rf"(?:{_DIGIT}|{_SPELT})(?P<unit>{_UNIT})?")
_STARS = re.compile(r"⭐(?:\s?⭐)*")

_GREETING = (r"(?:您好|你好|老板好|好的?|嗯+|恩|哦|收到|知道了|(?:谢谢|感谢|多谢|辛苦)(?:你们|您们|您|你|了|大家)*|可以|行|(?:已经?|都)?解决了|"
             r"问题解决|没问题|麻烦了|亲|ok|okay|hi|hello|hey|yes|"
             r"thanks(?: a lot| so much)?|thank (?:you|u)(?: very much| so much)?|thx|sure|sorry|dear|sir)")
_OFFER_ZH = (r"(?:(?:我的?|我们的?|本次)?(?:评分|打分|得分|分数|评价|满意度|服务|整体|总体|综合)(?:是|为|给|打|选)?"
             r"|(?:我们?|本人|俺|咱们?|本店)?(?:觉得|这次|还是|愿意|也|就|那就|只能|最多|顶多|必须|绝对|肯定|当然|勉强|再|想|要|都|可以|服务|"
             r"整体|总体|综合|态度|回访)*"
             r"(?:(?:给(?!我)|打(?!了?电话)|评|选|按|回复?|改[成为]?|应该是|应该|是|算)(?:了|你们?|您|他们?|师傅|个|出|成|一个|满分)*)?)")
_CORRECTION = (r"(?:(?:对不起|不好意思|抱歉|刚才|刚刚|上一?条|前面|不对|不是|更正|sorry|correction)?[\s,.]*(?:[打发按写点选]错(?:了)?|更正|纠正|"
               r"重新(?:打|评)(?:分)?|i meant?|i mean|"
               r"should be|make it|change (?:it )?to)?[\s,.:]*)")
_OFFER_EN = (r"(?:(?:i(?:'d| would|'ll| will| can only|'m)?|we)?\s*(?:giving|give|gave|rated|rate|say|score|vote|choose|pick)(?: (?:it|you|this|"
             r"them|u|the service|your service|the answer))*(?: (?:an?|as))?"
             r"|(?:my |the )?(?:score|rating|answer|rate|mark|vote)(?: is|'s| =)?|it'?s(?: an?)?\b|an?\b(?=\s)|only|just)")
_LEAD = re.compile(rf"{_SEPARATOR}*(?:{_GREETING}{_SEPARATOR}*+)*+{_CORRECTION}(?:(?:{_OFFER_EN}|{_OFFER_ZH}){_SEPARATOR}*)?")
_NO_NUMBER = re.compile(r"\s*(?:[?]|[一-鿿]{0,3}[吗么](?![一-鿿])|(?:都|也)[不没]|够[不吗]|[%‰℃°+×*@#$&/\\<>^_]|[=:.\-—~至到x]\s*\d|"
                        r",\d{3}(?!\d)|到\s*[一二两三四五六七八九十])")
_REASON = re.compile(r"(?:[\s,、;(]|原因|因为|reason)+(?P<code>[1-6])(?=$|[\s,.!;:。、)]+(?:[^\d\s]|$))")
_MORE = re.compile(r"(?P<separator>[\s,、;]+)(?P<number>\d+|(?<=、)[一二两三四五六七八九十])")


@dataclass(frozen=True)
class Said:
    """A score, the code of its reason if one follows, and where in the folded text the words behind it begin."""

    score: int
    end: int
    reason: int | None = None
    whole: bool = False  # with a unit: no mere digit


def first(text: str, at: int = 0) -> Said | None:
    """The number with which the folded text begins at `at`, behind a greeting or "I give"; None if there is none, or it counts something."""
    begin = _LEAD.match(text, at).end()
    stars, found = _STARS.match(text, begin), _NUMBER.match(text, begin)
    if stars:
        return _stars(stars)
    return _numeral(found, text[found.end():]) if found and not _inside_a_number(text[:begin]) else None


def _stars(found: re.Match) -> Said | None:
    count = found[0].count("⭐")
    return Said(count, found.end(), whole=True) if count <= MOST_STARS else None


def _inside_a_number(before: str) -> bool:
    return before.rstrip().endswith((*"0123456789+-", "第"))


def _numeral(found: re.Match, tail: str) -> Said | None:
    score = VALUES[(found["digit"] or found["zh"] or found["two"] or found["en"]).removesuffix(".0")]
    if _NO_NUMBER.match(tail) or not found["unit"] and _lists(score, tail):
        return None
    if found["unit"]:
        return Said(score, found.end(), whole=True) if found["digit"] and _LOOSE.match(found["unit"]) or _is_remark(found, tail) else None
    reason = _REASON.match(tail)
    if reason and _is_remark(found, tail[reason.end():]):
        return Said(score, found.end() + reason.end(), int(reason["code"]))
    more = _MORE.match(tail)
    holds = _goes_on_with_a_quantity(score, more, tail) if more else _is_remark(found, tail)
    return Said(score, found.end()) if holds else None


def _lists(number: int, tail: str) -> bool:
    """"1. the goods, 2. the money": the digit counts points, it is no score."""
    return bool(re.match(r"\s*[、.):]", tail) and re.search(rf"(?<!\d){number + 1}\s*[、.):](?!\d)", tail))


def _goes_on_with_a_quantity(score: int, more: re.Match, tail: str) -> bool:
    """"1 5天了还没到" is a score and what is wrong; "3 4天", "2、三天", "1 2 3" count something."""
    number = VALUES.get(more["number"]) or (int(more["number"]) if more["number"].isdigit() else 0)
    if abs(number - score) == 1 or "、" in more["separator"]:
        return False
    return bool(re.match(r"\s*[一-鿿]" if more["separator"].isspace() else r"\s*[a-z一-鿿]", tail[more.end():]))


def _is_remark(found: re.Match, tail: str) -> bool:
    """True if behind the number stands nothing, or words about the matter, and not what the number counts."""
    rest, digits = tail.lstrip(), bool(found["digit"] or found["unit"])
    if not rest:
        return True
    if rest[0] == "." and rest[1:2].isalpha() and rest[1].isascii():  # "5.thanks", but "5.steps" is the fifth point of something
        return bool(REMARK_EN.match(rest[1:]))
    if re.match(_SEPARATOR, rest):
        return not (found["zh"] and rest[0] in "、:") and not re.match(rf"{_SEPARATOR}+(?:才怪|个屁)", rest)
    if rest[0].isascii():
        return bool((REMARK_EN if digits and tail[0] == " " else THANKS).match(rest))
    if MEASURE.match(rest):
        return False
    return digits and tail[0] == " " or bool((REMARK_ZH if digits else THANKS).match(rest))
