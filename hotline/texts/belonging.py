"""Where a text belongs among its sender's matters (pure): plainly to one, to none, or a person must say.

Each matter is looked at by the rules of FIT, and the first that holds says how well the words fit it.
"""
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PLAIN, PERHAPS, NO = "plain", "perhaps", "no"
SOON = 120  # minutes: who writes again so soon is still speaking of the same
LATELY = 3 * 24 * 60
SURE = 0.5  # probability from which on the category of a text is believed
ALIKE = 0.5  # share of words in common from which on two texts say the same
FITTING = 0.2
TELLING = 3  # words that say what a text is about, from which on it has a subject of its own


@dataclass(frozen=True)
class Said:
    """A text as far as it was understood. `leaf` with its probability `sure` is what the classifier makes of it.

    `thanks`, `hello`, `anew`, `goes_on` and `unsolved` say which words were found; `wordless` that there is nothing but a picture.
    """

    words: frozenset[str] = frozenset()
    case_no: str | None = None
    order_no: str = ""
    leaf: str | None = None
    sure: float = 0.0
    thanks: bool = False
    hello: bool = False
    anew: bool = False
    goes_on: bool = False
    unsolved: bool = False
    wordless: bool = False


@dataclass(frozen=True)
class Matter:
    """A ticket of the sender. `over` is true once it was answered; `minutes` passed since the last words either way."""

    case_no: str
    over: bool = False
    asked: bool = False
    minutes: float = 0.0
    order_no: str = ""
    leaf: str | None = None
    words: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Verdict:
    """What to do: continue, reopen, keep (thanks), after (a new matter after one that is over), new, or ask a person about `cases`."""

    what: str
    cases: tuple[str, ...] = ()


def decide(said: Said, matters: Sequence[Matter]) -> Verdict:
    """Where the words belong. `matters` are the sender's own, open or over not long ago, the one spoken of last first."""
    if said.case_no and all(said.case_no != matter.case_no for matter in matters):
        return Verdict("ask", (said.case_no,))  # somebody else's number, or an old one: a person looks
    if (said.thanks or said.hello) and matters:
        kept = said.thanks or matters[0].over
        return Verdict("keep" if kept else "continue", (matters[0].case_no,))
    fits = {matter.case_no: fit(said, matter) for matter in matters}
    plain, perhaps = ([matter for matter in matters if fits[matter.case_no] == wanted] for wanted in (PLAIN, PERHAPS))
    if len(plain) > 1:  # among several, the one of its own category
        plain = [matter for matter in plain if _same_leaf(said, matter)] or plain
    if len(plain) == 1:
        return Verdict("reopen" if plain[0].over else "continue", (plain[0].case_no,))
    if plain or perhaps:
        return Verdict("ask", tuple(matter.case_no for matter in plain or perhaps))
    ended = next((matter.case_no for matter in matters if matter.over), None)
    only_ended = ended is not None and all(matter.over for matter in matters)
    return Verdict("after", (ended,)) if only_ended else Verdict("new")


def fit(said: Said, matter: Matter) -> str:
    """How well the words fit a matter: PLAIN, PERHAPS or NO."""
    return next(result for holds, result in FIT if holds(said, matter))


def common(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter one's words that the other has as well."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def _same_order(said: Said, matter: Matter) -> bool:
    return bool(said.order_no) and said.order_no == matter.order_no


def _other_order(said: Said, matter: Matter) -> bool:
    return bool(said.order_no and matter.order_no) and said.order_no != matter.order_no


def _same_leaf(said: Said, matter: Matter) -> bool:
    return said.leaf is not None and said.leaf == matter.leaf and said.sure >= SURE


def _other_leaf(said: Said, matter: Matter) -> bool:
    """It is surely about something else, and says nothing that was said there. Of a few words no category is believed."""
    other = said.leaf is not None and matter.leaf is not None and said.leaf != matter.leaf
    return other and said.sure >= SURE and len(said.words) >= TELLING and common(said.words, matter.words) < FITTING


def _reminds(said: Said) -> bool:
    return said.goes_on or said.unsolved


def _alike(said: Said, matter: Matter) -> bool:
    return common(said.words, matter.words) >= ALIKE and len(said.words & matter.words) >= 2  # one word alone is chance


def _nothing_in_common(said: Said, matter: Matter) -> bool:
    return len(said.words) >= 4 and not said.words & matter.words and said.leaf != matter.leaf


FIT: tuple[tuple[Callable[[Said, Matter], bool], str], ...] = (
    (lambda s, m: s.case_no == m.case_no and (not m.over or s.unsolved), PLAIN),
    (lambda s, m: s.case_no == m.case_no, PERHAPS),
    (lambda s, m: s.case_no is not None, NO),
    (lambda s, m: s.anew, NO),
    (_other_order, NO),
    (lambda s, m: _same_order(s, m) and (not m.over or s.unsolved), PLAIN),
    (lambda s, m: m.asked and not _other_leaf(s, m), PLAIN),
    (lambda s, m: m.over and s.unsolved and not _other_leaf(s, m), PLAIN),
    (lambda s, m: s.wordless and not m.over and m.minutes <= LATELY, PLAIN),
    (lambda s, m: not m.over and m.minutes <= SOON and not _other_leaf(s, m), PLAIN),
    (lambda s, m: not m.over and _reminds(s) and not _other_leaf(s, m), PLAIN),
    (lambda s, m: not m.over and _same_leaf(s, m) and m.minutes <= LATELY, PLAIN),
    (lambda s, m: not m.over and _alike(s, m), PLAIN),
    (lambda s, m: _reminds(s), PERHAPS),
    (_other_leaf, NO),
    (lambda s, m: _same_leaf(s, m) or common(s.words, m.words) >= FITTING, PERHAPS),
    (_nothing_in_common, NO),
    (lambda s, m: True, PERHAPS),
)
