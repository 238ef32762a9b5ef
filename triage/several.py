"""One text, several matters (pure): where it is cut so that each part says something else, and which of these matters stand beside the main one.

A cut counts where both readings of the model are sure of both of its parts. A few words are never a matter of their own: what follows a
complaint ("please look into it", "customers went elsewhere") reads like another category when it stands alone.
"""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from triage import hard
from triage.clauses import joined, pieces
from triage.reader import Classifier

SURE_FROM = 0.7
BETWEEN = " … "  # stands between pieces of a text that tell of one matter and do not follow one another
NEVER = "OTH."  # praise, noise and the rest are no matter beside another


@dataclass(frozen=True)
class Part:
    """Neighbouring pieces that say one thing: the words, the category, and its probability in the reading that gives it least."""

    words: str
    leaf: str
    sure: float


@dataclass(frozen=True)
class Matter:
    """A matter beside the main one, with every piece of the text that it rests on."""

    leaf: str
    words: str
    sure: float


Run = tuple[int, int]


def beside(classifier: Classifier, text: str, main: str, sure_from: float = SURE_FROM) -> list[Matter]:
    """The matters of a text beside `main`, in the order in which they are told; nothing for a text that is one matter."""
    return others(parts(classifier, text, sure_from), main)


def others(found: Sequence[Part], main: str) -> list[Matter]:
    """The categories of the parts but the main one: that of the whole text, or of the first part if no part says that."""
    named = list(dict.fromkeys(part.leaf for part in found))
    first = main if main in named else next(iter(named), main)
    return [_matter(leaf, [part for part in found if part.leaf == leaf]) for leaf in named if leaf != first]


def _matter(leaf: str, rests_on: Sequence[Part]) -> Matter:
    return Matter(leaf, BETWEEN.join(part.words for part in rests_on), max(part.sure for part in rests_on))


def parts(classifier: Classifier, text: str, sure_from: float = SURE_FROM) -> list[Part]:
    """The text in parts that say different things; nothing if it says one thing only. Every run of its pieces is read in one call."""
    cut = pieces(text)
    runs = {(at, end): joined(cut[at:end]) for at in range(len(cut)) for end in range(at + 1, len(cut) + 1)} if len(cut) > 1 else {}
    read = dict(zip(runs, classifier.surest(list(runs.values())), strict=True)) if runs else {}
    may = {run: Part(words, *read[run]) for run, words in runs.items() if _says_something(words)}
    return _cut(len(cut), may, sure_from)


def _says_something(words: str) -> bool:
    return hard.size(words) >= hard.A_MATTER


def _cut(end: int, may: Mapping[Run, Part], sure_from: float) -> list[Part]:
    """The text up to `end` in parts that all are sure enough and say something else than their neighbours: the cut whose least sure part is surest.

    Empty where there is none. One part is the whole of it: whoever says one thing only is not cut because his halves are surer.
    """
    best: dict[int, list[list[Part]]] = {0: [[]]}
    for at in range(1, end + 1):
        ways = [[*before, part] for start in range(at) if (part := may.get((start, at))) and part.sure >= sure_from
                for before in best[start] if not before or _differ(before[-1], part)]
        best[at] = list({(way[-1].leaf, len(way) > 1): way for way in sorted(ways, key=_least)}.values())
    return max((way for way in best[end] if len(way) > 1), key=_least, default=[])


def _least(way: Sequence[Part]) -> float:
    return min(part.sure for part in way)


def _differ(one: Part, other: Part) -> bool:
    return one.leaf != other.leaf and not one.leaf.startswith(NEVER) and not other.leaf.startswith(NEVER)
