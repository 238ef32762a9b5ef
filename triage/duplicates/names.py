"""Goods and people that a text names (pure): listed products, what stands in quotation marks, capitals in English, family names with a title."""
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
TITLES = "师傅|经理|主任|科长|队长|站长|所长|局长|组长|哥|姐|老师|会计"
ROLES = "客户经理|订货员|送货员|司机|师傅|经理|业务员|检查员|稽查员|专管员"
_QUOTED = re.compile(r"[「“\"《『]([^」”\"》』]{2,12})[」”\"》』]")
_CALLED = re.compile(rf"(?<![一-鿿])?[小老]([{FAMILIES}])(?!板|伯)|([{FAMILIES}])(?:{TITLES})|(?:{ROLES})(?:叫|是|姓)?([{FAMILIES}])[一-鿿]{{1,2}}(?=[说讲来把叫让在没不总又跟打骂，。,. ]|$)|姓([{FAMILIES}])的")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Driver|Inspector|Officer|Manager)\.?\s+([A-Z][a-z]+)|\b(?:mister|miss|mrs|called|named)\s+([A-Za-z]{3,})\b")
_CAPITALS = re.compile(r"(?<=[a-z,;\d] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_NO_NAMES = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December)|"
                       r"^(?:Please|Order|Invoice|Street|Road|Mill|Park|High|Station|Lane|App|Portal|Rep|Report|Mr|Mrs|Ms|Miss)\b", re.IGNORECASE)


def spellings(products: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How listed products are written: each (Chinese, English) name in small letters, and the one name that stands for both."""
    return {written.strip().lower(): chinese.strip() for chinese, english in products for written in (chinese, english) if written.strip()}


def goods(text: str, products: Mapping[str, str]) -> frozenset[str]:
    """Products (`spellings`) and quoted names; English names in small letters."""
    listed = _listed(tuple(sorted(products, key=len, reverse=True)))  # the longest first: 软中华 is not read as 中华
    rest = listed.sub(" ", text)
    quoted = {match[1].lower() for match in _QUOTED.finditer(rest)}
    capitals = {match[0].lower() for match in _CAPITALS.finditer(_TITLED.sub(" ", rest)) if not _NO_NAMES.match(match[0])}
    return frozenset({products.get(match[0].lower(), match[0]) for match in listed.finditer(text)} | quoted | capitals)


@lru_cache(maxsize=4)
def _listed(written: tuple[str, ...]) -> re.Pattern:
    """English names are whole words; Chinese has no such ends. Of nothing listed nothing is found."""
    return re.compile("|".join(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in written) or "(?!)", re.IGNORECASE)


def people(text: str) -> frozenset[str]:
    """Family names of people who are called by them."""
    chinese = {next(filter(None, match.groups())) for match in _CALLED.finditer(text)}
    return frozenset(chinese | {next(filter(None, match.groups())).lower() for match in _TITLED.finditer(text)})


def same(one: str, other: str) -> bool:
    """True if two names may be the same thing: 中华 and 软中华."""
    return one == other or one.endswith(other) or other.endswith(one)
