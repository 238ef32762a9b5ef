"""What a reply must not say (pure): promises where none may be made, promotion, health claims, strange links, numbers."""
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

PROMISE, PROMOTION, HEALTH = "promise", "promotion", "health"
LINK, PHONE, PERSONAL = "link", "phone", "personal"

# Words matter in whichever language they stand, so each language is looked for in every reply; what differs by language
# is only how "no" is said before them.
_WORDS = {
    PROMISE: (
        r"保证|确保|担保|承诺(?!书|时限|期限|标准)|答应您|包您|绝对|必定|必将|百分之百|百分百|打包票"
        r"|(?:一定|肯定)(?:会|能|给|帮|要|可以|让|为您|办|解决|赔|退|到)",
        r"\bguarantee(?:s|d)?\b|\bpromis(?:e|es|ed|ing)\b|\bassur(?:e|es|ed)\b|\bwithout fail\b|\b100 ?%|\bfor sure\b"
        r"|\b(?:will|shall) (?:definitely|certainly|surely|absolutely)\b|\b(?:definitely|certainly|surely) will\b",
    ),
    PROMOTION: (
        r"促销|特价|优惠|折扣|买一送一|赠品|热销|畅销|爆款|主推|新品上市|欢迎(?:选购|品吸|品尝)"
        r"|推荐您?(?:购买|订购|多订|品吸)|口感|香气|香味|吸味|回味",
        r"\bspecial offers?\b|\bdiscount(?:s|ed)?\b|\bbest[- ]?sell(?:er|ers|ing)\b|\bfree gifts?\b|\bbuy one\b"
        r"|\bpromotions?\b|\bwe recommend (?:buying|ordering)\b|\b(?:rich|smooth|fine) (?:taste|flavou?r|aroma)\b",
    ),
    HEALTH: (
        r"低焦油|低害|减害|无害|危害(?:更|较)?[小少低]|更健康|更安全的?(?:香烟|卷烟|烟)|有益健康|不伤身",
        r"\blow[- ]tar\b|\b(?:less|reduced|low)[- ](?:harm|harmful|risk|toxic)\b|\bharmless\b|\bhealthier\b"
        r"|\bsafer (?:cigarettes?|tobacco|products?|to smoke)\b|\bgood for (?:your )?health\b",
    ),
}
_LANGUAGES = ("zh", "en")
_NO = {
    "zh": re.compile(r"不(?![仅但久断管论光只过起]|好意思)|无法|无权|没有|未能|难以|并非|禁止|严禁|勿"),
    "en": re.compile(r"\b(?:not(?! only)|no(?! doubt)|never|cannot|unable|without|nor|neither|forbidden)\b|n['’]t\b", re.I),
}
# How far before the word a "no" still belongs to it, in characters, and where a clause ends.
_REACH = {"zh": 8, "en": 36}
_CLAUSE_END = re.compile(r"[.,;:!?。、…\n]|——")

_PATTERNS = {
    (code, lang): re.compile(pattern, re.IGNORECASE)
    for code, patterns in _WORDS.items()
    for lang, pattern in zip(_LANGUAGES, patterns, strict=True)
}
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s\u3000-\u9fff]+"
    # The look behind lets a search begin only where a host begins: else a long row of dots costs its length squared.
    r"|(?<![a-z0-9.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|top|xyz|cc|shop|vip|info|me)\b(?:/[^\s\u3000-\u9fff]*)?",
    re.IGNORECASE | re.ASCII,
)
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|(?:010|02\d)[- ]?\d{4}[- ]?\d{4}|0[3-9]\d{2}[- ]?\d{3,4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4})(?!\d)"
)
_PERSONAL = re.compile(r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)|(?<!\d)62\d{14,17}(?!\d)")
# One to one, so that a place in the folded text is the same place in the reply.
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)}


@dataclass(frozen=True)
class Finding:
    """One thing to change: `code` says why, `span` is where it stands in the reply (start, end), `word` is what stands there."""

    code: str
    span: tuple[int, int]
    word: str


def check(text: str, may_promise: bool, lang: str, ours: Collection[str] = ()) -> list[Finding]:
    """What must be changed in a reply before it may be sent, in the order it stands there; empty means clean.

    `may_promise` is the leaf's; `lang` (zh or en) is the language of the reply, whose "no" lifts a finding ("we cannot
    promise"); `ours` are the hosts and phone numbers of the organisation, which may be named.
    """
    folded = text.translate(_FULL_WIDTH)
    spans = {*_words(folded, may_promise, lang), *_strangers(folded, ours)}
    return [Finding(code, (start, end), text[start:end]) for start, end, code in sorted(spans)]


def _words(text: str, may_promise: bool, lang: str) -> Iterator[tuple[int, int, str]]:
    for (code, _lang), pattern in _PATTERNS.items():
        if code == PROMISE and may_promise:
            continue
        for match in pattern.finditer(text):
            if not _denied(text, match.start(), lang):
                yield *match.span(), code


def _denied(text: str, start: int, lang: str) -> bool:
    before = text[max(0, start - _REACH[lang]) : start]
    return bool(_NO[lang].search(_CLAUSE_END.split(before)[-1]))


def _strangers(text: str, ours: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Links and numbers that are not the organisation's, and numbers of identity or bank cards."""
    hosts, numbers = {name.lower() for name in ours}, {_digits(name) for name in ours}
    personal = [match.span() for match in _PERSONAL.finditer(text)]
    yield from ((*span, PERSONAL) for span in personal)
    for match in _LINK.finditer(text):
        if _host(match[0]) not in hosts:
            yield *match.span(), LINK
    # A tracking link may hold any digits.
    for match in _PHONE.finditer(_LINK.sub(lambda link: " " * len(link[0]), text)):
        if _digits(match[0]) not in numbers:
            yield *match.span(), PHONE


def _host(link: str) -> str:
    return re.split(r"[/?#:,]", re.sub(r"^https?://", "", link.lower()))[0].rstrip(".")


def _digits(text: str) -> str:
    """National digits, so that +86 138... and 138... are the same number."""
    return re.sub(r"^(?:0086|86)(?=1[3-9])", "", re.sub(r"\D", "", text))
