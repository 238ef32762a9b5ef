"""Names of staff in what somebody wrote or said (pure): as they are written, as they sound, and family names as people use them."""
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import rjieba

from core.latin_names import latin
from core.named import HAN, LATIN, SOUNDING, TITLED, WRITTEN, Named
from core.sounds import family_sounds, sounds_like, usual

TITLES = ("客户经理|经理|主任|科长|站长|所长|局长|队长|组长|班长|处长|股长|师傅|老师|专员|会计|主管|主席|队|所|科|总|工|姐|哥|叔|姨|嫂")
BEFORE = "小老阿"
# Family names that are usual enough to be written for another one of the same sound.
FAMILIES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷"
    "侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文樊葛邢齐乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝游辛"
    "靳管柴蒙鲍华喻祁蒲滕屈饶牟艾尤阳穆司卓古缪简芦褚娄窦戚岑卫柏宗瞿佟臧闵边卞姬仇栾隋刁丛")
# Words that only look like a name of that kind; with a title behind them they are one.
WORDS = frozenset("老师 老农 老路 老包 老高 老方 老严 老金 老范 老景 老夏 老童 小于 小时 小路 小车 小米 小费 小商 小包 小项 小农 小解 小麦 小曲 小季 小宫 小牛 "
                  "小钱 小童 小康 小安 小池 小毛 小金 小房 小孔 小汤 小付 小熊 小苗 阿房".split())


def names(text: str, staff: Iterable[str]) -> Iterator[Named]:
    """Every place of `text` that may name somebody of `staff`."""
    staff = tuple(dict.fromkeys(name.strip() for name in staff if len(name.strip()) > 1))
    chinese = tuple(name for name in staff if HAN.fullmatch(name))
    if HAN.search(text):
        yield from _chinese(text, chinese)
        yield from _titled(text, chinese)
    yield from latin(text, tuple(name for name in staff if LATIN.match(name)), chinese)


def _chinese(text: str, staff: tuple[str, ...]) -> Iterator[Named]:
    starting: dict[str, list[str]] = {}
    for name in staff:
        for sound in {*family_sounds(name[0]), name[0]}:
            starting.setdefault(sound, []).append(name)
    edges = _Edges(text)
    for run in HAN.finditer(text) if staff else ():
        for at in range(run.start(), run.end()):
            likely = {name for sound in {*usual(text[at]), text[at]} for name in starting.get(sound, ())}
            for length in {len(name) for name in likely}:
                if at + length <= run.end():
                    yield from _full(text, at, at + length, tuple(name for name in staff if name in likely), edges)


def _full(text: str, start: int, end: int, likely: tuple[str, ...], edges: "_Edges") -> Iterator[Named]:
    """A whole name at this place: as it is written, or else everybody who sounds like it."""
    heard = text[start:end]
    written = tuple(name for name in likely if name == heard)
    if written and edges.may_be_a_name(start, end):
        yield Named(start, end, written, WRITTEN)
    elif alike := tuple(name for name in likely if name != heard and sounds_like(heard, name)):
        yield Named(start, end, alike, SOUNDING)


_FAMILY = re.compile(rf"[{BEFORE}](?P<nick>[\u3400-\u9fff])(?P<title>{TITLES})?|(?P<plain>[\u3400-\u9fff])(?:{TITLES})|(?<![我主板人贵家])姓(?P<called>[\u3400-\u9fff])")


def _titled(text: str, staff: tuple[str, ...]) -> Iterator[Named]:
    """小何, 老何, 何经理, 姓何的: a family name of the staff as people call each other."""
    edges = _Edges(text)
    for at in range(len(text)):
        match = _FAMILY.match(text, at)
        if match is not None and _usable(match, edges) and (people := _of_family(match["nick"] or match["plain"] or match["called"], staff)):
            yield Named(match.start(), match.end(), people, TITLED)


def _of_family(family: str, staff: tuple[str, ...]) -> tuple[str, ...]:
    """Those who are called so, then those whose family name sounds like it."""
    called = tuple(name for name in staff if name[0] == family)
    return called + tuple(name for name in staff if name not in called and family in FAMILIES and sounds_like(family, name[0]))


def _usable(match: re.Match, edges: "_Edges") -> bool:
    """Not a piece of a longer word (老顾客), nor a word of its own (小时)."""
    if match["nick"]:
        end = match.end("nick")
        word = match[0][:2] in WORDS and not match["title"]
        return not word and not edges.inside(match.start()) and not (edges.inside(end) and not match["title"])
    if match["plain"] and match.start() and match.string[match.start() - 1] in BEFORE:
        return False  # 小何经理 was seen with its first character
    return not edges.inside(match.start() if match["plain"] else match.end())


class _Edges:
    """Where words of the dictionary begin and end in a text."""

    def __init__(self, text: str):
        self._text = text
        self._inner = _inner(text)

    def inside(self, at: int) -> bool:
        """True in the middle of a word."""
        return at in self._inner

    def may_be_a_name(self, start: int, end: int) -> bool:
        """False where a short name is only a piece of other words (高明 in 提高明年)."""
        return end - start > 2 or not (self.inside(start) or self.inside(end))


@lru_cache(maxsize=4)
def _inner(text: str) -> frozenset[int]:
    found, at = set(), 0
    for word in rjieba.cut(text, False):
        found.update(range(at + 1, at + len(word)))
        at += len(word)
    return frozenset(found)
