"""Denials in spoken words (pure): one unheard 不 or n't turns a complaint into its opposite."""
import re
from collections.abc import Iterator

_ZH = re.compile(r"从来没有|从来没|从来不|从没|并没有|并没|并不|还没有|没有|没法|没|不是|不能|不会|不让|不给|不肯|不|别|未|无法|毫无|无|勿|非")
# Words that only look like one. Each is a whole in which the sign above denies nothing that could be misheard for its opposite.
_NOT_ZH = re.compile(
    r"(.)[不没]\1|有没有|不好意思|对不起|了不起|不客气|不过|不错|不但|不仅|不管|不论|不如|不断|不久|不少|不得不|不一定|差不多|要不然|要不|不然|没关系|没事|没错|没准|没收|"
    r"沉没|淹没|埋没|出没|特别|别人|别的|别家|别处|别说|级别|区别|性别|个别|分别|类别|告别|差别|鉴别|识别|辨别|派别|未来|无论|无非|无所谓|非常|并非常|是非|除非|非法|非得|非要|非说|非让")
_EN = re.compile(r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly)\b|\b[a-z]+n['’]t\b|\b(?:dont|didnt|doesnt|isnt|wasnt|cant|wont)\b",
                 re.IGNORECASE)
_NOT_EN = re.compile(r"\bno (?:problem|worries|doubt)\b|\bnot only\b|\bno\.?\s?(?=\d)", re.IGNORECASE)


def negations(text: str) -> Iterator[tuple[int, int]]:
    """Where denials stand in `text`."""
    for found, harmless in ((_ZH, _NOT_ZH), (_EN, _NOT_EN)):
        inside = [match.span() for match in harmless.finditer(text)]
        yield from (match.span() for match in found.finditer(text) if not any(start <= match.start() < end for start, end in inside))
