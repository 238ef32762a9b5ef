"""Amounts in spoken words (pure): money and quantities, in digits and in words, Chinese and English."""
import re
from collections.abc import Iterator

_HAN = "零〇一二两三四五六七八九十百千万亿几半"
_COUNT = rf"(?:\d[\d,，]*(?:\.\d+)?|[{_HAN}]+(?:点[零〇一二三四五六七八九]+)?)\s*(?:多|来)?"
_UNITS = "万元|万块|万|元|块钱|块|毛钱|毛|角|分钱|条|件|箱|包|盒|瓶|个点"
# "一件事", "一条短信", "一块儿" count nothing; "一万" in "万一" and "十分" are no numbers at all.
_NOT_COUNTED = r"(?!马路|事|短信|消息|信息|微信|路|街|规定|新闻|意见|理由|儿|去|来说|心)"
_ZH = re.compile(
    rf"[¥￥]\s*\d[\d,，]*(?:\.\d+)?|{_COUNT}(?:{_UNITS}){_NOT_COUNTED}(?:[零〇一二三四五六七八九]|半)?|"
    rf"[一二两三四五六七八九\d][{_HAN}]*[百千万](?!分)[{_HAN}]*|\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|(?<![\d.:$€£])\d+\.\d{{1,2}}(?![\d.:])")
_NUMBER = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
           "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen half").replace(" ", "|")
_EN_UNITS = ("yuan|rmb|cny|dollars?|euros?|pounds?|cents?|bucks|cartons?|cases?|packs?|packets?|boxes|box|bottles?|pieces?|items?|units?|per\\s?cent|percent|%")
_EN = re.compile(
    rf"[$€£]\s?\d[\d,]*(?:\.\d+)?|\b(?:\d[\d,]*(?:\.\d+)?|(?:(?:{_NUMBER})(?:[\s-]+(?:and\s+)?|(?=\b)))+)\s*(?:{_EN_UNITS})(?![a-z])|"
    rf"\b(?:{_NUMBER})(?:[\s-]+(?:and\s+)?(?:{_NUMBER}))*[\s-]+(?:hundred|thousand|million)(?:[\s-]+(?:and\s+)?(?:{_NUMBER}))*\b", re.IGNORECASE)


def amounts(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts stand in `text`, without the space around them."""
    for pattern in (_ZH, _EN):
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip(" ,，"))
