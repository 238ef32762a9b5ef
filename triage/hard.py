"""What makes a text hard to read by its words alone (pure): too short, set against something else, a denial that carries the meaning."""
import re
from dataclasses import dataclass

from triage.features import HAN, LATIN, folded

ENGLISH_WORD = 1.5  # Chinese characters that say as much as an English word
A_MATTER = 8  # Chinese characters without which nothing is a matter of its own beside another
MOST_CLAUSES = 12  # of a longer text the first ones: reading each again takes time
_ENDS = re.compile(r"[，。！？；、,.!?;\n]+|\s+(?=[\u3400-\u9fff])|\bbut\b|\byet\b|但是?|可是?|就是|只是|而是")
_DENIES = re.compile(r"不|没|未|冇|别|无|勿|毋|n't\b|\b(?:not?|never|nothing|nobody|none|without|dont|cant|isnt|wasnt|didnt|doesnt|wont)\b")
# Somebody sets aside what it is not about, or says what was right, before he says what is wrong: the words of both stand there.
_SETS_ASIDE = re.compile(
    r"不是(?![吧吗])|并非|又不|不怪|不怨|不嫌|不说|不提|不计较|不追究|不投诉|不举报|不算|不坏|不在于|没有?(?:毛病|问题|坏|错|意见|骂|怪|怨|嫌|说|少|迟|晚)|"
    r"[都挺也](?:对|好|客气|准时|没)|客气|倒[是也没不]|先不|而是|无关|会用|"
    r"\bnot (?:about|that|the|my|an?|because|for|asking|complaining|here|so much|out|sold|late|rude|broken|wrong)\b|\b(?:is|was|it|are|were)n't\b|\bit'?s not\b|"
    r"\b(?:do|did)n't (?:mind|want|ask|mean|complain)|\bno (?:complaint|quarrel|fault|problem|issue)|\bnobody was|"
    r"\bnothing (?:wrong|is|was|late|missing|broken|against)|\b(?:is|was|are|were|works?|worked) (?:fine|ok|okay|polite|friendly|lovely|right|correct|perfect\w*)|"
    r"\b(?:rather than|instead of|apart from|never mind|i know how|on time)\b")


@dataclass(frozen=True)
class Limits:
    """From when on a text is too hard: less than `short` characters; this share of words never seen before."""

    short: float = 6
    strange: float = 0.4


def size(text: str) -> float:
    """How much a text says, in Chinese characters."""
    plain = folded(text)
    return sum(map(len, HAN.findall(plain))) + ENGLISH_WORD * len(LATIN.findall(plain))


def sets_aside(text: str) -> bool:
    """Does it name something that the complaint is not about?"""
    return _SETS_ASIDE.search(folded(text)) is not None


def clauses(text: str) -> list[str]:
    """The parts between its marks and its turns (but, 就是)."""
    return [part.strip() for part in _ENDS.split(folded(text)) if len(part.strip()) > 1][:MOST_CLAUSES]


def without_a_denial(text: str) -> list[str]:
    """The text without one of its clauses, for each clause that denies something; nothing if it has only one clause."""
    parts = clauses(text)
    return ["，".join(parts[:at] + parts[at + 1:]) for at, part in enumerate(parts) if len(parts) > 1 and _DENIES.search(part)]
