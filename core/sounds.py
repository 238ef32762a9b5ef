"""How Chinese characters sound (pure): without tones, and as neighbours in speech are taken for each other."""
import os
import re
from functools import cache, lru_cache
from importlib import import_module

USUAL = 2
# What neighbours in speech are taken for each other: zh and z, n and l, f and h, front and back nasals.
_BLURRED = ((r"^zh", "z"), (r"^ch", "c"), (r"^sh", "s"), (r"^n(?=[aeiou])", "l"), (r"^f(?=u)", "h"), (r"^f(?=[aeo])", "hu"), (r"^hui$", "huei"),
            (r"(?<=[aei])ng$", "n"))

# Characters that are read otherwise where they are a family name; all others as usual.
_FAMILY = {"单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "曾": "zeng", "任": "ren", "朴": "piao", "翟": "zhai", "盖": "ge", "覃": "qin tan",
           "冼": "xian", "尉": "yu wei", "种": "chong", "员": "yun", "缪": "miao", "隗": "wei kui", "长": "zhang", "乐": "yue le", "石": "shi", "盛": "sheng",
           "折": "she", "召": "shao", "繁": "po", "薄": "bo", "万": "wan", "仝": "tong", "晁": "chao", "那": "na", "沈": "shen", "贾": "jia", "宁": "ning"}


def sounds_like(heard: str, name: str) -> bool:
    """True if a Chinese name may have been heard as these characters, syllable by syllable."""
    return len(heard) == len(name) and _alike(heard[0], name[0], family_sounds) and all(
        _alike(one, other, usual) for one, other in zip(heard[1:], name[1:], strict=True))


def _alike(heard: str, written: str, read) -> bool:
    return heard == written or not usual(heard).isdisjoint(read(written))


def families(character: str) -> tuple[str, ...]:
    """How a character is read as a family name, in pinyin without tones."""
    return tuple(_FAMILY[character].split()) if character in _FAMILY else readings(character)[:1]


@lru_cache(maxsize=8192)
def family_sounds(character: str) -> frozenset[str]:
    """The same as it is heard."""
    return frozenset(map(_blurred, families(character)))


@lru_cache(maxsize=8192)
def usual(character: str) -> frozenset[str]:
    """Its commonest readings: speech recognition writes a character for these, and the rare ones of 不 or 说 would find names everywhere."""
    return frozenset(map(_blurred, readings(character)[:USUAL]))


@lru_cache(maxsize=8192)
def syllable(character: str) -> str:
    """How a character is read most often, as it is heard; itself if nobody knows."""
    return _blurred(next(iter(readings(character)), character))


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The readings of a character as pinyin without tones, the commonest first."""
    found = _pinyin().pinyin(character, style=_pinyin().Style.NORMAL, heteronym=True)
    return tuple(found[0]) if found else ()


@cache
def _pinyin():
    # Imported at first use and without its phrases: they take 45 MB and only choose among the readings, and here all of them count.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    return import_module("pypinyin")


def _blurred(syllable: str) -> str:
    for pattern, put in _BLURRED:
        syllable = re.sub(pattern, put, syllable)
    return syllable
